import {
  count,
  exactly,
  flag,
  listOf,
  oneOf,
  orNull,
  text,
  textOrNull,
  time,
  timeOrNull,
} from './parts.ts';

const stretch = { from: time, to: time };

/** A fetch as `fetchJson` writes it. */
export const fetchSchema = exactly({
  id: text,
  api: oneOf('search', 'activity', 'signIns'),
  cloud: text,
  tenantId: text,
  account: text,
  clientId: text,
  analyst: text,
  endpoint: text,
  asked: exactly({
    users: listOf(text),
    mailboxes: listOf(text),
    addresses: listOf(text),
    ...stretch,
  }),
  startedAt: time,
  endedAt: timeOrNull,
  outcome: oneOf('unfinished', 'complete', 'incomplete'),
  queries: listOf(
    exactly({
      name: text,
      id: textOrNull,
      filter: text,
      ...stretch,
      status: text,
      passes: listOf(count),
      records: count,
      limitExceeded: orNull(flag),
      announced: orNull(count),
      source: textOrNull,
    }),
  ),
  records: count,
  newRecords: count,
  requests: count,
  retries: count,
  emptyHours: exactly({ hours: count, of: count, longest: listOf(exactly(stretch)) }),
  holes: listOf(
    exactly({
      ...stretch,
      why: oneOf('spoiled', 'limit', 'failed', 'outOfReach', 'notOffered'),
      filled: flag,
    }),
  ),
  again: textOrNull,
});
