import { isEmptyCase } from '../layout.ts';
import { openPrompt } from '../prompts.ts';
import type { ConsoleState, Job } from '../state.ts';
import type { Transition } from '../transition.ts';
import { say, step } from '../transition.ts';
import { tenantJobs } from '../tenant.ts';
import { cancelTenantJob } from './tenant-jobs.ts';
import { secretGivenUp } from './secrets.ts';
import { notMarked } from './context-by-context.ts';
import { cancelJob, startJob } from './importing.ts';
import { keyOf } from '../keys/bindings.ts';
import type { BehavioursOf } from './action.ts';
import { always, unless } from './action.ts';

export const jobRuns = ({ job }: ConsoleState): string | null =>
  job === null ? null : `a job is running (${job.kind}): ${keyOf('interrupt')} cancels it`;

export const cancelJobQuestion = (state: ConsoleState, job: Job): ConsoleState => ({
  ...state,
  asking: { asking: 'question', text: `Cancel the ${job.kind}?`, yes: { action: 'cancel-job' } },
});

export const cancelFetchQuestion = (state: ConsoleState): ConsoleState => ({
  ...state,
  asking: {
    asking: 'question',
    text: 'Cancel the fetch, to be resumed later?',
    yes: { action: 'cancel-fetch' },
  },
});

/** Of the job that waits for somebody to sign in. */
export const giveAuthenticationUp = (state: ConsoleState): ConsoleState => ({
  ...state,
  asking: {
    asking: 'question',
    text: 'Give the sign-in up?',
    yes: { action: state.fetch?.notice == null ? 'stop-looking-up' : 'cancel-fetch' },
  },
});

const leave = (state: ConsoleState): Transition =>
  step({ ...state, left: true }, { effect: 'leave' });

/** A connection at rest is nothing that leaving would cancel. */
const isLookingUp = ({ lookup }: ConsoleState): boolean =>
  lookup !== null && lookup.progress?.step !== 'idle';

/** What leaving would cancel; a fetch can be resumed. */
const runningInWords = (state: ConsoleState): string => {
  const { job, fetch } = state;
  const running = [job, fetch, isLookingUp(state) ? state.lookup : null].filter(
    (one) => one !== null,
  );
  if (running.length > 1) return 'More than one job';
  if (fetch !== null) return 'A fetch, to be resumed later,';
  if (job === null) return 'A lookup';
  return job.kind === 'import' ? 'An import' : 'A job';
};

const quit = (state: ConsoleState): Transition => {
  if (state.job === null && state.fetch === null && !isLookingUp(state)) return leave(state);
  const text = `${runningInWords(state)} is running. Cancel it and leave?`;
  return step({ ...state, asking: { asking: 'question', text, yes: { action: 'leave' } } });
};

const interrupt = (state: ConsoleState): Transition => {
  if (state.asking?.asking === 'secret') return secretGivenUp(state);
  if (state.asking !== null) return step(withoutAsking(state));
  if (state.job !== null && !state.job.cancelling) return cancelJob(state);
  const running = tenantJobs(state).find(({ cancelling }) => !cancelling);
  return running === undefined ? leave(state) : cancelTenantJob(state, running.id);
};

/** What was being asked, given up; a search is again what it was. */
export const withoutAsking = (state: ConsoleState): ConsoleState => {
  const { asking } = state;
  if (asking?.asking === 'contexts') return notMarked(state, asking.mark);
  if (asking?.asking === 'question' && asking.yes.action === 'mark')
    return notMarked(state, asking.yes.mark);
  const closed = { ...state, asking: null };
  if (asking?.asking !== 'prompt' || asking.purpose.for !== 'search') return closed;
  const { pane, before } = asking.purpose;
  return pane === 'sessions'
    ? { ...closed, sessionSearch: before }
    : { ...closed, messageSearch: before };
};

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

const palette = (state: ConsoleState): Transition =>
  step({ ...state, asking: { asking: 'palette', search: '', index: 0 } });

export const caseCommands: BehavioursOf<
  'import' | 'demo' | 'palette' | 'help' | 'quit' | 'interrupt' | 'suspend' | 'redraw'
> = {
  import: unless(importReason, (state) => step(openPrompt(state, { for: 'import' }, ''))),
  demo: unless(demoReason, demo),
  palette: always(palette),
  help: always(palette),
  quit: always(quit),
  interrupt: always(interrupt),
  suspend: always((state) => step(state, { effect: 'suspend' })),
  redraw: always((state) => step(state, { effect: 'redraw' })),
};
