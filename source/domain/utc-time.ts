const ISO_TIME =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,12}))?)?(Z|[+-]\d\d:?\d\d)?$/i;

/** .NET writes its smallest date, year 1, for "none"; no record of a mailbox is this old either. */
const FIRST_YEAR = 1970;

const daysIn = (year: number, month: number): number => {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
};

const isCalendarTime = (year: number, month: number, day: number, clock: readonly number[]) =>
  year >= FIRST_YEAR &&
  month >= 1 &&
  month <= 12 &&
  day >= 1 &&
  day <= daysIn(year, month) &&
  (clock[0] ?? 0) <= 23 &&
  (clock[1] ?? 0) <= 59 &&
  (clock[2] ?? 0) <= 59;

/** Minutes east of UTC; null for an offset that no clock has. */
const offsetMinutes = (zone: string): number | null => {
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2));
  if (hours > 14 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
};

/**
 * An ISO 8601 time as UTC with Z (`domain.md` 10). Without a zone it is UTC already; digits of a
 * fraction only as far as they are not zero. null for anything else, local dates such as
 * "9/20/2023 4:05:03 AM" included: their order of day and month is for the format to prove.
 */
export const utcIso = (raw: string): string | null => {
  const found = ISO_TIME.exec(raw.trim());
  if (found === null) return null;
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '00'] = found;
  const clock = [Number(hour), Number(minute), Number(second)];
  if (!isCalendarTime(Number(year), Number(month), Number(day), clock)) return null;
  const digits = (found[7] ?? '').replace(/0+$/, '');
  const fraction = digits === '' ? '' : `.${digits}`;
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const zone = found[8];
  if (zone === undefined || zone === 'Z' || zone === 'z') return `${local}${fraction}Z`;
  const offset = offsetMinutes(zone);
  if (offset === null) return null;
  const utc = new Date(Date.parse(`${local}Z`) - offset * 60_000).toISOString();
  return `${utc.slice(0, 19)}${fraction}Z`;
};

const LONGEST_IN_MILLISECONDS = '1970-01-01T00:00:00.000Z'.length;

/** A time of `utcIso` without what lies below a millisecond. */
export const upToMilliseconds = (iso: string): string =>
  iso.length <= LONGEST_IN_MILLISECONDS
    ? iso
    : iso.replace(/\.(\d{3})\d+Z$/, (_, digits: string) => {
        const kept = digits.replace(/0+$/, '');
        return kept === '' ? 'Z' : `.${kept}Z`;
      });
