import type { JsonValue } from '../../domain/json.ts';
import type { DateOrder, RowDate } from '../../domain/row.ts';
import { stated } from '../../domain/stated.ts';
import { utcIso } from '../../domain/utc-time.ts';

/** What the dates of a file prove together; mixed: both, as in one put together on two machines. */
export type FileOrder = DateOrder | 'mixed';

const LOCAL =
  /^(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4}),?\s+(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?(?:\s*([AP])\.?M\.?)?$/i;
const YEAR_FIRST = /^(\d{4})([./])\s?(\d{1,2})\2\s?(\d{1,2})\.?\s+(\d{1,2}):(\d\d)(?::(\d\d))?$/;

const two = (digits: string | undefined): string => (digits ?? '0').padStart(2, '0');

/** Hours of a twelve-hour clock; out of range stays so and is refused as a time. */
const hourOf = (hour: string | undefined, half: string | undefined): string => {
  if (half === undefined) return two(hour);
  const number = Number(hour);
  if (number < 1 || number > 12) return '99';
  return two(String((number % 12) + (half.toUpperCase() === 'P' ? 12 : 0)));
};

/** The order that one local date proves by itself; null where both readings are dates. */
const provedOrder = (text: string): DateOrder | null => {
  const [, first, separator, second] = LOCAL.exec(text.trim()) ?? [];
  // Dots: no locale writes the month first with them.
  if (separator === '.' || Number(first) > 12) return 'dayFirst';
  return Number(second) > 12 ? 'monthFirst' : null;
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

/**
 * A trace's time as UTC ISO: Exchange writes UTC, in ISO or in the collector's locale. A local date
 * counts where it or the file's other dates (`order`, a FileOrder) prove its order of day and month;
 * else null.
 */
export const traceTime = (text: string, order: JsonValue | undefined): string | null => {
  const trimmed = text.trim();
  const iso = utcIso(trimmed);
  if (iso !== null) return iso;
  const yearFirst = YEAR_FIRST.exec(trimmed);
  if (yearFirst !== null) {
    const [, year, , month, day, hour, minute, second] = yearFirst;
    return utcIso(`${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${two(second)}Z`);
  }
  const found = LOCAL.exec(trimmed);
  if (found === null) return null;
  const [, first, , other, year, hour, minute, second, half] = found;
  // Both alike: whichever comes first, it is the same day.
  const proved = Number(first) === Number(other) ? 'dayFirst' : (provedOrder(trimmed) ?? order);
  if (proved !== 'dayFirst' && proved !== 'monthFirst') return null;
  const [day, month] = proved === 'dayFirst' ? [first, other] : [other, first];
  const clock = `${hourOf(hour, half)}:${minute}:${two(second)}`;
  return utcIso(`${year}-${two(month)}-${two(day)}T${clock}Z`);
};

/** The time of a row for `traceContent`, with what its date says of those of the whole file. */
export const receivedAt = (
  text: string,
  order: JsonValue | undefined,
): { readonly receivedAt: string | null; readonly date?: RowDate } => {
  const time = traceTime(text, order);
  const proves = provedOrder(text);
  if (time !== null) {
    return proves === null
      ? { receivedAt: time }
      : { receivedAt: time, date: { proves, doubt: null, text } };
  }
  const raw = stated(text);
  if (raw === null) return { receivedAt: null };
  // Undecided is only what would be a date in either order.
  const ambiguous = traceTime(raw, 'dayFirst') !== null && traceTime(raw, 'monthFirst') !== null;
  return {
    receivedAt: null,
    date: { proves: null, doubt: ambiguous ? 'order' : 'unreadable', text: raw },
  };
};
