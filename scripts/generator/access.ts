import type { Client } from './client.ts';
import type { Folder } from './folders.ts';
import type { Mail } from './mail.ts';
import type { App, Company, Mailbox } from './world.ts';

/** How records looked in that year. */
export type Shape = '2021' | '2023' | '2024' | '2025';

export type SessionField = 'SessionId' | 'AADSessionId' | 'DeviceProperties';

/** A message as an access touches it. */
export interface TouchedItem {
  readonly mail: Mail;
  readonly folder: Folder;
}

/**
 * What happened, in plain words: the truth from which a record is written, and with which what
 * the product makes of that record is compared.
 */
export interface Access {
  readonly kind: 'access';
  readonly id: string;
  /** Seconds since 1970, UTC. */
  readonly at: number;
  readonly company: Company;
  readonly mailbox: Mailbox;
  readonly shape: Shape;
  readonly sessionId: string | null;
  /** The fields the id is written to; empty without an id. */
  readonly sessionFields: readonly SessionField[];
  /** Who signed in: the owner, somebody else, or an application. */
  readonly by:
    | { readonly who: 'owner' }
    | { readonly who: 'delegate'; readonly mailbox: Mailbox }
    | { readonly who: 'admin'; readonly mailbox: Mailbox }
    | { readonly who: 'external'; readonly upn: string; readonly sid: string }
    | { readonly who: 'app'; readonly app: App };
  readonly client: Client;
  /** As it is when normalised, and as the record spells it. */
  readonly address: string;
  readonly addressSpelled: string;
  readonly deviceId: string | null;
  /** null: not stated. */
  readonly throttled: boolean | null;
  readonly what:
    | { readonly type: 'bind'; readonly items: readonly TouchedItem[]; readonly declared: number }
    | { readonly type: 'sync'; readonly folder: Folder };
}

/** Something else in the audit log. `record` is its AuditData. */
export interface OtherEvent {
  readonly kind: 'other';
  /** Of an operation that is kept as a side event. */
  readonly kept: boolean;
  readonly id: string;
  readonly at: number;
  readonly record: AuditData;
}

/** The AuditData of one record, as JSON would give it. */
export type AuditData = { readonly [field: string]: unknown };

/** A row of a case: what happened, and how the log says it. `repeated`: the same record once more. */
export interface CaseRow {
  readonly entry: Access | OtherEvent;
  readonly record: AuditData;
  readonly repeated: boolean;
}

/** Seconds since 1970 as records write them: UTC without a Z. */
export const recordTime = (seconds: number): string =>
  new Date(seconds * 1000).toISOString().slice(0, 19);
