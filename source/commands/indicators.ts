import { readFileSync } from 'node:fs';
import { text as textOf } from 'node:stream/consumers';
import type { Case } from '../case/case.ts';
import type { DecisionOutcome } from '../case/judging/judging.ts';
import { readIndicators, type ReadIndicators } from '../case/indicators.ts';
import type { IndicatorMatch } from '../domain/indicators/indicator.ts';
import { Problem } from '../domain/problem.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import { indicatorMatchJson } from '../exports/documents/indicators.ts';
import { withCase } from './case-choice.ts';
import type { Command, ExitCode, Invocation } from './command.ts';
import { confirmedSentence } from './decision-report.ts';
import { counted, note, printDocument, printLines, valueMembers, wantsJson } from './report.ts';
import { type Column, printTable } from './table.ts';
import { UsageError } from './usage-error.ts';

const COLUMNS: readonly Column<IndicatorMatch>[] = [
  { title: 'INDICATOR', cell: ({ indicator }) => indicator.text },
  { title: 'MET BY', cell: ({ by }) => (by.length === 0 ? 'nothing' : by.join(', ')), whole: true },
  { title: 'SESSIONS', cell: ({ sessions }) => sessions, numeric: true, spare: 2 },
  { title: 'OPEN', cell: ({ contexts }) => contexts.open, numeric: true, whole: true },
  { title: 'MALICIOUS', cell: ({ contexts }) => contexts.malicious, numeric: true, whole: true },
  { title: 'BENIGN', cell: ({ contexts }) => contexts.benign, numeric: true, whole: true },
  { title: 'NOTE', cell: ({ indicator }) => indicator.note, spare: 1 },
];

const readFrom = async ({ environment, input }: Invocation): Promise<ReadIndicators> => {
  const [path, ...others] = input;
  if (path === undefined || others.length > 0)
    throw new UsageError(
      path === undefined ? 'A FILE of indicators is needed.' : 'More than one FILE was given.',
      'Write mia indicators FILE, or - for standard input.',
    );
  const read = async (): Promise<string> =>
    path === '-' ? textOf(environment.stdin) : readFileSync(path, 'utf8');
  try {
    return readIndicators(await read());
  } catch (error) {
    throw new Problem(
      `Cannot read ${forTerminal(path)}: ${error instanceof Error ? error.message : String(error)}`,
      'Give a text file with one indicator a line, or CSV with a column "indicator".',
    );
  }
};

/** Judges what is open and met; null: nothing is. */
const markOpen = (
  theCase: Case,
  open: readonly string[],
  reason: string | null,
): DecisionOutcome | null =>
  open.length === 0
    ? null
    : theCase.judging.mark({ verdict: 'malicious', sessions: [], contexts: open, reason });

const markedLine = (outcome: DecisionOutcome | null): string =>
  outcome === null
    ? 'No open context is met. Nothing was changed.'
    : `malicious: ${counted(outcome.contexts, 'context')} of ${counted(outcome.sessions, 'session')}. ${confirmedSentence(outcome.confirmedBefore, outcome.confirmedAfter)}`;

const report = async (
  invocation: Invocation,
  theCase: Case,
  { indicators, problems }: ReadIndicators,
): Promise<ExitCode> => {
  const { environment, flags } = invocation;
  const { matches, open } = theCase.meetIndicators(indicators);
  const marks = flags.switches.malicious === true;
  const outcome = marks ? markOpen(theCase, open, flags.texts.because ?? null) : null;
  const code = problems.length > 0 ? 3 : 0;
  for (const { line, reason } of problems)
    note(environment, `line ${line}: ${forTerminal(reason)}`);
  if (wantsJson(invocation)) {
    const document = {
      indicators: matches.map(indicatorMatchJson),
      problems,
      marked:
        outcome === null
          ? null
          : {
              contexts: outcome.contexts,
              sessions: outcome.sessions,
              decision: outcome.decision.hash,
            },
    };
    await printDocument(environment, 'mia.indicators/1', valueMembers(document));
    return code;
  }
  await printTable(environment, COLUMNS, matches);
  await printLines(environment, [
    marks
      ? markedLine(outcome)
      : `${counted(open.length, 'open context')} met; --malicious judges ${open.length === 1 ? 'it' : 'them'}.`,
  ]);
  return code;
};

export const indicators: Command = {
  name: 'indicators',
  summary: 'shows what known addresses, ids and client strings meet, and judges it',
  argumentsLine: 'FILE',
  details:
    'FILE (- is standard input) has one indicator a line, with a note after the first comma, or is CSV with\n' +
    'a column "indicator" and perhaps "note": addresses, networks, session ids, token ids, application ids,\n' +
    'device ids, parts of client strings; 203[.]0[.]113[.]9 is understood. What holds a comma is quoted.\n' +
    'With --malicious the open contexts that they meet are judged; what is judged already stays as it is.\n' +
    'A network does not meet the service’s own addresses: there the actor’s is unknown.',
  flags: ['malicious', 'because', 'json'],
  flagTexts: { malicious: 'judge the open contexts that are met' },
  examples: [
    'mia indicators known-bad.txt',
    'mia indicators known-bad.csv --malicious --because "list of the national CERT"',
  ],
  run: async (invocation) => {
    const { switches, texts } = invocation.flags;
    if (texts.because !== undefined && switches.malicious !== true)
      throw new UsageError('--because goes with --malicious.', 'Leave it out, or add --malicious.');
    const read = await readFrom(invocation);
    return withCase(invocation, (theCase) => report(invocation, theCase, read));
  },
};
