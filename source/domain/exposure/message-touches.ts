import type { ShownVerdict } from '../sessions/session.ts';

/** A session that accessed a message, by those of its contexts that did. Times are UTC ISO. */
export interface SessionTouch {
  readonly key: string;
  readonly verdict: ShownVerdict;
  readonly actors: readonly string[];
  readonly addresses: readonly string[];
  readonly clients: readonly string[];
  readonly first: string;
  readonly last: string;
}

export interface MessageTouches {
  /** Number of the message within this records.db. */
  readonly message: number;
  /** In order of their first access; not all where there are very many. */
  readonly sessions: readonly SessionTouch[];
  readonly total: number;
}
