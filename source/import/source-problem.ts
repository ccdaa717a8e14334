import type { RowCounts, SourceKind } from '../domain/records/source.ts';

/** Thousands with commas, as on the screen. */
const grouped = (count: number): string => count.toLocaleString('en-US');

/**
 * What is wrong with a file that could be read but says nothing about mail access; null where it
 * does. It must be said, never shown as an empty case.
 */
export const problemOfSource = (kind: SourceKind, counts: RowCounts): string | null => {
  const said = counts.accepted + counts.duplicates + counts.conflicts;
  if (said > 0) return null;
  const rows = `${grouped(counts.rows)} ${counts.rows === 1 ? 'row' : 'rows'}`;
  if (counts.rows === 0)
    return 'It has no rows. The search that made it found nothing, or was cut off.';
  if (counts.damaged === counts.rows) return `None of its ${rows} could be read.`;
  if (kind === 'trace') return `None of its ${rows} names a message.`;
  if (kind === 'signIns') return `None of its ${rows} is a sign-in.`;
  const are = counts.rows === 1 ? 'is' : 'are';
  return `It holds no MailItemsAccessed record: its ${rows} ${are} of other operations${
    counts.damaged > 0 ? ` or damaged (${grouped(counts.damaged)})` : ''
  }. Export again with the activity "Accessed mailbox items" (MailItemsAccessed).`;
};
