import {
  count,
  objectOf,
  flag,
  listOf,
  oneOf,
  orNull,
  text,
  textOrNull,
  time,
  timeOrNull,
} from './parts.ts';

const range = { from: time, to: time };

/** A fetch as `fetchJson` writes it. */
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
  queries: listOf(
    objectOf({
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
    }),
  ),
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
