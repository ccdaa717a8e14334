import type { LookupStatement } from '../../domain/lookups/lookup-progress.ts';
import type { PastLookup, TrafficRange } from '../../domain/lookups/past-lookup.ts';

/** `mia.trace/1` lookup: what a lookup came to. */
export const lookupJson = (statement: LookupStatement) => ({
  asked: statement.asked,
  found: statement.found,
  olderThanTrace: statement.olderThanTrace,
  notFound: statement.notFound,
  failed: statement.failed,
  open: statement.open,
  notAskedSingly: statement.notAskedSingly,
  lateSince: statement.lateSince,
  traffic: statement.traffic,
  requests: statement.requests,
  refused: statement.refused,
});

const rangeJson = ({ address, direction, from, to }: TrafficRange) => ({
  address,
  direction,
  from,
  to,
});

/** lookUps[] of every document that has them. */
export const pastLookupJson = (past: PastLookup) => ({
  id: past.id,
  startedAt: past.startedAt,
  endedAt: past.endedAt,
  outcome: past.outcome,
  cloud: past.cloud,
  tenantId: past.tenantId,
  account: past.account,
  clientId: past.clientId,
  analyst: past.analyst,
  again: past.again,
  thorough: past.thorough,
  mailboxes: past.mailboxes,
  endpoints: past.endpoints,
  stretches: past.stretches.map((one) => ({ ...rangeJson(one), rows: one.rows })),
  holes: past.holes.map((one) => ({ ...rangeJson(one), why: one.why, filled: one.filled })),
  answers: past.answers,
  retries: past.retries,
  sources: past.sources,
  ...lookupJson(past.statement),
});
