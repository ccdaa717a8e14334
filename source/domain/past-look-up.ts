import type { LookUpStatement } from './look-up-progress.ts';

/** A look-up in the tenant, and what can be said for its completeness: `case.json` lookUps[]. */
export interface PastLookUp {
  /** UTC, ISO. */
  readonly startedAt: string;
  readonly endedAt: string;
  /** How it ended. One that was killed is not there; what it was answered is. */
  readonly outcome: 'finished' | 'cancelled' | 'failed';
  readonly cloud: string;
  readonly tenantId: string;
  /** Who was signed in: a person's address, or an application's id. */
  readonly account: string;
  readonly clientId: string;
  readonly analyst: string;
  /** What was not found before was asked for once more. */
  readonly again: boolean;
  /** Each left-over was asked for by itself. */
  readonly thorough: boolean;
  /** The mailboxes themselves were looked into, which leaves records in the audit log. */
  readonly mailboxes: boolean;
  /** Of what was wanted when it ended. */
  readonly statement: LookUpStatement;
}
