import type { Case } from '../case/case.ts';
import { figuresWords, headlineWords } from '../domain/exposure/exposure-words.ts';
import { decisionWords } from '../domain/verdicts/decision-words.ts';
import { stampOf } from '../domain/verdicts/stamp.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import { stampJson, type StampedCase } from '../exports/documents/stamp.ts';
import { withCase } from './case-choice.ts';
import type { Command } from './command.ts';
import { counted, printDocument, printLines, valueMembers, wantsJson } from './report.ts';
import { wrappedLines } from './wrapped-lines.ts';

/** Targets of the last decision that are named. */
const NAMED = 3;

const stampedCase = (theCase: Case): StampedCase => {
  const summary = theCase.summary();
  const { store } = theCase;
  return {
    decisions: theCase.decisions(),
    intact: store.flaws.length === 0 && store.openedDecisions.end === null,
    sources: theCase.sources().filter(({ withdrawn }) => withdrawn === null).length,
    summary,
  };
};

const stampLines = ({ decisions, intact, sources, summary }: StampedCase): readonly string[] => {
  const last = decisions.at(-1);
  return [
    last === undefined ? 'No decision yet, and so no stamp.' : stampOf(last.hash),
    ...(last === undefined
      ? []
      : [
          `of ${counted(decisions.length, 'decision')}, the last: ${forTerminal(decisionWords(last, NAMED))}`,
        ]),
    ...(intact ? [] : ['Something is wrong with the decisions: see mia verify.']),
    `over ${counted(sources, 'source')}:`,
    ...[headlineWords(summary.headline), figuresWords(summary)].flatMap((sentence) =>
      wrappedLines(sentence, 76).map((line, at) => `${at === 0 ? '  ' : '    '}${line}`),
    ),
  ];
};

export const stamp: Command = {
  name: 'stamp',
  summary: 'prints the head of the decisions, short enough to be read over the phone',
  argumentsLine: '',
  details:
    'The first 95 bits of `decisionsHead`, as it stands in every export, and a check character. Who keeps\n' +
    'it can later say where it stood: mia verify --stamp STAMP. It is of the decisions alone; the figures\n' +
    'follow from them and the sources, whose SHA-256 stand in an export.',
  flags: ['json'],
  examples: ['mia stamp', 'mia stamp --json'],
  run: (invocation) =>
    withCase(invocation, async (theCase) => {
      const stamped = stampedCase(theCase);
      if (wantsJson(invocation))
        await printDocument(
          invocation.environment,
          'mia.stamp/1',
          valueMembers(stampJson(stamped)),
        );
      else await printLines(invocation.environment, stampLines(stamped));
      return 0;
    }),
};
