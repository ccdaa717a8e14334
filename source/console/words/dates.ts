import type { Overview } from '../../case/case-service.ts';
import { dayAndMinute, wholeMinute } from './figures.ts';

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
