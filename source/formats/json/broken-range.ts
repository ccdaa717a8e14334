import { BYTE, isSpace } from './scan-value.ts';

/** Scans in search of the next record may cover a range so many times; then the search hurries. */
const SEARCH_EFFORT = 2;
const FREE_EFFORT = 1 << 20;
/** Even in a hurry, the last bytes before what broke a scan are searched one by one. */
const LAST_BYTES = 512;

/** An unreadable range whose end is not found yet. Offsets are those of the stream of text. */
export class BrokenRange {
  readonly start: number;
  readonly line: number;
  /** It ends here at the latest: in a file of one record a line, with its line. null: no limit. */
  readonly limit: number | null;
  readonly reason: string;
  /** Behind its last byte that is neither space nor comma. */
  end: number;
  /** Where to look for the next record. */
  search: number;
  #effort = 0;

  constructor(start: number, line: number, limit: number | null, reason: string) {
    this.start = start;
    this.line = line;
    this.limit = limit;
    this.reason = reason;
    this.end = start;
    this.search = start;
  }

  /** It goes on to `to` at least; `from` and `to` are places in `bytes`, which begin at `base`. */
  extend(bytes: Buffer, base: number, from: number, to: number): void {
    let end = to;
    while (end > from && (isSpace(bytes[end - 1]) || bytes[end - 1] === BYTE.COMMA)) end -= 1;
    if (end > from) this.end = base + end;
    this.search = base + to;
  }

  /**
   * Where to try next when a scan from `candidate` led to `reached` and to no record: at the next
   * byte; in a hurry half of the way, so that all scans to one place cost twice the longest.
   */
  afterMiss(candidate: number, reached: number): number {
    const scanned = reached - candidate;
    this.#effort += scanned;
    const hurry = this.#effort > SEARCH_EFFORT * (candidate - this.start) + FREE_EFFORT;
    return candidate + (hurry && scanned > LAST_BYTES ? scanned >> 1 : 1);
  }
}
