import { stat } from 'node:fs/promises';
import type { DatabaseSync } from 'node:sqlite';
import { storedJson } from '../domain/disk-trouble.ts';
import type { RowCounts, SourceKind, Warning } from '../domain/records/source.ts';
import { undatedWarnings } from '../formats/dates/undated.ts';
import type { Layout } from '../formats/format.ts';
import { conflictLines, layoutOf } from '../store/queries/source-rows.ts';
import { warningsOf } from '../store/records/source-counts.ts';
import type { Input } from './inputs/input.ts';

/** As many as damaged rows are kept of one source. */
const MOST = 10_000;

/**
 * The rows of a source that contradict others, each with what it contradicts. `file`: the source's
 * name.
 */
export const conflictWarnings = (
  db: DatabaseSync,
  sha256: string,
  file: string,
): readonly Warning[] =>
  conflictLines(db, sha256, MOST).map(({ line, id, of, against }) => ({
    file,
    line,
    reason:
      against === null
        ? `conflict: contradicts another row of ${of} ${id}; all rows are kept`
        : `conflict: record ${id} says something else at ${against.file}:${against.line}; both are kept`,
  }));

/** Warnings about a source as a whole. `file`: its name. */
export const fileWarnings = (
  db: DatabaseSync,
  sha256: string,
  file: string,
): readonly Warning[] => {
  const layout = layoutOf(db, sha256);
  return layout === null ? [] : undatedWarnings(storedJson(layout) as Layout, file);
};

/**
 * All warnings about a source: first as a whole, then its unread rows, then those that contradict.
 */
export const sourceWarnings = (
  db: DatabaseSync,
  sha256: string,
  file: string,
): readonly Warning[] => [
  ...fileWarnings(db, sha256, file),
  ...warningsOf(db, sha256, file),
  ...conflictWarnings(db, sha256, file),
];

/** Thousands with commas, as on the screen. */
const grouped = (count: number): string => count.toLocaleString('en-US');

/**
 * What is wrong with a file that could be read but says nothing about mail access; null where it
 * does. It must be said, never shown as an empty case. `sideEventRows`: of `SourceReport`.
 */
export const problemOfSource = (
  kind: SourceKind,
  counts: RowCounts,
  sideEventRows: number,
): string | null => {
  const known = counts.accepted + counts.sideEvents + counts.duplicates + counts.conflicts;
  const read = known - sideEventRows;
  if (read > 0) return null;
  const rows = `${grouped(counts.rows)} ${counts.rows === 1 ? 'row' : 'rows'}`;
  if (counts.rows === 0)
    return 'It has no rows. The search that made it found nothing, or was cut off.';
  if (counts.damaged === counts.rows) return `None of its ${rows} could be read.`;
  if (kind === 'trace') return `None of its ${rows} names a message.`;
  if (kind === 'signIns') return `None of its ${rows} is a sign-in.`;
  const are = counts.rows === 1 ? 'is' : 'are';
  const side = sideEventRows > 0 ? `side events (${grouped(sideEventRows)}, kept) or ` : '';
  return `It holds no MailItemsAccessed record: its ${rows} ${are} ${side}of other operations${
    counts.damaged > 0 ? ` or damaged (${grouped(counts.damaged)})` : ''
  }. Export again with the activity "Accessed mailbox items" (MailItemsAccessed).`;
};

/**
 * A note that a plain file was written to while it was read, so that the case holds what it was at
 * some moment. null where it kept its size, or is of a kind that has none (/proc, a pipe, an
 * archive). `read`: bytes of it that are in the case now.
 */
export const changedSize = async (input: Input, read: number): Promise<string | null> => {
  const { path, container, bytes } = input;
  if (path === null || container !== null || bytes === null || bytes === 0) return null;
  const now = await stat(path).then(
    ({ size }) => size,
    () => read,
  );
  if (bytes === read && now === read) return null;
  return `Another program wrote to it while it was read: ${grouped(read)} bytes are in the case, and it has ${grouped(now)} now. Import it again when that program is done.`;
};
