import type { EmptyHours, TimeRange } from './fetch.ts';

const HOUR = 3_600_000;
const LONGEST = 20;

/** Numbers of the hours since 1970 that a period touches: first, and how many. */
const hoursOf = ({ from, to }: TimeRange): { readonly first: number; readonly count: number } => {
  const first = Math.floor(Date.parse(from) / HOUR);
  return { first, count: Math.max(0, Math.ceil(Date.parse(to) / HOUR) - first) };
};

export const hourOf = (time: string): number => Math.floor(Date.parse(time) / HOUR);

const isoHour = (hour: number): string => `${new Date(hour * HOUR).toISOString().slice(0, 19)}Z`;

/** Which hours of `period` have no record; `seen`: numbers of those that have one, as of `hourOf`. */
export const emptyHours = (period: TimeRange, seen: ReadonlySet<number>): EmptyHours => {
  const { first, count } = hoursOf(period);
  const ranges: { readonly start: number; readonly hours: number }[] = [];
  let hours = 0;
  for (let hour = first; hour < first + count; hour += 1) {
    if (seen.has(hour)) continue;
    hours += 1;
    const last = ranges.at(-1);
    if (last !== undefined && last.start + last.hours === hour)
      ranges[ranges.length - 1] = { start: last.start, hours: last.hours + 1 };
    else ranges.push({ start: hour, hours: 1 });
  }
  const longest = ranges
    .toSorted((one, other) => other.hours - one.hours || one.start - other.start)
    .slice(0, LONGEST)
    .toSorted((one, other) => one.start - other.start);
  return {
    hours,
    of: count,
    longest: longest.map((one) => ({
      from: isoHour(one.start),
      to: isoHour(one.start + one.hours),
    })),
  };
};
