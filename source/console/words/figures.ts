import type { Overview } from '../../case/overview.ts';

const THOUSANDS = /\B(?=(\d{3})+$)/g;

/** 12345 → "12,345". */
export const count = (value: number): string => String(value).replace(THOUSANDS, ',');

/** In at most `width` cells, exact as long as that is possible: "12,345", "12345", "12k". */
export const countIn = (value: number, width: number): string => {
  const variants = [count(value), String(value), `${Math.round(value / 1000)}k`];
  return variants.find((variant) => variant.length <= width) ?? `${Math.round(value / 1_000_000)}M`;
};

/** "1 message", "2,000 messages". */
export const many = (value: number, one: string, more = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : more}`;

/** "+5", "-5", "+0". */
export const signed = (value: number): string =>
  value < 0 ? `-${count(-value)}` : `+${count(value)}`;

/** 2026-09-24T14:13:44Z → "09-24 14:13". */
const dayAndMinute = (iso: string): string => `${iso.slice(5, 10)} ${iso.slice(11, 16)}`;

/** → "2026-09-24 14:13:44". */
export const wholeTime = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;

/** → "2026-09-24 14:13". */
export const wholeMinute = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)}`;

/** Bytes in the unit that leaves at most four digits: "1,156 kB". */
export const bytes = (value: number): string => {
  if (value < 1000) return `${value} B`;
  return value < 10_000_000
    ? `${count(Math.round(value / 1000))} kB`
    : `${count(Math.round(value / 1_000_000))} MB`;
};

/** In at most 6 cells up to 999 MB: "116 kB", "1.2 MB". */
export const bytesInShort = (value: number): string => {
  if (value < 999_500) return bytes(value);
  const megabytes = value / 1_000_000;
  return `${megabytes < 9.95 ? megabytes.toFixed(1) : count(Math.round(megabytes))} MB`;
};

/** How long from one time to another: "24 h", "45 min". */
export const span = (from: string, to: string): string => {
  const minutes = Math.round((Date.parse(to) - Date.parse(from)) / 60_000);
  return minutes < 120 ? `${minutes} min` : `${count(Math.round(minutes / 60))} h`;
};

/** The calendar year, UTC, that all records of the case are of; null: several, or not known yet. */
export type ListYear = string | null;

/** By the case's own span, not by the day the list is looked at: the same case is the same screen. */
export const yearOfLists = (overview: Overview | null): ListYear => {
  const span = overview?.span ?? null;
  const year = span?.from.slice(0, 4) ?? null;
  return year === span?.to.slice(0, 4) ? year : null;
};

/**
 * A time below the head of a list: "09-24 14:13" where the head names its year, else with the year. A
 * row may be newer than the span that is known: of another year it shows the day alone, never a wrong year.
 */
export const listTime = (iso: string, year: ListYear): string => {
  if (year === null) return wholeMinute(iso);
  return iso.slice(0, 4) === year ? dayAndMinute(iso) : iso.slice(0, 10);
};

/** "2026-09-24 14:13 – 09-25 14:10": the end repeats the year only where it is another. */
export const fromUpTo = (from: string, to: string, upTo: string): string => {
  const end = from.slice(0, 4) === to.slice(0, 4) ? dayAndMinute(to) : wholeMinute(to);
  return `${wholeMinute(from)} ${upTo} ${end}`;
};
