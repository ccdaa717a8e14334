/** Marks above and below letters, after canonical decomposition. */
const MARKS = /\p{M}+/gu;
const ASCII = /^[\x00-\x7f]*$/; // eslint-disable-line no-control-regex

/** Text as it is searched: lower case, without accents, so that "reunion" finds "Réunion". */
export const searchText = (text: string): string => {
  const lower = text.toLowerCase();
  return ASCII.test(lower) ? lower : lower.normalize('NFD').replace(MARKS, '');
};

/** The words of a query; each must be found. */
export const termsOf = (query: string): readonly string[] =>
  searchText(query)
    .split(/\s+/)
    .filter((term) => term !== '');
