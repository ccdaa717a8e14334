import type { EventOf } from '../event.ts';
import { unless, type Actions } from './action.ts';
import { openPrompt, refuse, closeDialog } from '../prompts.ts';
import { moveTo } from '../lists/paged-list.ts';
import { sessionKey } from '../lists/queries.ts';
import {
  type ConsoleState,
  type FileProblem,
  type ImportCounters,
  type Job,
  type Transition,
  showError,
  showStatus,
  transition,
} from '../state.ts';
import type { Prompt } from '../dialog.ts';
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
  sideEvents: 0,
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
  return transition(next, { effect: 'import', job, paths });
};

export const cancelJob = (state: ConsoleState): Transition => {
  const { job } = state;
  if (job === null || job.cancelling) return transition(state);
  const line = `cancelling the ${job.kind}`;
  return transition(
    { ...state, job: { ...job, cancelling: true, line } },
    { effect: 'cancel-job', job: job.id },
  );
};

const progressLine = (jobEvent: Extract<ImportEvent, { event: 'progress' }>): string => {
  const left =
    jobEvent.secondsLeft === null
      ? ''
      : `, ${many(Math.ceil(jobEvent.secondsLeft), 's', 's')} left`;
  if (jobEvent.total === null || jobEvent.total === 0)
    return `importing, ${many(jobEvent.rows, 'row')} so far`;
  const percent = Math.min(100, Math.floor((jobEvent.bytes / jobEvent.total) * 100));
  return `importing ${percent} %${left}`;
};

/** The name of the file in front, unless the words name it already. */
const aboutFile = (file: string, words: string): string => {
  const name = fileName(file);
  return words.includes(name) ? words : `${name}: ${words}`;
};

const tallied = (
  counters: ImportCounters,
  jobEvent: Extract<ImportEvent, { event: 'source' }>,
): ImportCounters => ({
  files: counters.files + 1,
  already: counters.already + (jobEvent.source.alreadyImported ? 1 : 0),
  rows: counters.rows + jobEvent.source.rows,
  accepted: counters.accepted + jobEvent.source.accepted,
  sideEvents: counters.sideEvents + jobEvent.source.sideEvents,
  otherOperations: counters.otherOperations + jobEvent.source.otherOperations,
  duplicates: counters.duplicates + jobEvent.source.duplicates,
  conflicts: counters.conflicts + jobEvent.source.conflicts,
  damaged: counters.damaged + jobEvent.source.damaged,
  problems:
    jobEvent.problem === null
      ? counters.problems
      : [...counters.problems, { file: jobEvent.source.file, problem: jobEvent.problem }],
});

/** The six outcomes of the rows, those that are not zero (`domain.md` 1). */
const importLine = (counters: ImportCounters): string => {
  const outcomes = [
    [counters.accepted, 'accepted'],
    [counters.sideEvents, 'side events'],
    [counters.otherOperations, 'of other operations'],
    [counters.duplicates, 'duplicate'],
    [counters.conflicts, 'conflicting'],
    [counters.damaged, 'damaged'],
  ] as const;
  const jobEvent = outcomes
    .filter(([rows]) => rows > 0)
    .map(([rows, outcome]) => `${count(rows)} ${outcome}`);
  const already = counters.already > 0 ? `, ${count(counters.already)} in the case already` : '';
  const rows = `${many(counters.rows, 'row')}${jobEvent.length > 0 ? `: ${jobEvent.join(', ')}` : ''}`;
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
  const jobEvent = counters.files > 0 ? showStatus(state, importLine(counters)) : state;
  const [first, ...others] = counters.problems;
  return first === undefined ? jobEvent : showError(jobEvent, problemLine(first, others));
};

const withJob = (state: ConsoleState, job: Job): Transition => transition({ ...state, job });

export const onImportEvent = (state: ConsoleState, event: EventOf<'import'>): Transition => {
  const { job } = state;
  if (job === null || job.id !== event.job) return transition(state);
  const { jobEvent } = event;
  switch (jobEvent.event) {
    case 'progress':
      return job.cancelling
        ? transition(state)
        : withJob(state, { ...job, line: progressLine(jobEvent) });
    case 'waiting':
      return withJob(state, { ...job, line: 'waiting: another program imports into this case' });
    case 'arrived':
      return transition(caseChanged(state));
    case 'source':
      return withJob(state, { ...job, imported: tallied(job.imported, jobEvent) });
    case 'note':
      return transition(showStatus(state, forTerminal(aboutFile(jobEvent.file, jobEvent.text))));
    case 'refused': {
      const { file, problem } = jobEvent;
      const problems = [...job.imported.problems, { file, problem }];
      return withJob(state, { ...job, imported: { ...job.imported, problems } });
    }
    case 'finished':
      return transition(finished(state, job.imported));
    case 'cancelled':
      return transition(showStatus(ended(state), cancelledLine(job)));
    case 'failed':
      return transition(showError(ended(state), forTerminal(jobEvent.problem)));
  }
};

const cancelledLine = (job: Job): string =>
  job.imported.files === 0
    ? `the ${job.kind} was cancelled: nothing of it is kept`
    : `the import was cancelled: ${many(job.imported.files, 'file')} done before stay, the rest left nothing`;

export const onJobCancelled = (state: ConsoleState, event: EventOf<'job-cancelled'>): Transition =>
  state.job?.id === event.job
    ? transition(showStatus(ended(state), cancelledLine(state.job)))
    : transition(state);

export const onJobFailed = (state: ConsoleState, event: EventOf<'job-failed'>): Transition =>
  state.job?.id === event.job
    ? transition(showError(ended(state), forTerminal(event.problem)))
    : transition(state);

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
  return transition(showStatus(next, 'the demo is a case of its own, in a temporary folder'), {
    effect: 'load-demo',
    job,
  });
};

export const acceptImport = (state: ConsoleState, prompt: Prompt): Transition => {
  const paths = readPaths(prompt.text);
  return paths.length === 0
    ? refuse(state, prompt, 'type the path of a file or a folder')
    : startImport(closeDialog(state), paths);
};

export const importing = {
  import: unless(importReason, (state) => transition(openPrompt(state, { for: 'import' }, ''))),
  demo: unless(demoReason, demo),
} satisfies Actions;
