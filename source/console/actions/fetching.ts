import { statementLines } from '../../domain/fetches/fetch-words.ts';
import { pastLookupLines } from '../../domain/lookups/lookup-words.ts';
import type { ConsoleState } from '../state.ts';
import type { Transition } from '../transition.ts';
import { step } from '../transition.ts';
import { chooseMethod, runTenantAction } from './authenticating.ts';
import { tenantJobs } from '../tenant.ts';
import { askWhom } from './fetch-progress.ts';
import { secretAccepted, secretErased, secretGivenUp } from './secrets.ts';
import { keyOf } from '../keys/bindings.ts';
import type { Behaviour, BehavioursOf } from './action.ts';
import { always, unless } from './action.ts';

const fetchReason = (state: ConsoleState): string | null => {
  if (state.temporary) return 'the demo goes when mia does: fetch into a case of your own';
  if (state.fetch === null) return null;
  return `a fetch is running: ${keyOf('interrupt')} cancels it, and it can be resumed`;
};

const noFetches = ({ overview }: ConsoleState): string | null =>
  overview === null || overview.fetches.length + overview.lookups.length === 0
    ? 'nothing was fetched into this case, or looked up for it'
    : null;

/** The latest first: that is the one somebody has just made. */
const showFetches = (state: ConsoleState): Transition => {
  const { fetches, lookups } = state.overview ?? { fetches: [], lookups: [] };
  const statements = [
    ...fetches.map((one) => ({
      at: one.startedAt,
      lines: statementLines(one, keyOf('fetch')),
    })),
    ...lookups.map((one) => ({ at: one.startedAt, lines: pastLookupLines(one) })),
  ];
  const text = statements
    .toSorted((one, other) => Date.parse(other.at) - Date.parse(one.at))
    .flatMap(({ lines }) => lines)
    .join('\n');
  return step({ ...state, asking: { asking: 'text', what: 'fetches', text, top: 0 } });
};

const nothingUnfinished = ({ tenant }: ConsoleState): string | null =>
  (tenant?.unfinished.length ?? 0) === 0 ? 'there is no unfinished fetch' : null;

const noSessions = ({ overview }: ConsoleState): string | null =>
  overview === null || overview.span === null
    ? 'there are no sessions yet whose sign-ins could be asked for'
    : null;

const nothingEnded = ({ overview }: ConsoleState): string | null =>
  (overview?.fetches ?? []).every(({ endedAt, api }) => endedAt === null || api === 'signIns')
    ? 'no fetch has ended yet that could be asked again'
    : null;

const cannotAuthenticate = (state: ConsoleState): string | null => {
  if (state.temporary) return 'the demo has no tenant to sign in to';
  const running = `${keyOf('interrupt')} or ${keyOf('back')} ends it first`;
  return tenantJobs(state).length === 0
    ? null
    : `what runs in the tenant is signed in already: ${running}`;
};

const method = (name: string): Behaviour => always((state) => chooseMethod(state, name));

export const fetchingCommands: BehavioursOf<
  | 'fetch'
  | 'fetches'
  | 'fetch-resume'
  | 'fetch-again'
  | 'fetch-new'
  | 'fetch-sign-ins'
  | 'sign-in'
  | 'method-device'
  | 'method-browser'
  | 'method-secret'
  | 'method-certificate'
  | 'secret-accept'
  | 'secret-give-up'
  | 'secret-erase'
  | 'secret-erase-all'
> = {
  fetch: unless(fetchReason, (state) =>
    step(state, { effect: 'ask-tenant', then: { use: 'offer-fetch' } }),
  ),
  fetches: unless(noFetches, showFetches),
  'fetch-resume': unless(nothingUnfinished, (state) =>
    runTenantAction(state, { action: 'fetch', request: { request: 'resume' } }),
  ),
  'fetch-again': unless(nothingEnded, (state) =>
    runTenantAction(state, { action: 'fetch', request: { request: 'again', api: null } }),
  ),
  'fetch-new': always((state) => step(askWhom(state))),
  'fetch-sign-ins': unless(noSessions, (state) =>
    runTenantAction(state, { action: 'fetch', request: { request: 'sign-ins' } }),
  ),
  'sign-in': unless(cannotAuthenticate, (state) =>
    step(state, { effect: 'ask-tenant', then: { use: 'change-sign-in' } }),
  ),
  'method-device': method('device-code'),
  'method-browser': method('browser'),
  'method-secret': method('client-secret'),
  'method-certificate': method('client-certificate'),
  'secret-accept': always(secretAccepted),
  'secret-give-up': always(secretGivenUp),
  'secret-erase': always((state) => secretErased(state, false)),
  'secret-erase-all': always((state) => secretErased(state, true)),
};
