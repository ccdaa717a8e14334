import type { LookUpStatement } from '../../domain/lookups/lookup-progress.ts';
import type { PastLookUp, TrafficStretch } from '../../domain/lookups/past-lookup.ts';

/** `mia.trace/1` lookup: what a look-up came to. */
export const lookUpJson = (statement: LookUpStatement) => ({
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

const stretchJson = ({ address, direction, from, to }: TrafficStretch) => ({
  address,
  direction,
  from,
  to,
});

/** lookUps[] of every document that has them. */
export const pastLookUpJson = (past: PastLookUp) => ({
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
  stretches: past.stretches.map((one) => ({ ...stretchJson(one), rows: one.rows })),
  holes: past.holes.map((one) => ({ ...stretchJson(one), why: one.why, filled: one.filled })),
  answers: past.answers,
  retries: past.retries,
  sources: past.sources,
  ...lookUpJson(past.statement),
});
