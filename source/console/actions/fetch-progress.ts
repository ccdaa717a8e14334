import type { EventOf } from '../event.ts';
import type { FetchEvent } from '../../acquire/fetch/fetch-work.ts';
import { keyOf } from '../keys/bindings.ts';
import type { TenantUse } from '../effect.ts';
import {
  type ConsoleState,
  type Transition,
  showError,
  showStatus,
  showLongStatus,
  transition,
} from '../state.ts';
import type { ConsoleRequest, FetchJob, AuthenticationChoice } from '../tenant.ts';
import { endWords } from '../words/tenant-jobs.ts';
import { caseChanged } from '../lists/answers.ts';
import { failureWords, onTaskEvent, withoutItsQuestion } from './tenant-jobs.ts';

export const startFetch = (
  state: ConsoleState,
  request: ConsoleRequest,
  authentication: AuthenticationChoice,
): Transition => {
  const job = state.nextRequest;
  const waiting = { notice: null, secretWanted: null, cancelling: false, progress: null };
  const fetch: FetchJob = { id: job, ...waiting };
  return transition(
    { ...state, nextRequest: job + 1, fetch },
    { effect: 'fetch', job, request, authentication },
  );
};

/** The fetch is over, whatever it was asking. */
const ended = (state: ConsoleState, then: TenantUse): Transition => {
  const left = withoutItsQuestion(state, state.fetch);
  return transition(caseChanged({ ...left.state, fetch: null }), ...left.effects, {
    effect: 'ask-tenant',
    then,
  });
};

const finished = (
  before: ConsoleState,
  jobEvent: Extract<FetchEvent, { event: 'finished' }>,
): Transition => {
  const { whole, text } = endWords(jobEvent.statements);
  const said = whole
    ? text
    : `${text} ${keyOf('fetches')} shows what is missing, ${keyOf('fetch')} asks again.`;
  const { state, effects } = ended(before, { use: 'report-growth', text: said });
  return { state: whole ? showLongStatus(state, said) : showError(state, said), effects };
};

const KEPT = `what came is kept, ${keyOf('fetch')} resumes it`;

const endedEarly = (
  before: ConsoleState,
  jobEvent: Extract<FetchEvent, { event: 'cancelled' | 'failed' }>,
): Transition => {
  const { state, effects } = ended(before, { use: 'refresh' });
  if (jobEvent.event === 'cancelled') {
    const what = jobEvent.id === null ? 'nothing was asked of the tenant' : KEPT;
    return { state: showStatus(state, `the fetch was cancelled: ${what}`), effects };
  }
  const kept = jobEvent.id === null ? '' : ` W${KEPT.slice(1)}.`;
  const words = failureWords(jobEvent, before.fetch?.progress?.step);
  return { state: showError(state, `${words}${kept}`), effects };
};

export const onFetchEvent = (state: ConsoleState, event: EventOf<'fetch'>): Transition => {
  const { fetch } = state;
  if (fetch === null || fetch.id !== event.job) return transition(state);
  const { jobEvent } = event;
  switch (jobEvent.event) {
    case 'notice':
      return transition(
        fetch.cancelling ? state : { ...state, fetch: { ...fetch, notice: jobEvent.notice } },
      );
    case 'progress': {
      // Whoever does something else has signed in.
      const notice = jobEvent.progress.step === 'signingIn' ? fetch.notice : null;
      return transition({ ...state, fetch: { ...fetch, notice, progress: jobEvent.progress } });
    }
    case 'arrived':
    case 'source':
    case 'note':
      return onTaskEvent(state, jobEvent);
    case 'finished':
      return finished(state, jobEvent);
    case 'cancelled':
    case 'failed':
      return endedEarly(state, jobEvent);
  }
};
