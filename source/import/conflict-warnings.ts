import type { DatabaseSync } from 'node:sqlite';
import type { Warning } from '../domain/records/source.ts';
import { conflictLines } from '../store/queries/conflict-lines.ts';

/** As many as damaged rows are kept of one source. */
const MOST = 10_000;

/**
 * Which rows of a source contradict others, and which: a count alone lets nobody look at them.
 * `file`: what the source is called there.
 */
export const conflictWarnings = (
  db: DatabaseSync,
  sha256: string,
  file: string,
): readonly Warning[] =>
  conflictLines(db, sha256, MOST).map(({ line, id, against }) => ({
    file,
    line,
    reason:
      against === null
        ? `conflict: contradicts another row of sign-in ${id}; all rows are kept`
        : `conflict: record ${id} says something else at ${against.file}:${against.line}; both are kept`,
  }));
