import type { EventOf } from '../event.ts';
import { unless, type Actions } from './action.ts';
import { openPrompt, refuse, closed } from '../prompts.ts';
import { moveTo } from '../lists/paged-list.ts';
import { sessionKey } from '../lists/queries.ts';
import type { ConsoleState, FileProblem, ImportCounters, Job, Prompt } from '../state.ts';
import { type Transition, complain, say, step } from '../transition.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import type { ImportEvent } from '../../import/import-events.ts';
import { count, many } from '../words/figures.ts';
import { fileName, readPaths } from '../words/paths.ts';
import { caseChanged } from '../lists/answers.ts';
import { isEmptyCase } from '../layout.ts';
import { keyOf } from '../keys/bindings.ts';

export const jobRuns = ({ job }: ConsoleState): string | null =>
  job === null ? null : `a job is running (${job.kind}): ${keyOf('interrupt')} cancels it`;

const NO_COUNTERS: ImportCounters = {
  files: 0,
  already: 0,
  rows: 0,
  accepted: 0,
  otherOperations: 0,
  duplicates: 0,
  conflicts: 0,
  damaged: 0,
  problems: [],
};

const START_LINE: Readonly<Record<Job['kind'], string>> = {
  import: 'importing',
  export: 'exporting',
  demo: 'making the demo case',
};

/** The state with a job of that kind under way, and the job's number. */
export const startJob = (state: ConsoleState, kind: Job['kind']): [ConsoleState, number] => {
  const id = state.nextRequest;
  const job = { id, kind, line: START_LINE[kind], cancelling: false, imported: NO_COUNTERS };
  return [{ ...state, nextRequest: id + 1, job }, id];
};

export const startImport = (state: ConsoleState, paths: readonly string[]): Transition => {
  const [next, job] = startJob(state, 'import');
  return step(next, { effect: 'import', job, paths });
};

export const cancelJob = (state: ConsoleState): Transition => {
  const { job } = state;
  if (job === null || job.cancelling) return step(state);
  const line = `cancelling the ${job.kind}`;
  return step(
    { ...state, job: { ...job, cancelling: true, line } },
    { effect: 'cancel-job', job: job.id },
  );
};

const progressLine = (told: Extract<ImportEvent, { event: 'progress' }>): string => {
  const left =
    told.secondsLeft === null ? '' : `, ${many(Math.ceil(told.secondsLeft), 's', 's')} left`;
  if (told.total === null || told.total === 0) return `importing, ${many(told.rows, 'row')} so far`;
  const percent = Math.min(100, Math.floor((told.bytes / told.total) * 100));
  return `importing ${percent} %${left}`;
};

/** The name of the file in front, unless the words name it already. */
const aboutFile = (file: string, words: string): string => {
  const name = fileName(file);
  return words.includes(name) ? words : `${name}: ${words}`;
};

const tallied = (
  counters: ImportCounters,
  told: Extract<ImportEvent, { event: 'source' }>,
): ImportCounters => ({
  files: counters.files + 1,
  already: counters.already + (told.source.alreadyImported ? 1 : 0),
  rows: counters.rows + told.source.rows,
  accepted: counters.accepted + told.source.accepted,
  otherOperations: counters.otherOperations + told.source.otherOperations,
  duplicates: counters.duplicates + told.source.duplicates,
  conflicts: counters.conflicts + told.source.conflicts,
  damaged: counters.damaged + told.source.damaged,
  problems:
    told.problem === null
      ? counters.problems
      : [...counters.problems, { file: told.source.file, problem: told.problem }],
});

/** The five outcomes of the rows, those that are not zero (`domain.md` 1). */
const importLine = (counters: ImportCounters): string => {
  const outcomes = [
    [counters.accepted, 'accepted'],
    [counters.otherOperations, 'of other operations'],
    [counters.duplicates, 'duplicate'],
    [counters.conflicts, 'conflicting'],
    [counters.damaged, 'damaged'],
  ] as const;
  const told = outcomes
    .filter(([rows]) => rows > 0)
    .map(([rows, outcome]) => `${count(rows)} ${outcome}`);
  const already = counters.already > 0 ? `, ${count(counters.already)} in the case already` : '';
  const rows = `${many(counters.rows, 'row')}${told.length > 0 ? `: ${told.join(', ')}` : ''}`;
  return `imported ${many(counters.files, 'file')}${already}; ${rows}`;
};

