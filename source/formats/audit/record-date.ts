import type { JsonValue } from '../../domain/json.ts';
import type { RowContent } from '../format.ts';
import { isYearFirst, orderBeside, readRowDate } from '../dates/local-time.ts';
import { cellOf } from '../json/fields.ts';

/** ISO, as nearly every record has it: `readRecord` reads it. */
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** A damaged row lies where its container says, for want of a record that does (`domain.md`, Exposure 1). */
const damagedAt = (
  content: RowContent & { readonly kind: 'damaged' },
  beside: string,
  order: JsonValue | undefined,
): RowContent => {
  if (content.time !== undefined && content.time !== null) return content;
  const { time, date } = readRowDate(beside, order);
  // That its date is no date either is said with the row.
  if (time === null && date?.doubt !== 'order') return content;
  return { ...content, time, ...(date === undefined ? {} : { date }) };
};

/**
 * A record with its time settled (`domain.md` 10): its own CreationTime, which parsed records may
 * have in the collector's culture; only where it has none, the date of its container, `beside`. Says
 * in `date` what these prove of the file's order of day and month, or why they gave no time. `order`:
 * the order known so far, a FileOrder.
 */
export const withRecordTime = (
  content: RowContent,
  beside: string,
  order: JsonValue | undefined,
): RowContent => {
  if (content.kind === 'damaged') return damagedAt(content, beside, order);
  if (content.kind !== 'audit') return content;
  const own = cellOf(content.auditData['CreationTime']);
  if (ISO.test(own)) {
    // Nearly always. The date beside it is not needed, but may prove how others are to be read.
    if (beside === '' || isYearFirst(beside)) return content;
    const proves = orderBeside(beside, own);
    return proves === null ? content : { ...content, date: { proves, doubt: null, text: beside } };
  }
  if (own.trim() !== '') {
    const { time, ...date } = readRowDate(own, order);
    if (time !== null)
      return { ...content, ...date, auditData: { ...content.auditData, CreationTime: time } };
    if (beside.trim() === '') return { ...content, ...date };
  }
  const { time, ...date } = readRowDate(beside, order);
  return { ...content, ...date, envelope: { ...content.envelope, time } };
};
