/**
 * A strict scan over one JSON value in a buffer. Strict, because what is broken should be noticed
 * where it breaks and not megabytes later; a scan, because only JSON.parse builds values.
 */

/** `more`: undecided at the end of the buffer · `cut`: the file ends inside · `broken`. */
export type ScanEnd = 'value' | 'more' | 'cut' | 'broken';

export interface Cursor {
  /** Before the scan where it begins; after it where it ended, or what is broken. */
  at: number;
}

export interface ScanOptions {
  /** Nothing follows the buffer. */
  readonly final: boolean;
  /** One value a line: a line that begins with `{` inside a value means that the value was cut. */
  readonly lineMode: boolean;
}

const LF = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

export const isSpace = (byte: number | undefined): boolean =>
  byte === 0x20 || byte === LF || byte === 0x0d || byte === 0x09;

/** Moves behind white space. Says `value` where a byte is there to look at. */
export const skipSpace = (bytes: Buffer, cursor: Cursor, options: ScanOptions): ScanEnd => {
  let { at } = cursor;
  let byte = bytes[at];
  while (isSpace(byte)) {
    at += 1;
    const after = bytes[at];
    if (options.lineMode && byte === LF && after === OPEN_OBJECT) {
      cursor.at = at;
      return 'broken';
    }
    byte = after;
  }
  cursor.at = at;
  if (at < bytes.length) return 'value';
  return options.final ? 'cut' : 'more';
};

/** Moves behind a string. The cursor is at its opening quote. */
const skipString = (bytes: Buffer, cursor: Cursor, options: ScanOptions): ScanEnd => {
  const size = bytes.length;
  let at = cursor.at + 1;
  while (at < size) {
    const byte = bytes[at] as number;
    if (byte === QUOTE || byte < 0x20) {
      cursor.at = byte === QUOTE ? at + 1 : at;
      return byte === QUOTE ? 'value' : 'broken';
    }
    at += byte === BACKSLASH ? 2 : 1;
  }
  cursor.at = size;
  return options.final ? 'cut' : 'more';
};

/** Digits, letters, sign and point: what numbers, true, false and null are made of. */
const isScalar = (byte: number | undefined): boolean =>
  byte !== undefined &&
  ((byte >= 0x30 && byte <= 0x39) ||
    (byte >= 0x61 && byte <= 0x7a) ||
    byte === 0x2d ||
    byte === 0x2e ||
    byte === 0x2b ||
    byte === 0x45);

const skipScalar = (bytes: Buffer, cursor: Cursor, options: ScanOptions): ScanEnd => {
  const start = cursor.at;
  let at = start;
  while (isScalar(bytes[at])) at += 1;
  cursor.at = at;
  if (at >= bytes.length) return options.final ? 'cut' : 'more';
  return at === start ? 'broken' : 'value';
};

/** Moves behind a key and its colon. The cursor is at the key's opening quote. */
export const skipKey = (bytes: Buffer, cursor: Cursor, options: ScanOptions): ScanEnd => {
  if (bytes[cursor.at] !== QUOTE) return 'broken';
  const key = skipString(bytes, cursor, options);
  if (key !== 'value') return key;
  const space = skipSpace(bytes, cursor, options);
  if (space !== 'value') return space;
  if (bytes[cursor.at] !== COLON) return 'broken';
  cursor.at += 1;
  return 'value';
};

/**
 * Moves behind one whole value, or to what is broken in it. After each value inside a container
 * comes a comma or its end; `fresh` marks the place right behind an opening bracket, where the end
 * may come at once.
 */
export const scanValue = (bytes: Buffer, cursor: Cursor, options: ScanOptions): ScanEnd => {
  /** Closing brackets that are due, innermost last. */
  const due: number[] = [];
  let fresh = false;
  for (;;) {
    const space = skipSpace(bytes, cursor, options);
    if (space !== 'value') return space;
    let closing = due[due.length - 1];
    let byte = bytes[cursor.at] as number;
    if (!(fresh && byte === closing)) {
      if (closing === CLOSE_OBJECT) {
        let end = skipKey(bytes, cursor, options);
        if (end === 'value') end = skipSpace(bytes, cursor, options);
        if (end !== 'value') return end;
        byte = bytes[cursor.at] as number;
      }
      if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        due.push(byte + 2);
        cursor.at += 1;
        fresh = true;
        continue;
      }
      const end =
        byte === QUOTE ? skipString(bytes, cursor, options) : skipScalar(bytes, cursor, options);
      if (end !== 'value') return end;
    }
    fresh = false;
    // Behind a value: close what ends here, up to a comma.
    for (;;) {
      if (due.length === 0) return 'value';
      const end = skipSpace(bytes, cursor, options);
      if (end !== 'value') return end;
      closing = due[due.length - 1];
      byte = bytes[cursor.at] as number;
      if (byte !== COMMA && byte !== closing) return 'broken';
      cursor.at += 1;
      if (byte === COMMA) break;
      due.pop();
    }
  }
};

export const BYTE = {
  QUOTE,
  COMMA,
  OPEN_ARRAY,
  CLOSE_ARRAY,
  OPEN_OBJECT,
  CLOSE_OBJECT,
  LF,
} as const;
