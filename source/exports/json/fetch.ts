import { fetchSentence } from '../../domain/fetches/fetch-words.ts';
import type { FetchedQuery, FetchStatement } from '../../domain/fetches/fetch.ts';

const queryJson = (query: FetchedQuery) => ({
  name: query.name,
  id: query.id,
  filter: query.filter,
  from: query.from,
  to: query.to,
  status: query.status,
  passes: query.passes,
  records: query.records,
  limitExceeded: query.limitExceeded,
  announced: query.announced,
  matching: query.matching,
  source: query.source,
});

/** What can be said of what a fetch brought: fetches[] of every document that has them. */
export const fetchJson = (fetch: FetchStatement) => ({
  id: fetch.id,
  api: fetch.api,
  cloud: fetch.cloud,
  tenantId: fetch.tenantId,
  account: fetch.account,
  clientId: fetch.clientId,
  analyst: fetch.analyst,
  endpoint: fetch.endpoint,
  asked: {
    users: fetch.asked.users,
    mailboxes: fetch.asked.mailboxes,
    addresses: fetch.asked.addresses,
    from: fetch.asked.from,
    to: fetch.asked.to,
  },
  startedAt: fetch.startedAt,
  endedAt: fetch.endedAt,
  outcome: fetch.outcome,
  statement: fetchSentence(fetch),
  queries: fetch.queries.map(queryJson),
  records: fetch.records,
  announced: fetch.announced,
  received: fetch.received,
  damaged: fetch.damaged,
  lateUntil: fetch.lateUntil,
  newRecords: fetch.newRecords,
  requests: fetch.requests,
  retries: fetch.retries,
  emptyHours: {
    hours: fetch.emptyHours.hours,
    of: fetch.emptyHours.of,
    longest: fetch.emptyHours.longest.map(({ from, to }) => ({ from, to })),
  },
  holes: fetch.holes.map((hole) => ({
    from: hole.from,
    to: hole.to,
    why: hole.why,
    filled: hole.filled,
    users: hole.users,
    addresses: hole.addresses,
    said: hole.said,
  })),
  again: fetch.again,
});
