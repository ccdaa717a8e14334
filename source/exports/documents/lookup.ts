import {
  count,
  flag,
  listOf,
  objectOf,
  oneOf,
  orNull,
  text,
  time,
  timeOrNull,
} from '../../domain/schema.ts';
import type { PastLookup } from '../../domain/lookups/past-lookup.ts';
import { documentSchema, jsonOf } from '../document.ts';
import { traceSchema as metadataSchema, unresolvedSchema } from './message.ts';
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

/** What a lookup came to. */
const lookupSchema = objectOf(statement);

const range = { address: text, direction: oneOf('received', 'sent'), from: time, to: time };

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

/** `mia.trace/1` lookup. */
export const lookupJson = jsonOf(lookupSchema);

const pastToJson = jsonOf(pastLookupSchema);

/** lookUps[] of every document that has them. */
export const pastLookupJson = (past: PastLookup) => pastToJson({ ...past, ...past.statement });

const tracedSchema = objectOf({
  internetMessageId: text,
  inCase: flag,
  trace: orNull(metadataSchema),
  unresolved: unresolvedSchema,
});

/** `mia.trace/1` messages[]. */
export const tracedJson = jsonOf(tracedSchema);

export const traceSchema = documentSchema(
  'mia.trace/1',
  'Metadata of messages',
  { messages: listOf(tracedSchema), lookup: orNull(lookupSchema) },
  { trace: metadataSchema },
);
