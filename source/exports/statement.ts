/**
 * What every report of an exposure carries (`domain.md`, Exposure, last paragraph): counts are
 * never called reads, and silence of the log proves nothing inside a gap.
 */
export const STATEMENT =
  'An access is what the audit log recorded: it proves that a message or folder was accessed, ' +
  'not that anybody read it. What is not listed here is not proved untouched where the log has a ' +
  'gap, a folder was synced, or records name fewer items than they count.';
