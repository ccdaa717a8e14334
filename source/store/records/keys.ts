import { hash } from 'node:crypto';
import type { AuditRecord } from '../../domain/records/audit-record.ts';

/** 64 bits: a million contexts collide once in thirty million cases. */
const KEY_LENGTH = 16;

const keyOf = (kind: string, fields: readonly (string | number | null)[]): string =>
  hash('sha256', JSON.stringify([kind, ...fields])).slice(0, KEY_LENGTH);

/** What tells contexts apart; the owner only where the mailbox has no guid. */
export type ContextFields = Pick<
  AuditRecord,
  | 'sessionId'
  | 'mailboxGuid'
  | 'mailboxOwner'
  | 'actor'
  | 'address'
  | 'clientInfo'
  | 'appId'
  | 'clientAppId'
  | 'logonType'
  | 'deviceId'
>;

export const contextFieldsOf = (record: ContextFields): ContextFields => ({
  sessionId: record.sessionId,
  mailboxGuid: record.mailboxGuid,
  mailboxOwner: record.mailboxOwner,
  actor: record.actor,
  address: record.address,
  clientInfo: record.clientInfo,
  appId: record.appId,
  clientAppId: record.clientAppId,
  logonType: record.logonType,
  deviceId: record.deviceId,
});

/** All fields alike, so that the keys are; a mailbox's owner is part of them here. */
export const isSameContext = (one: ContextFields, other: ContextFields): boolean =>
  one.sessionId === other.sessionId &&
  one.mailboxGuid === other.mailboxGuid &&
  one.mailboxOwner === other.mailboxOwner &&
  one.actor === other.actor &&
  one.address === other.address &&
  one.clientInfo === other.clientInfo &&
  one.appId === other.appId &&
  one.clientAppId === other.clientAppId &&
  one.logonType === other.logonType &&
  one.deviceId === other.deviceId;

/** The fields in which the accesses of a context are alike, but for the session (`domain.md`, Words). */
const contextFields = (record: ContextFields): readonly (string | number | null)[] => [
  mailboxIdent(record),
  record.actor,
  record.address,
  record.clientInfo,
  record.appId,
  record.clientAppId,
  record.logonType,
  record.deviceId,
];

/** What tells mailboxes apart: the guid, or the owner where a record names none. */
export const mailboxIdent = (record: ContextFields): string =>
  record.mailboxGuid ?? `owner:${record.mailboxOwner ?? ''}`;

/** Key of the session with this id, whoever used it. */
export const keyOfSessionId = (sessionId: string): string => keyOf('session', [sessionId]);

/** Key of the session: of its id alone; without an id, of all context fields. */
export const sessionKeyOf = (record: ContextFields): string =>
  record.sessionId === null
    ? keyOf('derived', contextFields(record))
    : keyOfSessionId(record.sessionId);

/** Key of sessions alike in these fields: all that tells contexts apart but session and address. */
export const groupKeyOf = (fields: readonly (string | number | null)[]): string =>
  keyOf('group', fields);

export const contextKeyOf = (record: ContextFields): string =>
  keyOf('context', [record.sessionId, ...contextFields(record)]);

/** The text under which contexts are cached while importing: equal exactly when the keys are. */
export const contextCacheKey = (record: ContextFields): string =>
  [record.sessionId, ...contextFields(record)].join('\u0000');

/**
 * Two 32-bit halves of a hash of a record id (FNV-1a with two seeds). XORed over the records of a
 * context they tell whether it still holds exactly the records it was judged on.
 */
export const idDigest = (id: string): { readonly high: number; readonly low: number } => {
  let high = 0x811c9dc5;
  let low = 0x1b873593;
  for (let at = 0; at < id.length; at += 1) {
    const code = id.charCodeAt(at);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0x85ebca6b) ^ (low >>> 13);
  }
  return { high: high >>> 0, low: low >>> 0 };
};

/** A number under which an id is indexed; whoever looks up compares the id itself too. */
export const idHash = (id: string): number => {
  const { high, low } = idDigest(id);
  return (high >>> 11) * 0x1_0000_0000 + low;
};

/** `Context.digest`: 16 hex digits. */
export const digestText = (high: number, low: number): string =>
  high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');

/** `traceKey` (`domain/lookups/trace.ts`) of a message `m`, in SQL. */
export const TRACE_KEY = `coalesce(m.message_id, ' ' || m.item_id)`;

/** The item id in a `traceKey`; null: it is a message id. */
export const itemOfTraceKey = (key: string): string | null =>
  key.startsWith(' ') ? key.slice(1) : null;
