/**
 * The head of the decisions, short enough to be read over the phone: its first 95 bits as 19 characters
 * of Crockford's base 32 (crockford.com/base32.html: no I, L, O, U) and a check character, in fives.
 */

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const BITS = 5;
const GROUP = 5;
/** With the check character. */
const STAMP_LENGTH = 20;

const CHECKED = STAMP_LENGTH - 1;

/** Multiplies by x in the field of 32 elements, modulo x^5 + x^2 + 1. */
const shifted = (value: number): number => ((value << 1) ^ ((value & 16) === 0 ? 0 : 37)) & 31;

/**
 * 0 for a whole stamp. Every place counts with a factor of its own, so that one wrong character, and
 * any two that changed places, leave something else.
 */
const remainder = (values: readonly number[]): number =>
  values.reduce((sum, value) => shifted(sum) ^ value, 0);

const grouped = (characters: string): string =>
  (characters.match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? []).join('-');

/** The stamp of a head: 64 hex digits, as `decisionsHead` of an export. */
export const stampOf = (head: string): string => {
  const bits = BigInt(`0x${head}`) >> BigInt(head.length * 4 - CHECKED * BITS);
  const values = Array.from({ length: CHECKED }, (_, at) =>
    Number((bits >> BigInt((CHECKED - 1 - at) * BITS)) & 31n),
  );
  const check = shifted(remainder(values));
  return grouped([...values, check].map((value) => ALPHABET[value]).join(''));
};

/** A stamp as it was heard or typed. `fits`: its check character agrees with the others. */
export type TypedStamp =
  { readonly stamp: string; readonly fits: boolean } | { readonly problem: string };

/** What is taken for one another, and what stands between groups. */
const readable = (typed: string): string =>
  typed
    .toUpperCase()
    .replace(/[\s\p{Pd}._]/gu, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');

export const readStamp = (typed: string): TypedStamp => {
  const characters = [...readable(typed)];
  const strange = characters.find((one) => !ALPHABET.includes(one));
  if (strange !== undefined)
    return { problem: `"${strange}" is in no stamp: it has digits and letters, without U` };
  if (characters.length !== STAMP_LENGTH)
    return { problem: `a stamp has ${STAMP_LENGTH} characters, and this ${characters.length}` };
  const values = characters.map((one) => ALPHABET.indexOf(one));
  return { stamp: grouped(characters.join('')), fits: remainder(values) === 0 };
};

/** Whether two stamps differ in one character, or in two neighbours that changed places. */
export const isNearStamp = (one: string, other: string): boolean => {
  const places = [...one].flatMap((character, at) => (character === other[at] ? [] : [at]));
  if (places.length === 1) return true;
  const [first = 0, second = 0] = places;
  return places.length === 2 && one[first] === other[second] && one[second] === other[first];
};
