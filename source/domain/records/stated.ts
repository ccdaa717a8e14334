import { isObject, type JsonValue } from '../json.ts';

/** What Exchange and its exporters write for "no value" (`domain.md` 5), in lower case. */
export const EMPTY_WORDS: ReadonlySet<string> = new Set([
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
const statedNumber = (value: JsonValue | undefined): number | null => {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? Math.trunc(read) : null;
};

/** No field that we read is negative or beyond 2^53: such a number counts as not stated. */
export const statedWhole = (value: JsonValue | undefined): number | null => {
  const read = statedNumber(value);
  return read !== null && read >= 0 && Number.isSafeInteger(read) ? read : null;
};

/** Sums of counts stay exact below this; no record has ever declared so many. */
const MOST_COUNTED = 2 ** 31 - 1;

/** A count of items, however large, stays more than are listed (`domain.md` 3). */
export const statedCount = (value: JsonValue | undefined): number | null => {
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

/** Text as stated, numbers written out. */
export const statedText = (value: JsonValue | undefined): string | null =>
  typeof value === 'string' ? stated(value) : typeof value === 'number' ? String(value) : null;

export const statedLower = (value: JsonValue | undefined): string | null =>
  statedText(value)?.toLowerCase() ?? null;

export const statedTruth = (value: JsonValue | undefined): boolean | null => {
  if (typeof value === 'boolean') return value;
  const word = statedLower(value);
  return word === 'true' ? true : word === 'false' ? false : null;
};

/** Enumerations that some containers write as words, in lower case. */
export const LOGON_TYPES: Readonly<Record<string, number>> = {
  owner: 0,
  admin: 1,
  delegated: 2,
  delegate: 2,
  transport: 3,
  systemservice: 4,
  bestaccess: 5,
  delegatedadmin: 6,
};
export const USER_TYPES: Readonly<Record<string, number>> = {
  regular: 0,
  reserved: 1,
  admin: 2,
  dcadmin: 3,
  system: 4,
  application: 5,
  serviceprincipal: 6,
  custompolicy: 7,
  systempolicy: 8,
};

export const RECORD_TYPES: Readonly<Record<string, number>> = { exchangeitem: 2 };

/** A number of an enumeration, written as number or word; null where it is neither. */
export const statedEnum = (
  value: JsonValue | undefined,
  words: Readonly<Record<string, number>>,
): number | null => {
  const number = statedNumber(value);
  // A number that no list knows is kept: it is not 0 (an owner, a person).
  if (number !== null) return Number.isSafeInteger(number) ? number : MOST_COUNTED;
  const word = statedLower(value) ?? '';
  return Object.hasOwn(words, word) ? (words[word] ?? null) : null;
};

/** Value of one {Name, Value} pair of OperationProperties or DeviceProperties. */
export const pairValue = (pairs: JsonValue | undefined, name: string): JsonValue | undefined => {
  if (isObject(pairs)) return pairs[name];
  if (!Array.isArray(pairs)) return undefined;
  for (const pair of pairs) {
    if (isObject(pair) && pair['Name'] === name) return pair['Value'];
  }
  return undefined;
};
