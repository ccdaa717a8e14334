import {
  count,
  flag,
  listOf,
  objectOf,
  oneOf,
  orNull,
  text,
  textOrNull,
  time,
  timeOrNull,
} from '../../domain/schema.ts';
import type { FetchStatement } from '../../domain/fetches/fetch.ts';
import { fetchSentence } from '../../domain/fetches/fetch-words.ts';
import { documentSchema, jsonOf } from '../document.ts';
import { importedSourceSchema } from './source.ts';
const range = { from: time, to: time };

const fetchedQuerySchema = objectOf({
  name: text,
  id: textOrNull,
  filter: text,
  ...range,
  status: text,
  passes: listOf(count),
  records: count,
  limitExceeded: orNull(flag),
  announced: orNull(count),
  matching: orNull(count),
  source: textOrNull,
});

/** Of a query as it stands what is said of it: in case.json, and in every document. */
export const fetchedQuery = jsonOf(fetchedQuerySchema);

/** What can be said of what a fetch brought: fetches[] of every document that has them. */
export const fetchSchema = objectOf({
  id: text,
  api: oneOf('search', 'activity', 'signIns'),
  cloud: text,
  tenantId: text,
  account: text,
  clientId: text,
  analyst: text,
  endpoint: text,
  asked: objectOf({
    users: listOf(text),
    mailboxes: listOf(text),
    addresses: listOf(text),
    ...range,
  }),
  startedAt: time,
  endedAt: timeOrNull,
  outcome: oneOf('unfinished', 'nothingKnownMissing', 'missing'),
  statement: text,
  queries: listOf(fetchedQuerySchema),
  records: count,
  announced: orNull(count),
  received: count,
  damaged: count,
  lateUntil: time,
  newRecords: count,
  requests: count,
  retries: count,
  emptyHours: objectOf({ hours: count, of: count, longest: listOf(objectOf(range)) }),
  holes: listOf(
    objectOf({
      ...range,
      why: oneOf(
        ...(['spoiled', 'unreadable', 'limit', 'failed', 'refused', 'unasked'] as const),
        ...(['announced', 'foundNothing', 'outOfReach', 'notOffered', 'withdrawn'] as const),
      ),
      filled: flag,
      users: listOf(text),
      addresses: listOf(text),
      said: textOrNull,
    }),
  ),
  again: textOrNull,
});

const toJson = jsonOf(fetchSchema);

export const fetchJson = (fetch: FetchStatement) =>
  toJson({ ...fetch, statement: fetchSentence(fetch) });

export const fetchDocumentSchema = documentSchema('mia.fetch/2', 'What was fetched', {
  fetches: listOf(fetchSchema),
  sources: listOf(importedSourceSchema),
  notes: listOf(text),
});
