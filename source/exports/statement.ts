/**
 * What every report of an exposure carries (`domain.md`, Exposure, last paragraph): counts are
 * never called reads, and silence of the log proves nothing inside a gap.
 */
export const STATEMENT =
  'An access is what the audit log recorded: it proves that a message or folder was accessed; ' +
  'whether it was viewed the log cannot answer. What is not listed is not proved untouched, and the ' +
  'log cannot state a maximum: it is silent in its gaps, does not name what a synchronised folder ' +
  'held, leaves out repeats within about an hour, and may name fewer items than it counts.';