/** So many further files are named; the others are counted. */
const MOST_NAMED = 3;

/** Why nothing came of the first file, and which the others are: a number would name none of them. */
const problemLine = (first: FileProblem, others: readonly FileProblem[]): string => {
  const why = forTerminal(aboutFile(first.file, first.problem));
  if (others.length === 0) return why;
  const named = others.slice(0, MOST_NAMED).map(({ file }) => forTerminal(fileName(file)));
  const unnamed = others.length - named.length;
  const names = [...named, ...(unnamed > 0 ? [`${count(unnamed)} more`] : [])].join(', ');
  return `${why.replace(/\.$/, '')}. Nothing came of ${names} either; mia import says why of each`;
};

/** What an import added since the analyst last looked must not move an untouched cursor off the first row. */
const backToFirst = (state: ConsoleState): ConsoleState =>
  state.sessions.touched
    ? state
    : { ...state, sessions: { ...moveTo(state.sessions, 0, sessionKey), touched: false } };

const ended = (state: ConsoleState): ConsoleState =>
  backToFirst(caseChanged({ ...state, job: null }));

const finished = (before: ConsoleState, counters: ImportCounters): ConsoleState => {
  const state = ended(before);
  const told = counters.files > 0 ? say(state, importLine(counters)) : state;
  const [first, ...others] = counters.problems;
  return first === undefined ? told : complain(told, problemLine(first, others));
};

const withJob = (state: ConsoleState, job: Job): Transition => step({ ...state, job });

export const importTold = (state: ConsoleState, event: EventOf<'import'>): Transition => {
  const { job } = state;
  if (job === null || job.id !== event.job) return step(state);
  const { told } = event;
  switch (told.event) {
    case 'progress':
      return job.cancelling ? step(state) : withJob(state, { ...job, line: progressLine(told) });
    case 'waiting':
      return withJob(state, { ...job, line: 'waiting: another program imports into this case' });
    case 'arrived':
      return step(caseChanged(state));
    case 'source':
      return withJob(state, { ...job, imported: tallied(job.imported, told) });
    case 'note':
      return step(say(state, forTerminal(aboutFile(told.file, told.text))));
    case 'refused': {
      const { file, problem } = told;
      const problems = [...job.imported.problems, { file, problem }];
      return withJob(state, { ...job, imported: { ...job.imported, problems } });
    }
    case 'finished':
      return step(finished(state, job.imported));
    case 'cancelled':
      return step(say(ended(state), cancelledLine(job)));
    case 'failed':
      return step(complain(ended(state), forTerminal(told.problem)));
  }
};

const cancelledLine = (job: Job): string =>
  job.imported.files === 0
    ? `the ${job.kind} was cancelled: nothing of it is kept`
    : `the import was cancelled: ${many(job.imported.files, 'file')} done before stay, the rest left nothing`;

export const jobCancelled = (state: ConsoleState, event: EventOf<'job-cancelled'>): Transition =>
  state.job?.id === event.job ? step(say(ended(state), cancelledLine(state.job))) : step(state);

export const jobFailed = (state: ConsoleState, event: EventOf<'job-failed'>): Transition =>
  state.job?.id === event.job
    ? step(complain(ended(state), forTerminal(event.problem)))
    : step(state);

/** A case of one's own would go with the demo's folder, verdicts and all. */
const importReason = (state: ConsoleState): string | null =>
  state.temporary
    ? 'the demo is deleted on leaving: import into your own case, mia --case DIR FILE'
    : jobRuns(state);

const demoReason = (state: ConsoleState): string | null => {
  if (!state.canLoadDemo) return 'this is the demo';
  if (!isEmptyCase(state))
    return `only an empty case makes room for the demo: leave and run mia demo`;
  return jobRuns(state);
};

const demo = (state: ConsoleState): Transition => {
  const [next, job] = startJob(state, 'demo');
  return step(say(next, 'the demo is a case of its own, in a temporary folder'), {
    effect: 'load-demo',
    job,
  });
};

export const acceptImport = (state: ConsoleState, prompt: Prompt): Transition => {
  const paths = readPaths(prompt.text);
  return paths.length === 0
    ? refuse(state, prompt, 'type the path of a file or a folder')
    : startImport(closed(state), paths);
};

export const importing = {
  import: unless(importReason, (state) => step(openPrompt(state, { for: 'import' }, ''))),
  demo: unless(demoReason, demo),
} satisfies Actions;
