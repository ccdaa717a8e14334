import type { JsonValue } from '../json.ts';

/** What Exchange and its exporters write for "no value" (`domain.md` 5), in lower case. */
const EMPTY_WORDS: ReadonlySet<string> = new Set([
  'not available',
  '__null__',
  'null',
  '(null)',
  'n/a',
  'undefined',
  '00000000-0000-0000-0000-000000000000',
]);

const LONGEST_EMPTY_WORD = 36;

/** Asked of some twenty fields of every record, nearly all of which begin otherwise. */
const FIRST_LETTERS: ReadonlySet<number> = new Set(
  [...EMPTY_WORDS].flatMap((word) => [word.charCodeAt(0), word.toUpperCase().charCodeAt(0)]),
);

/** The value without surrounding space, or null where it only says that there is none. */
export const stated = (value: string | null | undefined): string | null => {
  if (value === null || value === undefined) return null;
  const text = value.trim();
  if (text === '') return null;
  if (text.length > LONGEST_EMPTY_WORD || !FIRST_LETTERS.has(text.charCodeAt(0))) return text;
  return EMPTY_WORDS.has(text.toLowerCase()) ? null : text;
};

/** Numbers also come as strings (Elastic) and as 1156492.00. */
export const statedNumber = (value: JsonValue | undefined): number | null => {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? Math.trunc(read) : null;
};

/** No field that we read is negative or beyond 2^53: what is says nothing. */
export const whole = (value: JsonValue | undefined): number | null => {
  const read = statedNumber(value);
  return read !== null && read >= 0 && Number.isSafeInteger(read) ? read : null;
};

/** Sums of counts stay exact below this; no record has ever declared so many. */
export const MOST_COUNTED = 2 ** 31 - 1;

/** A count of items beyond all reason still is more than are listed (`domain.md` 3). */
export const count = (value: JsonValue | undefined): number | null => {
  const read = statedNumber(value);
  return read === null || read < 0 ? null : Math.min(read, MOST_COUNTED);
};

/**
 * The identity of a message within its mailbox: without surrounding space and one pair of <>, case
 * kept (`domain.md` 4). null where there is no id.
 */
export const normaliseMessageId = (raw: string | null | undefined): string | null => {
  const text = stated(raw);
  if (text === null || !text.startsWith('<') || !text.endsWith('>')) return text;
  // Only emptiness is looked at inside: senders set ids, so "<null>" may be a real one.
  const inner = text.slice(1, -1).trim();
  return inner === '' ? null : inner;
};
