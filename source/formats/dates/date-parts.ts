/** A date and time as a portal or a collector's culture writes it, taken apart. */
export interface DateParts {
  /** Four digits. */
  readonly year: string;
  /** One or two digits each: day and month in the order that they are written. */
  readonly first: string;
  readonly second: string;
  /** What its form says of that order; open: nothing. */
  readonly order: 'dayFirst' | 'monthFirst' | 'open';
  /** HH:MM:SS, with a fraction where it has one. */
  readonly clock: string;
}

/** Spaces that look like one, and marks of direction: newer ICU puts U+202F before AM and PM. */
const ODD_SPACE = /[\u00a0\u2000-\u200a\u200e\u200f\u202f]+/g;
/** Words and marks around date and time: fi "klo", fr-CA "h min s", bg "г. ч.", Kibana "@". */
const BESIDE: readonly (readonly [RegExp, string])[] = [
  [/ h (\d\d) min (\d\d(?:[.,]\d+)?) s$/i, ':$1:$2'],
  [/,? (?:klo|at|@) /i, ' '],
  [/ г\.| ч\.$/giu, ''],
  [/\((.*)\)$/, '$1'],
  [/ (?:UTC|GMT|Z)$/i, ''],
];

const CLOCK =
  /^(.*?)[.,]{0,2} (\d{1,2})([:.])(\d\d)(?:\3(\d\d)(?:[.,](\d{1,9}))?)?(?: ?(\p{L})\.? ?\p{L}\.?)?$/u;
const DIGITS = /^(\d{1,2})([./-]) ?(\d{1,2})\2 ?(\d{4})$/;
const YEAR_FIRST = /^(\d{4})([./-]) ?(\d{1,2})\2 ?(\d{1,2})$/;
const MONTH_NAME = /^([a-z]{3,9})\.? (\d{1,2}),? (\d{4})$/i;
const DAY_AND_NAME = /^(\d{1,2})\.? ([a-z]{3,9})\.?,? (\d{4})$/i;

/** English only: what else a month is called, no portal that we know writes into an export. */
const MONTHS: readonly string[] =
  'january february march april may june july august september october november december'.split(
    ' ',
  );

const monthOf = (name: string): string | null => {
  const lower = name.toLowerCase();
  const at = MONTHS.findIndex((month) => month.startsWith(lower === 'sept' ? 'sep' : lower));
  return at < 0 ? null : String(at + 1);
};

/** Before and after noon, as English, Spanish and Greek have it. */
const HALVES: Readonly<Record<string, number>> = { a: 0, p: 12, π: 0, μ: 12 };

const two = (digits: string | undefined): string => (digits ?? '0').padStart(2, '0');

/** Hours of a twelve-hour clock; out of range stays so and is refused as a time. */
const hourOf = (hour: string | undefined, half: string | undefined): string => {
  if (half === undefined) return two(hour);
  const after = HALVES[half.toLowerCase()];
  const number = Number(hour);
  if (after === undefined || number < 1 || number > 12) return '99';
  return two(String((number % 12) + after));
};

/** No date is longer, and what a cell holds in its place may be very long. */
const LONGEST = 64;

type Day = Omit<DateParts, 'clock'>;

const dayOf = (text: string): Day | null => {
  const digits = DIGITS.exec(text);
  if (digits !== null) {
    const [, first = '', separator, second = '', year = ''] = digits;
    // Dots: no locale writes the month first with them.
    return { year, first, second, order: separator === '.' ? 'dayFirst' : 'open' };
  }
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst !== null) {
    const [, year = '', , first = '', second = ''] = yearFirst;
    return { year, first, second, order: 'monthFirst' };
  }
  const [, name = '', day = '', year = ''] = MONTH_NAME.exec(text) ?? [];
  const [, dayBefore = '', nameAfter = '', yearAfter = ''] = DAY_AND_NAME.exec(text) ?? [];
  const month = monthOf(name || nameAfter || '?');
  if (month === null) return null;
  return {
    year: year || yearAfter,
    first: month,
    second: day || dayBefore,
    order: 'monthFirst',
  };
};

/**
 * Takes a date with a time of day apart, as `toLocaleString` and .NET write them in American and
 * European settings. null for anything else, dates without a time of day among them.
 */
export const datePartsOf = (text: string): DateParts | null => {
  if (text.length > LONGEST) return null;
  let plain = text.replace(ODD_SPACE, ' ').trim();
  for (const [mark, put] of BESIDE) plain = plain.replace(mark, put);
  const [, date = '', hour, , minute, second, fraction, half] = CLOCK.exec(plain) ?? [];
  const day = dayOf(date);
  if (day === null) return null;
  const digits = fraction === undefined ? '' : `.${fraction}`;
  return { ...day, clock: `${hourOf(hour, half)}:${two(minute)}:${two(second)}${digits}` };
};
