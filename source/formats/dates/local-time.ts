import type { JsonValue } from '../../domain/json.ts';
import type { DateOrder, FileOrder, RowDate } from '../../domain/records/row.ts';
import { stated } from '../../domain/records/stated.ts';
import { utcIso } from '../../domain/utc-time.ts';
import type { CsvFormat } from '../format.ts';
import { type DateParts, datePartsOf } from './date-parts.ts';

/** A year of four digits first: ISO or like it, which no order of day and month concerns. */
export const isYearFirst = (text: string): boolean => /^\s*\d{4}[-/.]/.test(text);

const two = (digits: string): string => digits.padStart(2, '0');

/** The order that one date proves by itself; null where both readings are dates, or it needs none. */
const orderOf = ({ first, second, order }: DateParts): DateOrder | null => {
  if (order === 'dayFirst' || Number(first) > 12) return 'dayFirst';
  return Number(second) > 12 ? 'monthFirst' : null;
};

/** As `orderOf`, of text. Dates with the year first or the month by name say nothing of the others. */
const provedOrder = (text: string): DateOrder | null => {
  if (isYearFirst(text)) return null;
  const parts = datePartsOf(text);
  return parts === null || parts.order === 'monthFirst' ? null : orderOf(parts);
};

export const joinedOrder = (a: FileOrder | null, b: FileOrder | null): FileOrder | null => {
  if (a === null || b === null) return a ?? b;
  return a === b ? a : 'mixed';
};

/** The order of day and month that these dates of one file prove (`domain.md` 10). */
export const dateOrderOf = (dates: Iterable<string>): FileOrder | null => {
  let order: FileOrder | null = null;
  for (const date of dates) order = joinedOrder(order, provedOrder(date));
  return order;
};

/** The fact as `Layout.facts` keeps it. */
export const DATE_ORDER = 'dateOrder';

/** The facts of a table that has its dates in the first column of which `isDate` holds. */
export const dateColumnOrder =
  (isDate: (column: string) => boolean): NonNullable<CsvFormat['facts']> =>
  (header, rows) => {
    const at = header.findIndex(isDate);
    return { [DATE_ORDER]: dateOrderOf(rows.map((cells) => cells[at] ?? '')) };
  };

/** "/Date(1690150882000)/", as ConvertTo-Json of Windows PowerShell 5 writes a time. */
const MILLISECONDS = /^\/Date\((\d{1,15})\)\/$/;

const ofMilliseconds = (digits: string): string | null => {
  const date = new Date(Number(digits));
  return Number.isNaN(date.getTime()) ? null : utcIso(date.toISOString());
};

/**
 * A date of a container as UTC ISO: ISO, or as a portal or the collector's culture writes it, which
 * is UTC too. Day and month count where the date itself or the file's other dates (`order`, a
 * FileOrder) prove their order; else null.
 */
export const readDate = (text: string, order: JsonValue | undefined): string | null => {
  const iso = utcIso(text);
  if (iso !== null) return iso;
  const milliseconds = MILLISECONDS.exec(text.trim())?.[1];
  if (milliseconds !== undefined) return ofMilliseconds(milliseconds);
  const parts = datePartsOf(text);
  if (parts === null) return null;
  const { year, first, second, clock } = parts;
  const proved =
    parts.order === 'monthFirst'
      ? 'monthFirst'
      : // Alike: the same day in either order.
        Number(first) === Number(second)
        ? 'dayFirst'
        : (orderOf(parts) ?? order);
  if (proved !== 'dayFirst' && proved !== 'monthFirst') return null;
  const [day, month] = proved === 'dayFirst' ? [first, second] : [second, first];
  return utcIso(`${year}-${two(month)}-${two(day)}T${clock}Z`);
};

/** What a date that gave no time leaves open. */
const doubtOf = (text: string): 'order' | 'unreadable' =>
  // Undecided is only what would be a date in either order.
  readDate(text, 'dayFirst') !== null && readDate(text, 'monthFirst') !== null
    ? 'order'
    : 'unreadable';

/** A row's date, read: its time, and what it says of the dates of the whole file (left out: nothing). */
export const readRowDate = (
  text: string,
  order: JsonValue | undefined,
): { readonly time: string | null; readonly date?: RowDate } => {
  const time = readDate(text, order);
  if (time !== null) {
    const proves = provedOrder(text);
    return proves === null ? { time } : { time, date: { proves, doubt: null, text } };
  }
  const raw = stated(text);
  if (raw === null) return { time: null };
  return { time: null, date: { proves: null, doubt: doubtOf(raw), text: raw } };
};

/** As `readRowDate`, for `traceContent`. */
export const receivedAt = (
  text: string,
  order: JsonValue | undefined,
): { readonly receivedAt: string | null; readonly date?: RowDate } => {
  const { time, ...date } = readRowDate(text, order);
  return { receivedAt: time, ...date };
};

const DAY = /^\s*(\d{1,2})[./-]\s?(\d{1,2})[./-]\s?(\d{4})\b/;

/**
 * What a container's date proves beside the time (UTC ISO) that the record itself states: the order in
 * which it is the same day. mixed: in neither, so that the dates of this file are not those of its
 * records. null: in both, or it is written with the year first.
 */
export const orderBeside = (date: string, time: string): FileOrder | null => {
  const [, first, second, year] = DAY.exec(date) ?? [];
  if (first === undefined) return null;
  const [ofYear, month, day] = [time.slice(0, 4), time.slice(5, 7), time.slice(8, 10)].map(Number);
  const sameYear = Number(year) === ofYear;
  const dayFirst = sameYear && Number(first) === day && Number(second) === month;
  const monthFirst = sameYear && Number(first) === month && Number(second) === day;
  if (dayFirst === monthFirst) return dayFirst ? null : 'mixed';
  return dayFirst ? 'dayFirst' : 'monthFirst';
};
