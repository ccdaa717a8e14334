import type { LookUpStatement } from '../../domain/look-up-progress.ts';

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
