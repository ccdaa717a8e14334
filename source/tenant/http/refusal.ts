import { Problem } from '../../domain/problem.ts';

/**
 * Why the tenant did not give what it was asked for.
 * trace-service: the service principal that message trace needs is missing · permission: lasting 403 ·
 * sign-in: the sign-in no longer counts · not-found · request: it does not understand us · throttled:
 * longer than we may wait · server, unreachable: passing, but not within our patience · uncertain: it
 * may have been done; look before asking again · elsewhere: it sends us to another host · too-large:
 * its answer is larger than may be held · unreadable: it answers with something else, over and over.
 */
export type RefusalKind =
  | 'trace-service'
  | 'permission'
  | 'sign-in'
  | 'not-found'
  | 'request'
  | 'throttled'
  | 'server'
  | 'unreachable'
  | 'uncertain'
  | 'elsewhere'
  | 'too-large'
  | 'unreadable';

/** One request as it was sent and what came of it: for the manifest of a fetch. No token is in it. */
export interface Attempt {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly clientRequestId: string;
  /** UTC, ISO. */
  readonly sentAt: string;
  readonly endedAt: string;
  /** null: no answer. */
  readonly status: number | null;
  readonly bytes: number;
  readonly requestId: string | null;
  /** The server's own Date. */
  readonly date: string | null;
  /** x-ms-ags-diagnostic. */
  readonly diagnostic: string | null;
  /** What went wrong with it, in words; null where nothing did. */
  readonly failure: string | null;
}

/** What the server said of itself, beside the words for people. */
export interface RefusalFacts {
  readonly kind: RefusalKind;
  /** null: no answer. */
  readonly status: number | null;
  /** Error codes of the body, from the outside in. */
  readonly codes: readonly string[];
  /** The server's own message, safe to show. */
  readonly serverMessage: string | null;
}

/**
 * A wait that whoever asked gave up (`AskOptions.giveUpWaiting`), no failure: nothing is on its way.
 * `attempts`: what was sent before the wait.
 */
export class WaitGivenUp extends Error {
  readonly attempts: readonly Attempt[];

  constructor(attempts: readonly Attempt[] = []) {
    super('The wait was given up.');
    this.attempts = attempts;
  }
}

/** A Problem with what a job needs to go on from it. */
export class TenantRefusal extends Problem {
  readonly kind: RefusalKind;
  readonly status: number | null;
  readonly codes: readonly string[];
  readonly serverMessage: string | null;
  /** All attempts, the failed ones too. */
  readonly attempts: readonly Attempt[];

  constructor(
    message: string,
    hint: string,
    facts: RefusalFacts,
    attempts: readonly Attempt[] = [],
  ) {
    super(message, hint);
    this.kind = facts.kind;
    this.status = facts.status;
    this.codes = facts.codes;
    this.serverMessage = facts.serverMessage;
    this.attempts = attempts;
  }
}
