import type { ExportedCase } from '../exported-case.ts';
import { cutText } from './cell-text.ts';
import { answerChapter } from './chapters/answer.ts';
import { caseFactsChapter } from './chapters/case-facts.ts';
import { correspondentsChapter } from './chapters/correspondents.ts';
import { decisionsChapter } from './chapters/decisions.ts';
import { glossaryChapter } from './chapters/glossary.ts';
import { limitsChapter } from './chapters/limits.ts';
import { mailboxesChapter } from './chapters/mailboxes.ts';
import { messagesChapter } from './chapters/messages.ts';
import { methodChapter } from './chapters/method.ts';
import { sessionsChapter } from './chapters/sessions.ts';
import { sourcesChapter } from './chapters/sources.ts';
import type { Report } from './report.ts';
import { reportInput } from './report-input.ts';

/** The title of every report. */
export const REPORT_TITLE = 'Which email did the intruder access?';

/** The report of a case, for any writer. A new chapter is one file and one line here. */
export const reportOf = (exported: ExportedCase): Report => {
  const input = reportInput(exported);
  return {
    title: REPORT_TITLE,
    stamp: [
      ['Case', cutText(exported.title)],
      ['Analyst', cutText(exported.analyst)],
      ['Made (UTC)', exported.generatedAt],
      ['Made by', `mia ${exported.toolVersion}`],
      ['decisionsHead', exported.decisions.at(-1)?.hash ?? 'no decision yet'],
    ],
    chapters: [
      answerChapter(input),
      mailboxesChapter(input),
      sessionsChapter(input),
      messagesChapter(input),
      correspondentsChapter(input),
      limitsChapter(input),
      decisionsChapter(input),
      sourcesChapter(input),
      caseFactsChapter(input),
      methodChapter(),
      glossaryChapter(),
    ],
  };
};
