import type { SessionIdSource } from '../records/audit-record.ts';
import type { EventKind } from './event-kinds.ts';

/** A message or another item that an event names; at least one field is stated. */
export interface EventItem {
  readonly subject: string | null;
  /** As `AccessedItem` has it. */
  readonly internetMessageId: string | null;
  readonly itemId: string | null;
  /** Path, or name, of the folder it was in. */
  readonly folder: string | null;
  /** Names of attachments, as the record lists them. */
  readonly attachments: string | null;
}

export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** What Copilot says it used. */
export interface EventResource {
  readonly id: string | null;
  readonly name: string | null;
  readonly type: string | null;
  readonly action: string | null;
  readonly site: string | null;
}

/**
 * One entry of the audit log of another operation than MailItemsAccessed, normalised like an
 * `AuditRecord`; `null` always means *not stated*.
 */
export interface SideEvent {
  /** Lower case: its identity. */
  readonly id: string;
  /** UTC ISO with Z. */
  readonly time: string;
  readonly kind: EventKind;
  /** As written. */
  readonly operation: string;
  readonly workload: string | null;
  readonly result: string | null;
  readonly sessionId: string | null;
  readonly sessionIdSource: SessionIdSource | null;
  readonly otherSessionIds: readonly string[];
  /** Case kept: joins to records and the sign-in log. */
  readonly tokenId: string | null;
  readonly mailboxGuid: string | null;
  readonly mailboxOwner: string | null;
  /** As `AuditRecord.actor`. */
  readonly actor: string | null;
  /** Normalised (`normaliseAddress`). */
  readonly address: string | null;
  /** ClientInfoString or UserAgent, whole. */
  readonly clientInfo: string | null;
  readonly appId: string | null;
  readonly clientAppId: string | null;
  readonly items: readonly EventItem[];
  readonly folder: string | null;
  readonly destinationFolder: string | null;
  /** Of a cmdlet: rules, forwarding, permissions. */
  readonly parameters: readonly NamedValue[];
  readonly query: string | null;
  /** What it was done to: a rule, a mailbox, an application, a file. */
  readonly object: string | null;
  readonly fileName: string | null;
  readonly fileUrl: string | null;
  readonly resources: readonly EventResource[];
  /** The fields that nothing above is read from, as JSON, cut where they are very long. */
  readonly otherFields: readonly NamedValue[];
}
