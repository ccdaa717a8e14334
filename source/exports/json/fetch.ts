import type { FetchedQuery, FetchStatement } from '../../domain/fetch.ts';

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
  source: query.source,
});

/** What can be said for the completeness of a fetch: fetches[] of every document that has them. */
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
  queries: fetch.queries.map(queryJson),
  records: fetch.records,
  newRecords: fetch.newRecords,
  requests: fetch.requests,
  retries: fetch.retries,
  emptyHours: {
    hours: fetch.emptyHours.hours,
    of: fetch.emptyHours.of,
    longest: fetch.emptyHours.longest.map(({ from, to }) => ({ from, to })),
  },
  holes: fetch.holes.map(({ from, to, why, filled }) => ({ from, to, why, filled })),
  again: fetch.again,
});
