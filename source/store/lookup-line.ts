import { hash } from 'node:crypto';
import { isObject, type JsonObject } from '../domain/json.ts';
import type { Lookup, LookedUpMessage, LookedUpTraffic } from '../domain/lookups/lookup.ts';

/** What stands before the first line. */
export const NO_LOOKUP_BEFORE = '0'.repeat(16);

const HASH = /,"hash":"([0-9a-f]{16})"\}$/;

/** The hash that a line states as its own; null: none. */
export const statedHash = (text: string): string | null => HASH.exec(text)?.[1] ?? null;

const hashOf = (before: string, body: string): string =>
  hash('sha256', `${before}\n${body}`).slice(0, 16);

/** A line of lookups.jsonl without its end, and its hash, which holds it to the line before. */
export const writtenLookup = (
  lookup: Lookup,
  before: string,
): { readonly text: string; readonly hash: string } => {
  const body = JSON.stringify(lookup);
  const own = hashOf(before, body);
  return { text: `${body.slice(0, -1)},"hash":"${own}"}`, hash: own };
};

const SERVICES: ReadonlySet<unknown> = new Set(['messageTrace', 'mailbox']);
const ENDS: ReadonlySet<unknown> = new Set(['found', 'notFound', 'olderThanTrace', 'failed']);

const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';

const isMessage = (data: JsonObject): data is JsonObject & LookedUpMessage =>
  ENDS.has(data['end']) &&
  isTextOrNull(data['mailbox']) &&
  isTextOrNull(data['messageId']) &&
  isTextOrNull(data['itemId']) &&
  (data['messageId'] ?? data['itemId']) !== null &&
  (data['how'] === 'traffic' || data['how'] === 'single');

const isTraffic = (data: JsonObject): data is JsonObject & LookedUpTraffic =>
  typeof data['address'] === 'string' &&
  (data['direction'] === 'received' || data['direction'] === 'sent') &&
  !Number.isNaN(Date.parse(String(data['from']))) &&
  !Number.isNaN(Date.parse(String(data['to']))) &&
  typeof data['rows'] === 'number' &&
  isTextOrNull(data['source']) &&
  typeof data['complete'] === 'boolean';

export interface ReadLookup {
  /** null: not readable. */
  readonly lookup: Lookup | null;
  /** As the line states it; null where it states none. */
  readonly hash: string | null;
  /** It is what was written, behind the line before. */
  readonly intact: boolean;
}

/** `before`: the hash that the line before states. */
export const readLookup = (text: string, before: string): ReadLookup => {
  const stated = HASH.exec(text);
  const own = stated?.[1] ?? null;
  const intact = stated !== null && hashOf(before, `${text.slice(0, stated.index)}}`) === own;
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { lookup: null, hash: own, intact: false };
  }
  if (!isObject(data) || !SERVICES.has(data['service']) || typeof data['at'] !== 'string')
    return { lookup: null, hash: own, intact };
  return { lookup: isMessage(data) || isTraffic(data) ? data : null, hash: own, intact };
};
