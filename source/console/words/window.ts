import { utcIso } from '../../domain/utc-time.ts';
import type { Mailbox } from '../../domain/sessions/session.ts';
import type { Overview } from '../../case/overview.ts';
import { forTerminal } from '../../domain/terminal-text.ts';

export interface Period {
  readonly from: string | null;
  readonly to: string | null;
}

const DAY = /^\d{4}-\d\d-\d\d$/;

/** A typed time, UTC assumed; a bare day is its first second. undefined: not a time. "-": left open. */
const typedTime = (word: string): string | null | undefined => {
  if (word === '-') return null;
  return utcIso(DAY.test(word) ? `${word}T00:00:00Z` : word) ?? undefined;
};

/** "2026-09-20 2026-09-25T12:00" as a period, or why it is none. */
export const readPeriod = (words: readonly string[]): Period | string => {
  const [first = '-', second = '-'] = words;
  const from = typedTime(first);
  const to = typedTime(second);
  if (from === undefined)
    return `"${forTerminal(first)}" is no time: write 2026-09-20 or 2026-09-20T14:00`;
  if (to === undefined)
    return `"${forTerminal(second)}" is no time: write 2026-09-20 or 2026-09-20T14:00`;
  if (from !== null && to !== null && from >= to) return 'the end lies before the beginning';
  return { from, to };
};

export const typedWords = (text: string): readonly string[] =>
  text.split(/\s+/).filter((word) => word !== '');

const TIME = /^\d\d:\d\d(:\d\d)?Z?$/i;

/**
 * The words of a typed period: from, to, and what follows them. "A to B" and "from A to B" are A and B,
 * a time stays with the day before it ("2026-09-20 14:00"), and "UTC" says what holds anyway.
 */
export const periodWords = (text: string): readonly string[] => {
  const words: string[] = [];
  for (const word of typedWords(text)) {
    const last = words.at(-1);
    if (TIME.test(word) && last !== undefined && DAY.test(last))
      words[words.length - 1] = `${last}T${word}`;
    else words.push(word);
  }
  const said = words.filter((word) => word.toUpperCase() !== 'UTC');
  const [first, ...others] = said[0]?.toLowerCase() === 'from' ? said.slice(1) : said;
  if (first === undefined) return [];
  return [first, ...(others[0]?.toLowerCase() === 'to' ? others.slice(1) : others)];
};

const short = (iso: string | null): string =>
  iso === null ? '-' : iso.replace(/T00:00:00Z$/, '').replace(/:00Z$/, '');

/** The window as it can be typed again; for a mailbox with its name behind. */
export const windowText = (overview: Overview | null, mailbox: Mailbox | null): string => {
  const window = overview?.window ?? null;
  const whose = mailbox === null ? '' : (mailbox.owner ?? mailbox.guid ?? '');
  const period = window === null ? '' : `${short(window.from)} ${short(window.to)}`;
  return whose === '' ? period : `${period === '' ? '- -' : period} ${whose}`;
};
