import { isObject, type JsonObject } from '../../domain/json.ts';
import { decodeText } from '../bytes/encoding.ts';
import { PAGE_KEYS } from './scan-page.ts';
import { BYTE, isSpace } from './scan-value.ts';

/**
 * Counts lines, and knows whether the file is one of an element a line (NDJSON): then a line can be
 * tried as a whole, and a broken one does not reach beyond its line.
 */
export class ValueLines {
  /** 1-based line of the splitter's position. */
  line = 1;
  #elements = 0;
  #abandoned = false;
  /** The byte before the splitter's position was a line feed, or nothing. */
  #atLineStart = true;

  /** Every element so far, and there was one, had a line of its own. */
  get mode(): boolean {
    return this.#elements > 0 && !this.#abandoned;
  }

  abandon(): void {
    this.#abandoned = true;
  }

  count(bytes: Buffer, from: number, to: number): void {
    for (let at = from; at < to; at++) if (bytes[at] === BYTE.LF) this.line += 1;
    const last = bytes[to - 1];
    // A byte order mark does not move the line's start.
    if (to > from && last !== 0xbf) this.#atLineStart = last === BYTE.LF;
  }

  /**
   * Notes whether the element had its line for itself. false: what follows it must be seen first.
   * `from` is the splitter's position.
   */
  settle(bytes: Buffer, from: number, to: number, final: boolean): boolean {
    if (this.#abandoned) return true;
    let after = to;
    while (bytes[after] !== BYTE.LF && isSpace(bytes[after])) after += 1;
    if (after >= bytes.length && !final) return false;
    const alone = after >= bytes.length || bytes[after] === BYTE.LF;
    const feed = bytes.indexOf(BYTE.LF, from);
    if (this.#atLineStart && alone && (feed < 0 || feed >= to)) this.#elements += 1;
    else this.#abandoned = true;
    return true;
  }

  /** The element that begins at `from`, if the rest of its line is it and it is no page. */
  quickLine(
    bytes: Buffer,
    from: number,
    final: boolean,
  ): { readonly end: number; readonly value: JsonObject } | null {
    if (!this.mode || !this.#atLineStart) return null;
    const feed = bytes.indexOf(BYTE.LF, from);
    if (feed < 0 && !final) return null;
    let end = feed < 0 ? bytes.length : feed;
    while (isSpace(bytes[end - 1])) end -= 1;
    if (bytes[end - 1] !== BYTE.CLOSE_OBJECT) return null;
    try {
      const value: unknown = JSON.parse(decodeText(bytes, from, end));
      if (!isObject(value)) return null;
      return PAGE_KEYS.some((key) => typeof value[key] === 'object') ? null : { end, value };
    } catch {
      return null;
    }
  }
}
