import { Pending } from '../bytes/pending.ts';
import { emptyBounds, scanRecord, type RecordBounds, type Scan } from './scan-record.ts';

/** No record is longer; a quote still open then is taken for one that was never closed. */
const LONGEST = 16 << 20;
const LF = 0x0a;
const CR = 0x0d;
const BOM = [0xef, 0xbb, 0xbf] as const;

/** One record, or the range of a damaged one. Bounds are valid until the next record. */
export interface SplitRecord {
  readonly line: number;
  /** Offsets in the stream of text, without the line end. */
  readonly start: number;
  readonly end: number;
  /** The buffer that `bounds` refers to, and its offset in the stream. */
  readonly bytes: Buffer;
  readonly base: number;
  readonly bounds: RecordBounds;
  readonly damage: string | null;
}

const UNCLOSED = 'a quote is never closed';
const TOO_LONG = 'a quote is never closed, or one record has more than 16 MiB, which is not read';

/**
 * Splits a stream of CSV into records with little memory. A record that is not well formed, or has
 * more or fewer cells than `columns`, comes out damaged; if it has swallowed lines, reading goes on
 * at the first of them that is a record of its own with the right number of cells.
 */
export class RecordSplitter {
  readonly #delimiter: number;
  readonly #columns: number;
  readonly #pending = new Pending();
  readonly #bounds = emptyBounds();
  readonly #probe = emptyBounds();
  #line = 1;

  constructor(delimiter: string, columns: number) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#columns = columns;
  }

  /** The records that this chunk completes; they are to be taken before the next chunk is pushed. */
  push(chunk: Buffer): Iterable<SplitRecord> {
    return this.#pending.add(chunk) ? this.#records(false) : [];
  }

  end(): Iterable<SplitRecord> {
    return this.#records(true);
  }

  *#records(final: boolean): Generator<SplitRecord> {
    this.#pending.gather();
    const { bytes } = this.#pending;
    let at = 0;
    while (at < bytes.length) {
      const begin = this.#blankSpace(at, final);
      if (begin === null) break;
      if (begin > at) {
        at = begin;
        continue;
      }
      const scan = scanRecord(bytes, at, final, this.#delimiter, this.#bounds);
      const next =
        scan === 'record' &&
        this.#bounds.count === this.#columns &&
        this.#bounds.next - at <= LONGEST
          ? this.#bounds.next
          : this.#afterDamage(at, scan, final);
      if (next === null) break;
      if (typeof next === 'number') {
        yield this.#split(at, this.#bounds.end, null);
        this.#line += this.#bounds.lines;
        at = next;
      } else {
        yield this.#split(at, next.end, next.damage);
        this.#line += countLines(bytes, at, next.next);
        at = next.next;
      }
    }
    this.#pending.drop(at);
  }

  #split(from: number, to: number, damage: string | null): SplitRecord {
    const { bytes, base } = this.#pending;
    const bounds = this.#bounds;
    const { start, end } = { start: base + from, end: base + to };
    return { line: this.#line, start, end, bytes, base, bounds, damage };
  }

  /** Skips a byte order mark (joined files have them in the middle) or a blank line; null: wait. */
  #blankSpace(at: number, final: boolean): number | null {
    const { bytes } = this.#pending;
    const first = bytes[at];
    if (first === BOM[0]) {
      if (bytes.length - at < 3) return final ? at : null;
      return bytes[at + 1] === BOM[1] && bytes[at + 2] === BOM[2] ? at + 3 : at;
    }
    if (first !== CR && first !== LF && first !== 0x20) return at;
    let stop = at;
    while (bytes[stop] === 0x20 || bytes[stop] === CR) stop += 1;
    if (stop >= bytes.length) return final ? stop : null;
    if (bytes[stop] !== LF) return at;
    this.#line += 1;
    return stop + 1;
  }

  /**
   * What to make of a record that is not as it should be. null: wait for more bytes. Decides by
   * what stands in the file only, never by how far the chunks have come.
   */
  #afterDamage(
    at: number,
    scan: Scan,
    final: boolean,
  ): { readonly end: number; readonly next: number; readonly damage: string } | null {
    const { bytes } = this.#pending;
    const limit = at + LONGEST;
    const whole = scan === 'record' && this.#bounds.next <= limit;
    if (scan === 'more' && bytes.length <= limit) return null;
    const { count, end, next, lines } = this.#bounds;
    const miscounted = `${cellsInWords(count)} where the header has ${this.#columns}`;
    if (whole && lines <= 1) return { end, next, damage: miscounted };
    const stop = whole ? next : Math.min(bytes.length, limit);
    const fresh = this.#freshRecord(at, stop, final);
    if (fresh === 'wait') return null;
    if (fresh !== 'none') return this.#unclosedUpTo(fresh);
    if (whole) return { end, next, damage: miscounted };
    if (bytes.length > limit) {
      const lineStart = bytes.lastIndexOf(LF, limit - 1) + 1;
      return { ...this.#unclosedUpTo(lineStart > at ? lineStart : limit), damage: TOO_LONG };
    }
    return final ? this.#unclosedUpTo(bytes.length) : null;
  }

  #unclosedUpTo(next: number): { end: number; next: number; damage: string } {
    return { end: withoutLineEnd(this.#pending.bytes, next), next, damage: UNCLOSED };
  }

  /** The first line after `at` that is a tidy record with the right number of cells. */
  #freshRecord(at: number, limit: number, final: boolean): number | 'none' | 'wait' {
    const { bytes } = this.#pending;
    for (let feed = bytes.indexOf(LF, at); feed >= 0 && feed + 1 < limit;) {
      const candidate = feed + 1;
      const scan = scanRecord(bytes, candidate, final, this.#delimiter, this.#probe);
      const { count, stray, next } = this.#probe;
      const fits = next - candidate <= LONGEST;
      if (scan === 'record' && count === this.#columns && !stray && fits) return candidate;
      if (scan === 'more' && bytes.length - candidate <= LONGEST) return 'wait';
      feed = bytes.indexOf(LF, candidate);
    }
    return 'none';
  }
}

const cellsInWords = (count: number): string => (count === 1 ? '1 cell' : `${count} cells`);

const withoutLineEnd = (bytes: Buffer, end: number): number => {
  let at = end;
  if (bytes[at - 1] === LF) at -= 1;
  return bytes[at - 1] === CR ? at - 1 : at;
};

/** Line feeds in a range of a buffer. */
const countLines = (bytes: Buffer, from: number, to: number): number => {
  let lines = 0;
  for (let at = bytes.indexOf(LF, from); at >= 0 && at < to; at = bytes.indexOf(LF, at + 1))
    lines += 1;
  return lines;
};
