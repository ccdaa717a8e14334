import { keyOf } from '../keys/bindings.ts';
import type { ConsoleEvent } from '../event.ts';
import type { ConsoleState } from '../state.ts';
import type { Transition } from '../transition.ts';
import { complain, say, sayForLong, step } from '../transition.ts';
import { grownWords, unfinishedWords } from '../words/fetch.ts';
import { changeAuthentication, runTenantAction } from './authenticating.ts';
import { askWhom } from './fetch-progress.ts';

/** What waits to be resumed, could be asked again or goes with the sessions is offered beside a new fetch. */
const offerFetch = (state: ConsoleState): ConsoleState => {
  const unfinished = state.tenant?.unfinished ?? [];
  const { overview } = state;
  const ended = (overview?.fetches ?? []).some(({ endedAt }) => endedAt !== null);
  const hasSessions = overview !== null && overview.span !== null;
  return unfinished.length > 0 || ended || hasSessions
    ? { ...state, asking: { asking: 'menu', menu: 'fetch' } }
    : askWhom(state);
};

export const tenantCame = (
  before: ConsoleState,
  event: Extract<ConsoleEvent, { event: 'tenant' }>,
): Transition => {
  const { known, then } = event;
  const state = { ...before, tenant: known };
  switch (then.use) {
    case 'know':
      return step(state);
    case 'greet': {
      const words = unfinishedWords(known.unfinished);
      const greeted = `${words}: ${keyOf('fetch')} resumes it`;
      return step(words === '' ? state : say(state, greeted));
    }
    case 'tenant-action':
      return runTenantAction(state, then.action);
    case 'change-sign-in':
      return state.asking === null ? changeAuthentication(state) : step(state);
    case 'offer-fetch':
      return step(state.asking === null && state.fetch === null ? offerFetch(state) : state);
    case 'tell': {
      const grown = grownWords(known.grown);
      return step(grown === '' ? state : addTo(state, then.text, grown));
    }
  }
};

/** Says it behind what was said of the same. */
const addTo = (state: ConsoleState, text: string, more: string): ConsoleState =>
  state.error === text
    ? complain(state, `${text} ${more}.`)
    : sayForLong(state, `${text}; ${more} (${keyOf('fetches')} says more)`);
