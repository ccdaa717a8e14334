import { type Case, openCase } from '../case/case.ts';
import { diffCases } from '../case/diff-cases.ts';
import type {
  CaseDifference,
  ContextDifference,
  JudgedSide,
  SourceDifference,
} from '../domain/verdicts/case-difference.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import type { Decision } from '../domain/verdicts/decision.ts';
import { decisionWords } from '../domain/verdicts/decision-words.ts';
import { type ComparedCase, diffMembers } from '../exports/documents/diff.ts';
import type { Command, Environment, Invocation } from './command.ts';
import { printFigures } from './figures-table.ts';
import { counted, note, printDocument, printLines, wantsJson } from './report.ts';
import { type Column, printTable } from './table.ts';
import { UsageError } from './usage-error.ts';

/** Decisions listed of each case, and targets named of each of them. */
const SHOWN = 20;
const NAMED = 3;

const SOURCE_COLUMNS: readonly Column<SourceDifference>[] = [
  { title: 'SOURCE', cell: ({ sha256 }) => sha256.slice(0, 12), whole: true },
  { title: 'KIND', cell: ({ kind }) => kind, whole: true },
  { title: 'FIRST', cell: ({ first }) => sourceWords(first), whole: true },
  { title: 'SECOND', cell: ({ second }) => sourceWords(second), whole: true },
  { title: 'FILE', cell: ({ file }) => file },
];

const sourceWords = (status: SourceDifference['first']): string =>
  status === null ? 'not there' : status === 'inForce' ? 'there' : 'withdrawn';

const sideWords = (side: JudgedSide | null): string => {
  if (side === null) return 'not there';
  const { decision, grownSinceVerdict } = side;
  const verdict = side.verdict ?? (grownSinceVerdict > 0 ? `open (+${grownSinceVerdict})` : 'open');
  if (decision === null) return verdict;
  const why = decision.reason === null ? '' : `: ${decision.reason}`;
  return `${verdict}, ${decision.analyst} ${decision.at}${why}`;
};

const CONTEXT_COLUMNS: readonly Column<ContextDifference>[] = [
  { title: 'CONTEXT', cell: ({ key }) => key, whole: true },
  { title: 'SESSION', cell: ({ session }) => session, whole: true, spare: 2 },
  { title: 'MAILBOX', cell: ({ mailbox }) => mailbox.owner ?? mailbox.guid ?? '', spare: 1 },
  { title: 'FIRST', cell: ({ first }) => sideWords(first) },
  { title: 'SECOND', cell: ({ second }) => sideWords(second) },
];

const chainLine = ({ common, after: { first, second } }: CaseDifference): string => {
  const shared = `Decisions: ${counted(common, 'is', 'are')} common`;
  if (first.length === 0 && second.length === 0) return `${shared}, and neither has others.`;
  if (first.length === 0) return `${shared}; the second goes on with ${second.length} more.`;
  if (second.length === 0) return `${shared}; the first goes on with ${first.length} more.`;
  return `${shared}, then they part: the first has ${first.length} more, the second ${second.length}.`;
};

const decisionLines = (name: string, decisions: readonly Decision[]): readonly string[] => {
  const left = decisions.length - SHOWN;
  const lines = decisions.slice(0, SHOWN).map((decision) => {
    const why = decision.reason === null ? '' : `: ${decision.reason}`;
    return `  ${name.padEnd(6)}  ${forTerminal(decisionWords(decision, NAMED) + why)}`;
  });
  return left > 0 ? [...lines, `  ${name.padEnd(6)}  and ${left} more (--json has all)`] : lines;
};

const printDifference = async (
  environment: Environment,
  difference: CaseDifference,
): Promise<void> => {
  const { sources, after, contexts, summaries, classes } = difference;
  await printLines(environment, [
    chainLine(difference),
    ...decisionLines('first', after.first),
    ...decisionLines('second', after.second),
    `Sources not the same in both: ${sources.length}`,
  ]);
  if (sources.length > 0) await printTable(environment, SOURCE_COLUMNS, sources);
  await printLines(environment, [`Contexts judged differently: ${contexts.length}`]);
  if (contexts.length > 0) await printTable(environment, CONTEXT_COLUMNS, contexts);
  await printFigures(environment, ['FIRST', 'SECOND'], summaries.first, summaries.second);
  const total = classes.reduce((sum, { messages }) => sum + messages, 0);
  await printLines(environment, [
    `Messages and items of another class: ${total}${total === 0 ? '' : ' (--json lists them)'}`,
    ...classes.map(
      ({ first, second, messages }) =>
        `  ${first ?? 'not there'} in the first, ${second ?? 'not there'} in the second: ${messages}`,
    ),
  ]);
};

const comparedCase = (theCase: Case): ComparedCase => {
  const decisions = theCase.decisions();
  return {
    folder: theCase.folder,
    decisionsHead: decisions.at(-1)?.hash ?? null,
    decisions: decisions.length,
  };
};

/** Opened to be read: nothing in its folder is changed, and no lock is taken. */
const opened = ({ environment }: Invocation, folder: string): Case => {
  const { analyst, now } = environment;
  const theCase = openCase({ folder, analyst, now, mustExist: true, onlyRead: true });
  for (const notice of theCase.notices) note(environment, `mia: ${forTerminal(folder)}: ${notice}`);
  return theCase;
};

const foldersOf = ({ input }: Invocation): readonly [string, string] => {
  const [first, second, ...others] = input;
  if (first !== undefined && second !== undefined && others.length === 0) return [first, second];
  throw new UsageError(
    `Two cases are compared, and ${input.length === 0 ? 'none' : input.length} ${input.length === 1 ? 'was' : 'were'} given.`,
    'Write mia diff CASE CASE: the folders of the two.',
  );
};

export const diff: Command = {
  name: 'diff',
  summary: 'shows what two cases differ in: sources, decisions, verdicts, result',
  argumentsLine: 'CASE CASE',
  details:
    'Two copies of a case that went different ways, or one case before and after. Sources are the same by\n' +
    'SHA-256, decisions by their hashes, contexts by their keys, messages by mailbox and id. Both are\n' +
    'read, and neither is changed. Exit 0 whether or not they differ.',
  flags: ['json'],
  examples: ['mia diff contoso/ contoso-of-kim/', 'mia diff before/ after/ --json'],
  run: async (invocation) => {
    const { environment } = invocation;
    const [firstFolder, secondFolder] = foldersOf(invocation);
    const first = opened(invocation, firstFolder);
    try {
      const second = opened(invocation, secondFolder);
      try {
        const difference = diffCases(first.store, second.store);
        if (wantsJson(invocation))
          await printDocument(
            environment,
            'mia.diff/1',
            diffMembers(difference, comparedCase(first), comparedCase(second)),
          );
        else await printDifference(environment, difference);
      } finally {
        second.close();
      }
    } finally {
      first.close();
    }
    return 0;
  },
};
