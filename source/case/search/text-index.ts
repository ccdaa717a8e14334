import Fuse from 'fuse.js';
import { mistyped } from './mistyped-word.ts';

/** As many rows are ranked by Fuse; alone it takes seconds over 100,000. */
const CANDIDATES = 1000;
/** A word shorter than this is taken as typed. */
const SHORTEST_TYPO = 4;
const THRESHOLD = 0.4;

/** Marks above and below letters, after canonical decomposition. */
const MARKS = /\p{M}+/gu;
const ASCII = /^[\x00-\x7f]*$/; // eslint-disable-line no-control-regex

/** Text as it is searched: lower case, without accents, so that "reunion" finds "Réunion". */
export const searchable = (text: string): string => {
  const lower = text.toLowerCase();
  return ASCII.test(lower) ? lower : lower.normalize('NFD').replace(MARKS, '');
};

/** The words of a query, each of which must be found: the longest, as a rule the rarest, first. */
export const termsOf = (query: string): readonly string[] =>
  searchable(query)
    .split(/\s+/)
    .filter((term) => term !== '')
    .toSorted((a, b) => b.length - a.length);

interface Candidate {
  readonly row: number;
  readonly text: string;
}

/** Fuzzy search over one text per row. Rows are known by small numbers, added in ascending order. */
export class TextIndex {
  readonly #texts: string[] = [];
  /** Which rows hold all words of the last query. */
  #last: { readonly terms: readonly string[]; readonly has: Uint8Array } | null = null;

  add(row: number, text: string): void {
    const searched = searchable(text);
    while (this.#texts.length < row) this.#texts.push('');
    this.#texts.push(searched);
    this.#last = null;
  }

  /**
   * Rows of `among` that hold all words of the query as typed; where there are none, those that hold
   * them mistyped. The best thousand are ranked, the others follow in the order of `among`.
   */
  search(query: string, among: Int32Array): Int32Array {
    const terms = termsOf(query);
    if (terms.length === 0) return among;
    const has = this.#holding(terms);
    const holding = among.filter((row) => has[row] === 1);
    return this.#bestFirst(terms, holding.length > 0 ? holding : this.#near(terms, among));
  }

  /** By row, 1 where it holds all words: of the last query's rows, where this one narrows it. */
  #holding(terms: readonly string[]): Uint8Array {
    const last = this.#last;
    const narrows = last?.terms.every((term) => terms.some((word) => word.includes(term))) === true;
    const texts = this.#texts;
    const has = new Uint8Array(texts.length);
    for (let row = 0; row < texts.length; row += 1) {
      if (narrows && last.has[row] === 0) continue;
      const text = this.#text(row);
      has[row] = Number(terms.every((term) => text.includes(term)));
    }
    this.#last = { terms, has };
    return has;
  }

  /** A word that some row holds as typed is no typo. */
  #near(terms: readonly string[], among: Int32Array): Int32Array {
    const tests = terms.map((term) => {
      const asTyped = (text: string): boolean => text.includes(term);
      return term.length < SHORTEST_TYPO || this.#texts.some(asTyped) ? asTyped : mistyped(term);
    });
    return among.filter((row) => tests.every((test) => test(this.#text(row))));
  }

  #bestFirst(terms: readonly string[], rows: Int32Array): Int32Array {
    const candidates = Array.from(rows.subarray(0, CANDIDATES), (row): Candidate => ({
      row,
      text: this.#text(row),
    }));
    const fuse = new Fuse(candidates, {
      keys: ['text'],
      ignoreLocation: true,
      threshold: THRESHOLD,
      // Length would favour short subjects over exact hits in long ones.
      fieldNormWeight: 0.2,
    });
    const hits = fuse.search({ $and: terms.map((text) => ({ text })) });
    const best = new Set(hits.map(({ item }) => item.row));
    return Int32Array.from([...best, ...rows.filter((row) => !best.has(row))]);
  }

  #text(row: number): string {
    return this.#texts[row] ?? '';
  }
}
