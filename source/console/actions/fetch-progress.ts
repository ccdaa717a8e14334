import type { EventOf } from '../event.ts';
import type { FetchEvent } from '../../acquire/fetch/fetch-work.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import { keyOf } from '../keys/bindings.ts';
import type { TenantUse } from '../effect.ts';
import type { ConsoleState } from '../state.ts';
import { type Transition, complain, say, sayForLong, step } from '../transition.ts';
import type { ConsoleRequest, FetchJob, AuthenticationChoice } from '../tenant.ts';
import { endWords } from '../words/tenant-jobs.ts';
import { caseChanged } from '../lists/answers.ts';
import { failureWords, withoutItsQuestion } from './tenant-jobs.ts';

export const startFetch = (
  state: ConsoleState,
  request: ConsoleRequest,
  signIn: AuthenticationChoice,
): Transition => {
  const job = state.nextRequest;
  const waiting = { notice: null, secretWanted: null, cancelling: false, progress: null };
  const fetch: FetchJob = { id: job, ...waiting };
  return step({ ...state, nextRequest: job + 1, fetch }, { effect: 'fetch', job, request, signIn });
};

/** The fetch is over, whatever it was asking. */
const ended = (state: ConsoleState, then: TenantUse): Transition => {
  const left = withoutItsQuestion(state, state.fetch);
  return step(caseChanged({ ...left.state, fetch: null }), ...left.effects, {
    effect: 'ask-tenant',
    then,
  });
};

const finished = (
  before: ConsoleState,
  told: Extract<FetchEvent, { event: 'finished' }>,
): Transition => {
  const { whole, text } = endWords(told.statements);
  const said = whole
    ? text
    : `${text} ${keyOf('fetches')} shows what is missing, ${keyOf('fetch')} asks again.`;
  const { state, effects } = ended(before, { use: 'tell', text: said });
  return { state: whole ? sayForLong(state, said) : complain(state, said), effects };
};

const KEPT = `what came is kept, ${keyOf('fetch')} resumes it`;

const endedEarly = (
  before: ConsoleState,
  told: Extract<FetchEvent, { event: 'cancelled' | 'failed' }>,
): Transition => {
  const { state, effects } = ended(before, { use: 'know' });
  if (told.event === 'cancelled') {
    const what = told.id === null ? 'nothing was asked of the tenant' : KEPT;
    return { state: say(state, `the fetch was cancelled: ${what}`), effects };
  }
  const kept = told.id === null ? '' : ` W${KEPT.slice(1)}.`;
  const words = failureWords(told, before.fetch?.progress?.step);
  return { state: complain(state, `${words}${kept}`), effects };
};

export const fetchTold = (state: ConsoleState, event: EventOf<'fetch'>): Transition => {
  const { fetch } = state;
  if (fetch === null || fetch.id !== event.job) return step(state);
  const { told } = event;
  switch (told.event) {
    case 'notice':
      return step(
        fetch.cancelling ? state : { ...state, fetch: { ...fetch, notice: told.notice } },
      );
    case 'progress': {
      // Whoever does something else has signed in.
      const notice = told.progress.step === 'signingIn' ? fetch.notice : null;
      return step({ ...state, fetch: { ...fetch, notice, progress: told.progress } });
    }
    case 'arrived':
      return step(caseChanged(state));
    case 'source':
      return step(state);
    case 'note':
      return step(say(state, forTerminal(told.text)));
    case 'finished':
      return finished(state, told);
    case 'cancelled':
    case 'failed':
      return endedEarly(state, told);
  }
};
