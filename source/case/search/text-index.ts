import Fuse from 'fuse.js';
import { bitsIn, bitsOf, sign, SIGNATURE_WORDS } from './bigram-signature.ts';
import { searchText, termsOf } from './search-text.ts';
import { type RowSet, TextRows } from './text-rows.ts';

/** As many rows are ranked by Fuse; alone it takes seconds over 100,000 (`stack.md`). */
const CANDIDATES = 1000;
/** Share of the letter pairs of a mistyped word that a row must have to be looked at by Fuse. */
const NEAR = 0.6;
/** A word shorter than this is taken as typed. */
const SHORTEST_TYPO = 4;
const THRESHOLD = 0.4;
/** Rows are told apart by these. */
const LINE_ENDS = /\n/g;

interface Candidate {
  readonly row: number;
  readonly text: string;
}

/** The rows that hold all words of a query: where the next one begins alike, only they are looked at. */
interface Held {
  readonly terms: readonly string[];
  readonly rows: RowSet;
}

/** Fuzzy search over one line of text per row. Rows are known by small numbers, set in ascending order. */
export class TextIndex {
  readonly #texts = new TextRows();
  #signatures = new Uint32Array(0);
  #held: Held | null = null;

  set(row: number, text: string): void {
    const searched = searchText(text).replace(LINE_ENDS, ' ');
    this.#texts.set(row, searched);
    this.#held = null;
    const words = (row + 1) * SIGNATURE_WORDS;
    if (this.#signatures.length < words) {
      const larger = new Uint32Array(Math.max(words, this.#signatures.length * 1.5, 8192));
      larger.set(this.#signatures);
      this.#signatures = larger;
    }
    this.#signatures.fill(0, row * SIGNATURE_WORDS, words);
    sign(this.#signatures, row, searched);
  }

  clear(): void {
    this.#texts.clear();
    this.#signatures = new Uint32Array(0);
    this.#held = null;
  }

  /**
   * Rows of `among` that match all words of the query. Those that hold the words as typed: the best
   * thousand ranked, then the others in the order of `among`, none left out. Where there are none,
   * those that come near (typos), best first.
   */
  search(query: string, among: Int32Array): Int32Array {
    const terms = termsOf(query);
    if (terms.length === 0) return among;
    const { has } = this.#holding(terms);
    const holding = among.filter((row) => has[row] === 1);
    if (holding.length === 0) return this.#near(terms, among);
    const ranked = this.#rank(terms, holding.subarray(0, CANDIDATES));
    const found = new Int32Array(holding.length);
    found.set(ranked);
    const first = new Set(ranked);
    let at = ranked.length;
    for (const row of holding) if (!first.has(row)) found[at++] = row;
    return found;
  }

  #holding(terms: readonly string[]): RowSet {
    const narrows = this.#held?.terms.every((term) => terms.some((word) => word.includes(term)));
    let rows = narrows === true ? (this.#held?.rows ?? null) : null;
    // The longest word is the rarest as a rule: the others are looked for in what holds it.
    for (const term of terms.toSorted((a, b) => b.length - a.length))
      rows = this.#texts.holding(term, rows);
    rows ??= { has: new Uint8Array(0), size: 0 };
    this.#held = { terms, rows };
    return rows;
  }

  #fuse(rows: Iterable<number>): Fuse<Candidate> {
    const candidates: Candidate[] = [];
    for (const row of rows) candidates.push({ row, text: this.#texts.text(row) });
    return new Fuse(candidates, {
      keys: ['text'],
      ignoreLocation: true,
      threshold: THRESHOLD,
      // Length would favour short subjects over exact hits in long ones.
      fieldNormWeight: 0.2,
    });
  }

  #rank(terms: readonly string[], rows: Int32Array): number[] {
    const query = { $and: terms.map((term) => ({ text: term })) };
    const ranked = this.#fuse(rows)
      .search(query)
      .map(({ item }) => item.row);
    return ranked;
  }

  #near(terms: readonly string[], among: Int32Array): Int32Array {
    if (terms.every((term) => term.length < SHORTEST_TYPO)) return new Int32Array(0);
    const wanted = terms.map((term) => ({ term, bits: bitsOf(term) }));
    const scored: { row: number; score: number }[] = [];
    for (const row of among) {
      const score = this.#nearness(row, wanted);
      if (score > 0) scored.push({ row, score });
    }
    const best = scored.sort((a, b) => b.score - a.score).slice(0, CANDIDATES);
    return Int32Array.from(
      this.#rank(
        terms,
        Int32Array.from(best, ({ row }) => row),
      ),
    );
  }

  /** 0 where some word is not even near; else the more the nearer. */
  #nearness(
    row: number,
    wanted: readonly { readonly term: string; readonly bits: readonly number[] }[],
  ): number {
    let score = 0;
    for (const { term, bits } of wanted) {
      if (term.length < SHORTEST_TYPO) {
        if (!this.#texts.text(row).includes(term)) return 0;
        score += 1;
        continue;
      }
      const share = bitsIn(this.#signatures, row, bits) / bits.length;
      if (share < NEAR) return 0;
      score += share;
    }
    return score;
  }
}
