import { isUtf8 } from 'node:buffer';
import type { JsonValue } from '../../domain/json.ts';
import { decodeText } from '../bytes/encoding.ts';
import { Pending } from '../bytes/pending.ts';
import { betweenElements } from './between-elements.ts';
import { BrokenRange } from './broken-range.ts';
import {
  BROKEN,
  OPEN_END,
  TOO_LONG,
  TRUNCATED,
  unreadable,
  type SplitValue,
} from './split-value.ts';
import { ValueLines } from './value-lines.ts';
import { noPage, scanPage, type Page } from './scan-page.ts';
import { BYTE, scanValue, type ScanEnd } from './scan-value.ts';

/** No record is longer; one that is still open then is taken for broken. */
const LONGEST = 16 << 20;

type Step = 'on' | 'wait';

/**
 * Splits a stream of JSON into its elements, whatever holds them: one array, a value a line, pretty
 * values one after another, arrays one after another, pages. Between elements it is lenient
 * (`][`, missing commas, byte order marks), inside them strict. What can't be read comes out as one
 * damaged range, ended by the next value that `isElement` vouches for.
 */
export class ValueSplitter {
  readonly #isElement: (value: JsonValue, columns: readonly string[] | null) => boolean;
  readonly #pending = new Pending();
  readonly #lines = new ValueLines();
  readonly #cursor = { at: 0 };
  #found: SplitValue[] = [];
  #page: Page = noPage();
  #arrays = 0;
  /** Nothing was unreadable since the page began. */
  #wholePage = false;
  #range: BrokenRange | null = null;
  /** Position in `#pending.bytes`. */
  #at = 0;

  constructor(isElement: (value: JsonValue, columns: readonly string[] | null) => boolean) {
    this.#isElement = isElement;
  }

  /** Columns of the page that is being read. */
  get columns(): readonly string[] | null {
    return this.#page.columns;
  }

  *push(chunk: Buffer): Generator<SplitValue> {
    if (this.#pending.add(chunk)) yield* this.#run(false);
  }

  *end(): Generator<SplitValue> {
    yield* this.#run(true);
    const { bytes, base } = this.#pending;
    if (this.#range !== null) this.#endRange();
    else if (this.#wholePage || this.#arrays > 0) {
      const end = base + bytes.length;
      this.#found.push(unreadable(this.#lines.line, end, end, OPEN_END));
    }
    yield* this.#found;
    this.#found = [];
  }

  *#run(final: boolean): Generator<SplitValue> {
    this.#pending.gather();
    this.#at = 0;
    while (this.#at < this.#pending.bytes.length) {
      const step = this.#range === null ? this.#next(final) : this.#recover(this.#range, final);
      if (this.#found.length > 0) {
        yield* this.#found;
        this.#found = [];
      }
      if (step === 'wait') break;
    }
    this.#pending.drop(this.#at);
    this.#at = 0;
  }

  #moveTo(at: number): void {
    this.#lines.count(this.#pending.bytes, this.#at, at);
    this.#at = at;
  }

  /** One step between elements. */
  #next(final: boolean): Step {
    const between = betweenElements(this.#pending.bytes, this.#at, this.#page, final);
    switch (between.is) {
      case 'wait':
        return 'wait';
      case 'junk':
        return this.#fail(BROKEN, final);
      case 'pageTail':
        return this.#pageTail(final);
      case 'element':
        return this.#element(final);
      case 'passed':
        this.#arrays = Math.max(0, this.#arrays + between.arrays);
        this.#moveTo(between.to);
        return 'on';
    }
  }

  #element(final: boolean): Step {
    const from = this.#at;
    const { bytes } = this.#pending;
    const line = this.#lines.quickLine(bytes, from, final);
    if (line !== null) {
      this.#emit(from, line.end, line.value);
      return 'on';
    }
    const page = noPage();
    const end = this.#scan(from, this.#page.open.length > 0 ? null : page, final);
    const tooLong = this.#cursor.at - from > LONGEST;
    if (end === 'more' && !tooLong) return 'wait';
    if (end === 'page' && !tooLong) return this.#enter(page);
    if (end !== 'value' || tooLong) return this.#fail(end === 'cut' ? TRUNCATED : BROKEN, final);
    if (bytes[from] === this.#opener && !this.#lines.settle(bytes, from, this.#cursor.at, final))
      return 'wait';
    const value = this.#parse(from, this.#cursor.at);
    if (value === undefined) return this.#fail(BROKEN, final);
    this.#emit(from, this.#cursor.at, value);
    return 'on';
  }

