import { forTerminal } from '../domain/terminal-text.ts';
import type { RowCounts, Source, Warning } from '../domain/records/source.ts';
import { importedSourceJson, warningJson } from '../exports/documents/source.ts';
import type { ImportedSource, ImportEvent } from '../import/import-events.ts';
import type { Environment, ExitCode, Invocation } from './command.ts';
import { progressLine } from './progress-line.ts';
import { counted, evenWhenCancelled, note, printDocument, wantsJson } from './report.ts';
import { type Column, printTable } from './table.ts';

/** Warnings of one file that people are shown; `--json` has them all. */
const WARNINGS_SHOWN = 20;

/** What an import or a rebuild came to. */
interface Outcome {
  readonly sources: ImportedSource[];
  readonly warnings: Warning[];
  readonly problems: { readonly file: string; readonly reason: string }[];
  /** Left alone on purpose, or done otherwise than asked. */
  readonly notes: { readonly file: string; readonly text: string }[];
  /** Rows accepted although their container had lost something of them. */
  losses: number;
  moreWarnings: number;
  end: 'finished' | 'cancelled' | 'failed';
}

/** How many rows had which outcome; they add up to ROWS. */
export const OUTCOME_COLUMNS: readonly Column<RowCounts>[] = [
  { title: 'ROWS', cell: ({ rows }) => rows, numeric: true },
  { title: 'ACCEPT', cell: ({ accepted }) => accepted, numeric: true },
  { title: 'SIDE', cell: ({ sideEvents }) => sideEvents, numeric: true },
  { title: 'OTHER', cell: ({ otherOperations }) => otherOperations, numeric: true },
  { title: 'DUP', cell: ({ duplicates }) => duplicates, numeric: true },
  { title: 'CONFL', cell: ({ conflicts }) => conflicts, numeric: true },
  { title: 'DAMAGE', cell: ({ damaged }) => damaged, numeric: true },
];

const COLUMNS: readonly Column<ImportedSource>[] = [
  { title: 'SOURCE', cell: ({ id }) => id, whole: true },
  { title: 'FILE', cell: ({ file }) => file, tail: true },
  { title: 'FORMAT', cell: ({ format }) => format, spare: 8 },
  ...OUTCOME_COLUMNS,
];

const noteWarnings = (
  environment: Environment,
  warnings: readonly Warning[],
  more: number,
): void => {
  for (const { file, line, reason } of warnings.slice(0, WARNINGS_SHOWN))
    note(environment, `${forTerminal(file)}:${line}: ${forTerminal(reason)}`);
  const unseen = Math.max(0, warnings.length - WARNINGS_SHOWN) + more;
  if (unseen > 0) note(environment, `  and ${counted(unseen, 'more warning')}; --json lists them.`);
};

const takeSource = (
  environment: Environment,
  outcome: Outcome,
  event: Extract<ImportEvent, { event: 'source' }>,
): void => {
  const { source, warnings, moreWarnings, losses, problem } = event;
  outcome.sources.push(source);
  outcome.warnings.push(...warnings);
  outcome.moreWarnings += moreWarnings;
  outcome.losses += losses;
  if (source.alreadyImported)
    note(environment, `${forTerminal(source.file)} was imported before: it adds nothing.`);
  noteWarnings(environment, warnings, moreWarnings);
  if (losses > 0)
    note(
      environment,
      `${forTerminal(source.file)}: ${counted(losses, 'row')} accepted although this file has lost part of them.`,
    );
  if (problem === null) return;
  outcome.problems.push({ file: source.file, reason: problem });
  note(environment, `${forTerminal(source.file)}: ${forTerminal(problem)}`);
};

const follow = async (
  environment: Environment,
  events: AsyncIterable<ImportEvent>,
): Promise<Outcome> => {
  const outcome: Outcome = {
    sources: [],
    warnings: [],
    problems: [],
    notes: [],
    losses: 0,
    moreWarnings: 0,
    end: 'failed',
  };
  const progress = progressLine(environment);
  for await (const event of events) {
    if (event.event !== 'progress') progress.clear();
    switch (event.event) {
      case 'progress':
        progress.show(event);
        break;
      case 'waiting':
        note(environment, 'Another program imports into this case; waiting for it.');
        break;
      case 'arrived':
        break;
      case 'source':
        takeSource(environment, outcome, event);
        break;
      case 'note':
        outcome.notes.push({ file: event.file, text: event.text });
        note(environment, `${forTerminal(event.file)}: ${forTerminal(event.text)}`);
        break;
      case 'refused':
        outcome.problems.push({ file: event.file, reason: event.problem });
        note(environment, `${forTerminal(event.file)}: ${forTerminal(event.problem)}`);
        break;
      case 'failed':
        note(environment, `mia: ${forTerminal(event.problem)}`);
        break;
      case 'finished':
      case 'cancelled':
        outcome.end = event.event;
    }
  }
  progress.clear();
  return outcome;
};

/** Everything was left alone on purpose: done as asked, and yet not what anybody wanted. */
const isNothing = ({ end, problems, sources }: Outcome): boolean =>
  end === 'finished' && sources.length === 0 && problems.length === 0;

const exitCodeOf = (outcome: Outcome): ExitCode => {
  const { end, problems, sources, losses } = outcome;
  if (end === 'cancelled') return 130;
  if (end === 'failed' || problems.length > 0 || isNothing(outcome)) return 1;
  const damaged = sources.some((source) => source.damaged > 0 || source.conflicts > 0);
  return damaged || losses > 0 ? 3 : 0;
};

const printOutcome = async (invocation: Invocation, outcome: Outcome): Promise<void> => {
  const calm = evenWhenCancelled(invocation.environment);
  if (wantsJson(invocation))
    await printDocument(calm, 'mia.import/1', [
      ['sources', { list: outcome.sources.map(importedSourceJson) }],
      ['warnings', { list: outcome.warnings.map(warningJson) }],
      ['problems', { list: outcome.problems }],
      ['notes', { list: outcome.notes }],
      ['losses', { value: outcome.losses }],
      ['moreWarnings', { value: outcome.moreWarnings }],
    ]);
  else if (outcome.sources.length > 0) await printTable(calm, COLUMNS, outcome.sources);
};

/** Follows an import to its end, reports it, and gives the exit code. */
export const reportImport = async (
  invocation: Invocation,
  events: AsyncIterable<ImportEvent>,
): Promise<ExitCode> => {
  const outcome = await follow(invocation.environment, events);
  await printOutcome(invocation, outcome);
  if (outcome.end === 'cancelled')
    note(invocation.environment, 'Cancelled. Nothing half-imported is left.');
  if (isNothing(outcome))
    note(
      invocation.environment,
      'Nothing was imported. Name the files, or a folder that holds them.',
    );
  return exitCodeOf(outcome);
};

/** The same for a rebuild, which reads again what the case has: `sources` are asked for at its end. */
export const reportRebuild = async (
  invocation: Invocation,
  events: AsyncIterable<ImportEvent>,
  sources: () => readonly Source[],
): Promise<ExitCode> => {
  const { environment } = invocation;
  const outcome = await follow(environment, events);
  if (outcome.end === 'finished') {
    const again = sources().map((source) => ({ ...source, alreadyImported: true }));
    await printOutcome(invocation, { ...outcome, sources: again });
    if (!wantsJson(invocation))
      note(environment, `records.db was made again from ${counted(again.length, 'source')}.`);
    return outcome.problems.length > 0 ? 1 : 0;
  }
  if (outcome.end === 'cancelled') note(environment, 'Cancelled. records.db is as it was.');
  return exitCodeOf(outcome);
};
