/** What the console knows of the case's tenant, and what it has under way there. */
import type { FetchProgress } from '../domain/fetches/fetch-progress.ts';
import type { FetchStatus } from '../case/fetch-status.ts';
import type { MessageQuery } from '../case/lists/list-queries.ts';
import type { FetchEvent } from '../acquire/fetch/fetch-work.ts';
import type { FetchRequest } from '../acquire/fetch/fetch-records.ts';
import type { LookupProgress } from '../domain/lookups/lookup-progress.ts';

/** How to sign in; null: nobody said. Nothing of this is secret. */
export interface AuthenticationChoice {
  readonly tenant: string | null;
  readonly clientId: string | null;
  readonly method: string | null;
}

export const NO_CHOICE: AuthenticationChoice = { tenant: null, clientId: null, method: null };

/** What `first` says, and else what `second` says. */
export const choiceOver = (
  first: AuthenticationChoice,
  second: AuthenticationChoice,
): AuthenticationChoice => ({
  tenant: first.tenant ?? second.tenant,
  clientId: first.clientId ?? second.clientId,
  method: first.method ?? second.method,
});

/** `sign-ins`: the sign-in log, for whoever acted in the sessions of the case. */
export type ConsoleRequest = FetchRequest | { readonly request: 'sign-ins' };

/** What is to be done in the tenant, as soon as it is known how to sign in. */
export type TenantAction =
  | { readonly action: 'fetch'; readonly request: ConsoleRequest }
  /** Nothing yet: the next tenant action signs in that way. */
  | { readonly action: 'authenticate' }
  /** `mailbox`: in the mailboxes too, where the trace has nothing. */
  | { readonly action: 'lookup'; readonly query: MessageQuery; readonly mailbox: boolean };

/** A tenant action, and what is known so far of how to sign in for it. */
export interface AuthenticationWizard {
  readonly action: TenantAction;
  readonly authentication: AuthenticationChoice;
}

/** What the case and the environment say of the tenant. */
export interface TenantKnown extends Pick<FetchStatus, 'unfinished' | 'grown'> {
  readonly stated: AuthenticationChoice;
}

export type AuthenticationNotice = Extract<FetchEvent, { event: 'notice' }>['notice'];

/** Something that runs in the tenant: its sign-in may want somebody. */
export interface TenantJob {
  readonly id: number;
  /** What the person has to do to sign in; null: nothing, or no more. */
  readonly notice: AuthenticationNotice | null;
  /** The question for something secret that waits to be asked. */
  readonly secretWanted: string | null;
  readonly cancelling: boolean;
}

/** A fetch under way. */
export interface FetchJob extends TenantJob {
  readonly progress: FetchProgress | null;
}

/** What was handed to the lookup thread last. */
export interface Wanted {
  /** Of what, from where on, for which press of the key. */
  readonly of: string;
  /** The case's answer which messages those are is under way. */
  readonly pending: boolean;
  readonly messages: number;
  /** There are more than are wanted at once. */
  readonly more: boolean;
}

/** A connection that looks metadata up, as long as it stays. */
export interface LookupJob extends TenantJob {
  readonly progress: LookupProgress | null;
  /** What the key was pressed for; a selection comes before it. */
  readonly query: MessageQuery;
  readonly mailbox: boolean;
  /** Counts the presses: each tries once more what failed. */
  readonly presses: number;
  /** The press for which that was done. */
  readonly triedFor: number;
  readonly wanted: Wanted | null;
}

interface InTenant {
  readonly fetch: FetchJob | null;
  readonly lookup: LookupJob | null;
}

/** Those that run, in the order in which they may ask something. */
export const tenantJobs = ({ fetch, lookup }: InTenant): readonly TenantJob[] =>
  [fetch, lookup].filter((job) => job !== null);

/** What somebody has to do to sign in now. */
export const noticeNow = (state: InTenant): AuthenticationNotice | null =>
  tenantJobs(state).find(({ notice }) => notice !== null)?.notice ?? null;

/** The state with that job changed, where it still runs. */
export const withTenantJob = <State extends InTenant>(
  state: State,
  id: number,
  change: Partial<Pick<TenantJob, 'notice' | 'secretWanted' | 'cancelling'>>,
): State => {
  const { fetch, lookup } = state;
  if (fetch?.id === id) return { ...state, fetch: { ...fetch, ...change } };
  return lookup?.id === id ? { ...state, lookup: { ...lookup, ...change } } : state;
};
