import { hash } from 'node:crypto';
import { type LogAnchor, readAnchor } from './log-anchor.ts';

const NO_LINE_BEFORE = '0'.repeat(64);

/**
 * The hash over whole lines, each with that of the lines before; lines themselves carry none, so that
 * a manifest stays what was noted. `at`: also what it was after so many lines, null where it has fewer.
 */
export const chainOf = (
  bytes: Buffer,
  from: LogAnchor = { lines: 0, head: NO_LINE_BEFORE },
  at = 0,
): { readonly end: LogAnchor; readonly headAt: string | null } => {
  let { lines, head } = from;
  let headAt = lines === at ? head : null;
  let start = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    head = hash('sha256', Buffer.concat([Buffer.from(`${head}\n`), bytes.subarray(start, end)]));
    lines += 1;
    start = end + 1;
    if (lines === at) headAt = head;
  }
  return { end: { lines, head }, headAt };
};

/** fits: it is what its head says, with so many lines behind it. changed: it is not. none: it has no head. */
export type ManifestCheck =
  | { readonly check: 'fits'; readonly end: LogAnchor; readonly more: number }
  | { readonly check: 'changed' | 'none' };

/** A manifest against the head beside it. Lines behind the head are those of a program that was killed. */
export const checkManifest = (bytes: Buffer, headPath: string): ManifestCheck => {
  const found = readAnchor(headPath);
  if (found.found !== 'anchor') {
    if (found.found === 'damaged') return { check: 'changed' };
    const isNew = bytes.length === 0;
    return isNew ? { check: 'fits', end: chainOf(bytes).end, more: 0 } : { check: 'none' };
  }
  const { anchor } = found;
  const { end, headAt } = chainOf(bytes, undefined, anchor.lines);
  if (headAt !== anchor.head) return { check: 'changed' };
  return { check: 'fits', end, more: end.lines - anchor.lines };
};
