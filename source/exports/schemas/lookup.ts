import { count, objectOf, flag, listOf, oneOf, orNull, text, time, timeOrNull } from './parts.ts';

const statement = {
  asked: count,
  found: count,
  olderThanTrace: count,
  notFound: count,
  failed: count,
  open: count,
  notAskedSingly: objectOf({ messages: count, requests: count, seconds: count }),
  lateSince: orNull(time),
  traffic: orNull(objectOf({ addresses: listOf(text), from: time })),
  requests: count,
  refused: listOf(
    objectOf({ service: oneOf('messageTrace', 'mailbox'), problem: text, hint: text }),
  ),
} as const;

/** What a lookup came to, as `lookupJson` writes it. */
export const lookupSchema = objectOf(statement);

const range = { address: text, direction: oneOf('received', 'sent'), from: time, to: time };

/** A lookup as `pastLookupJson` writes it. */
export const pastLookupSchema = objectOf({
  id: text,
  startedAt: time,
  endedAt: timeOrNull,
  outcome: oneOf('unfinished', 'finished', 'cancelled', 'failed'),
  cloud: text,
  tenantId: text,
  account: text,
  clientId: text,
  analyst: text,
  again: flag,
  thorough: flag,
  mailboxes: flag,
  endpoints: listOf(text),
  stretches: listOf(objectOf({ ...range, rows: count })),
  holes: listOf(objectOf({ ...range, why: text, filled: flag })),
  answers: count,
  retries: count,
  sources: listOf(text),
  ...statement,
});
