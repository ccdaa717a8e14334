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
