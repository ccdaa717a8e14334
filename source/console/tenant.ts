/** What the console knows of the case's tenant, and what it has under way there. */
import type { FetchProgress } from '../domain/fetch-progress.ts';
import type { FetchStanding } from '../jobs/case-service.ts';
import type { FetchEvent } from '../jobs/fetch/fetch-events.ts';
import type { FetchWish } from '../jobs/fetch/fetch-records.ts';

/** How to sign in; null: nobody said. Nothing of this is secret. */
export interface SignInChoice {
  readonly tenant: string | null;
  readonly clientId: string | null;
  readonly method: string | null;
}

export const NO_CHOICE: SignInChoice = { tenant: null, clientId: null, method: null };

/** What is to be done in the tenant, as soon as it is known how to sign in. */
export interface Errand {
  readonly errand: 'fetch';
  readonly wish: FetchWish;
}

/** An errand, and what is known so far of how to sign in for it. */
export interface SignInWalk {
  readonly errand: Errand;
  readonly signIn: SignInChoice;
}

/** What the case and the environment say of the tenant. */
export interface TenantKnown extends Pick<FetchStanding, 'unfinished' | 'grown'> {
  readonly stated: SignInChoice;
}

export type SignInNotice = Extract<FetchEvent, { event: 'notice' }>['notice'];

/** Something that runs in the tenant: its sign-in may want somebody. */
export interface TenantJob {
  readonly id: number;
  /** What the person has to do to sign in; null: nothing, or no more. */
  readonly notice: SignInNotice | null;
  /** The question for something secret that waits to be asked. */
  readonly secretWanted: string | null;
  readonly cancelling: boolean;
}

/** A fetch under way. */
export interface FetchJob extends TenantJob {
  readonly progress: FetchProgress | null;
}