  #scan(from: number, page: Page | null, final: boolean): ScanEnd | 'page' {
    const { bytes } = this.#pending;
    const options = { final, lineMode: this.#lines.mode };
    this.#cursor.at = from;
    return page === null || (page.open.length === 0 && bytes[from] !== BYTE.OPEN_OBJECT)
      ? scanValue(bytes, this.#cursor, options)
      : scanPage(bytes, this.#cursor, page, options);
  }

  #parse(from: number, to: number): JsonValue | undefined {
    try {
      return JSON.parse(decodeText(this.#pending.bytes, from, to)) as JsonValue;
    } catch {
      return undefined;
    }
  }

  #enter(page: Page): Step {
    this.#lines.abandon();
    this.#page = page;
    this.#wholePage = true;
    this.#moveTo(this.#cursor.at);
    return 'on';
  }

  #pageTail(final: boolean): Step {
    const page: Page = { ...this.#page, open: [...this.#page.open] };
    const end = this.#scan(this.#at + 1, page, final);
    if (end === 'more') return 'wait';
    if (end === 'page') return this.#enter(page);
    if (end === 'cut') {
      this.#moveTo(this.#pending.bytes.length);
      return 'on';
    }
    // Broken: go on without the page; what is junk of its tail will be found so.
    this.#page = noPage();
    this.#wholePage = false;
    this.#moveTo(end === 'value' ? this.#cursor.at : this.#at + 1);
    return 'on';
  }

  #emit(from: number, to: number, value: JsonValue): void {
    this.#moveTo(from);
    const { bytes, base } = this.#pending;
    this.#found.push({
      line: this.#lines.line,
      start: base + from,
      end: base + to,
      value,
      columns: this.#page.rows ? this.#page.columns : null,
      damage: null,
      misencoded: !isUtf8(bytes.subarray(from, to)),
    });
    this.#moveTo(to);
  }

  /** Begins an unreadable range here. */
  #fail(reason: string, final: boolean): Step {
    const { bytes, base } = this.#pending;
    let limit: number | null = null;
    if (this.#lines.mode) {
      const feed = bytes.indexOf(BYTE.LF, this.#at);
      if (feed < 0 && !final && bytes.length - this.#at <= LONGEST) return 'wait';
      limit = feed < 0 || feed - this.#at > LONGEST ? null : base + feed;
    }
    this.#range = new BrokenRange(base + this.#at, this.#lines.line, limit, reason);
    // An element was tried already; junk may be followed by one at once.
    if (bytes[this.#at] === this.#opener) this.#range.search += 1;
    this.#arrays = 0;
    this.#wholePage = false;
    return 'on';
  }

  get #opener(): number {
    return this.#page.rows ? BYTE.OPEN_ARRAY : BYTE.OPEN_OBJECT;
  }

  /** Moves on inside the range, so that its bytes need not be kept. */
  #passOver(range: BrokenRange, to: number): void {
    range.extend(this.#pending.bytes, this.#pending.base, this.#at, to);
    this.#moveTo(to);
  }

  /** Looks for the next value that is an element, from `range.search` on. */
  #recover(range: BrokenRange, final: boolean): Step {
    const { bytes, base } = this.#pending;
    const limit = range.limit === null ? bytes.length : range.limit - base;
    const candidate = bytes.indexOf(this.#opener, range.search - base);
    if (candidate < 0 || candidate >= limit) {
      this.#passOver(range, limit);
      if (range.limit !== null) this.#endRange();
      return 'on';
    }
    this.#passOver(range, candidate);
    const page = noPage();
    const end = this.#scan(candidate, this.#page.rows ? null : page, final);
    if (end === 'more' && this.#cursor.at - candidate <= LONGEST) return 'wait';
    const reached = Math.min(this.#cursor.at, candidate + LONGEST);
    if (this.#cursor.at <= reached && this.#accept(end, candidate, page)) return 'on';
    const next = this.#nextLine(
      candidate,
      range.afterMiss(base + candidate, base + reached) - base,
    );
    this.#passOver(range, Math.min(next, limit));
    return 'on';
  }

  /** A search in a hurry passes no line that may be a record: `to`, or where one begins before it. */
  #nextLine(candidate: number, to: number): number {
    if (to - candidate <= 1) return to;
    const line = this.#pending.bytes
      .subarray(candidate, to)
      .indexOf(Buffer.of(BYTE.LF, this.#opener));
    return line < 0 ? to : candidate + line + 1;
  }

  #accept(end: ScanEnd | 'page', candidate: number, page: Page): boolean {
    const to = this.#cursor.at;
    if (end === 'page') {
      this.#endRange();
      this.#enter(page);
      return true;
    }
    if (end !== 'value') return false;
    const value = this.#parse(candidate, to);
    const columns = this.#page.rows ? this.#page.columns : null;
    if (value === undefined || !this.#isElement(value, columns)) return false;
    this.#endRange();
    this.#emit(candidate, to, value);
    return true;
  }

  /** The range ends before the current position, less the space and commas there. */
  #endRange(): void {
    const range = this.#range;
    if (range === null) return;
    const inside = this.#at < this.#pending.bytes.length;
    const tooLong = range.end - range.start > LONGEST;
    const reason = tooLong ? TOO_LONG : inside ? BROKEN : range.reason;
    this.#found.push(unreadable(range.line, range.start, range.end, reason));
    this.#range = null;
  }
}
