import { decodeText } from '../bytes/encoding.ts';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/** No table has more columns; places of further cells are not noted, so that commas cost no memory. */
const MOST_CELLS = 1 << 17;

/**
 * Where one record's cells stand: three numbers a cell (start, end, kind), in the buffer that was
 * scanned, or in `single` where the kind is DOUBLED.
 */
export interface RecordBounds {
  readonly cells: number[];
  /** Texts of the cells with doubled quotes, these made single; as much as `filled` of it is used. */
  single: Buffer;
  filled: number;
  count: number;
  /** Kind of the cell that was scanned last. */
  kind: number;
  /** End of the record without its line end, and where the next one begins. */
  end: number;
  next: number;
  /** Line feeds up to `next`. */
  lines: number;
  /** A cell that is not quoted has a quote in it: legal for some writers, but a bad sign. */
  stray: boolean;
}

/** Kind of a cell: its text stands as it is, or had doubled quotes, which were made single. */
const PLAIN = 0;
const DOUBLED = 1;

/** `more`: undecided at the end of the buffer · `broken`: text follows a closing quote. */
export type Scan = 'record' | 'more' | 'broken' | 'unclosed';

export const emptyBounds = (): RecordBounds => ({
  cells: [],
  single: Buffer.alloc(0),
  filled: 0,
  count: 0,
  kind: PLAIN,
  end: 0,
  next: 0,
  lines: 0,
  stray: false,
});

/**
 * The closing quote of a quoted cell whose text begins at `from`; -1: not in this buffer. Counts
 * lines.
 */
const closingQuote = (bytes: Buffer, from: number, bounds: RecordBounds): number => {
  const size = bytes.length;
  bounds.kind = PLAIN;
  let at = from;
  let byte: number | undefined;
  while (at < size && (byte = bytes[at]) !== QUOTE) {
    if (byte === LF) bounds.lines += 1;
    at += 1;
  }
  if (at >= size) return -1;
  return bytes[at + 1] === QUOTE ? lastQuote(bytes, from, at, bounds) : at;
};

/**
 * The same from the first doubled quote on, which stands at `doubled`. The text is copied to
 * `single` on the way: this costs less than going over it a second time.
 */
const lastQuote = (bytes: Buffer, from: number, doubled: number, bounds: RecordBounds): number => {
  const size = bytes.length;
  // All of a record's cells are no longer than the buffer they stand in.
  if (bounds.single.length < size) makeRoom(bounds, size);
  const { single } = bounds;
  bounds.kind = DOUBLED;
  let filled = bounds.filled;
  filled += bytes.copy(single, filled, from, doubled);
  let at = doubled;
  while (bytes[at + 1] === QUOTE) {
    single[filled++] = QUOTE;
    at += 2;
    let byte = 0;
    while (at < size && (byte = bytes[at] as number) !== QUOTE) {
      if (byte === LF) bounds.lines += 1;
      single[filled++] = byte;
      at += 1;
    }
    if (at >= size) return -1;
  }
  bounds.filled = filled;
  return at;
};

const makeRoom = (bounds: RecordBounds, size: number): void => {
  const larger = Buffer.allocUnsafeSlow(Math.max(size, bounds.single.length * 2));
  bounds.single.copy(larger, 0, 0, bounds.filled);
  bounds.single = larger;
};

/** The delimiter, line feed or end of the buffer behind a cell without quotes around it. */
const plainEnd = (bytes: Buffer, from: number, delimiter: number, bounds: RecordBounds): number => {
  const size = bytes.length;
  let at = from;
  let byte: number | undefined;
  while (at < size && (byte = bytes[at]) !== delimiter && byte !== LF) {
    if (byte === QUOTE) bounds.stray = true;
    at += 1;
  }
  return at;
};

/**
 * Finds the record that begins at `from`, by the parity of quotes. `final`: nothing follows the
 * buffer. Writes into `bounds`, which is reused from record to record: this runs over every byte of
 * a file, and a loop over bytes beats a call of indexOf for each of a hundred quotes a record.
 */
export const scanRecord = (
  bytes: Buffer,
  from: number,
  final: boolean,
  delimiter: number,
  bounds: RecordBounds,
): Scan => {
  const { cells } = bounds;
  const size = bytes.length;
  let at = from;
  bounds.lines = 0;
  bounds.filled = 0;
  bounds.stray = false;
  for (let count = 0; ;) {
    const quoted = bytes[at] === QUOTE;
    const start = quoted ? at + 1 : at;
    const filled = bounds.filled;
    let end = quoted
      ? closingQuote(bytes, start, bounds)
      : plainEnd(bytes, start, delimiter, bounds);
    // Of what is not whole, the cells before: never those of the record scanned before it.
    bounds.count = count;
    if (end < 0) return final ? 'unclosed' : 'more';
    at = quoted ? end + 1 : end;
    if (at >= size && !final) return 'more';
    const last = bytes[at] !== delimiter;
    if (!quoted && last && bytes[at] === LF && end > start && bytes[end - 1] === CR) end -= 1;
    if (count < MOST_CELLS) {
      const doubled = quoted && bounds.kind === DOUBLED;
      cells[count * 3] = doubled ? filled : start;
      cells[count * 3 + 1] = doubled ? bounds.filled : end;
      cells[count * 3 + 2] = doubled ? DOUBLED : PLAIN;
    }
    count += 1;
    if (last) {
      bounds.count = count;
      bounds.end = quoted ? at : end;
      return lineEnd(bytes, at, final, bounds);
    }
    at += 1;
  }
};

/** An unquoted cell has met its line feed or the end; a quoted one may have anything behind it. */
const lineEnd = (bytes: Buffer, from: number, final: boolean, bounds: RecordBounds): Scan => {
  const size = bytes.length;
  let at = from;
  if (bytes[at] === CR) {
    if (at + 1 >= size && !final) return 'more';
    at += 1;
  }
  bounds.next = Math.min(at + 1, size);
  if (at >= size) return 'record';
  if (bytes[at] !== LF) return 'broken';
  bounds.lines += 1;
  return 'record';
};

/** The buffer in which a cell of a record of `bytes` stands. */
const standsIn = (bytes: Buffer, bounds: RecordBounds, cell: number): Buffer =>
  bounds.cells[cell * 3 + 2] === DOUBLED ? bounds.single : bytes;

/** Text of one cell, doubled quotes made single. */
export const cellText = (bytes: Buffer, bounds: RecordBounds, cell: number): string => {
  const [start, end] = [bounds.cells[cell * 3] ?? 0, bounds.cells[cell * 3 + 1] ?? 0];
  return decodeText(standsIn(bytes, bounds, cell), start, end);
};
