const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;

/** No table has more columns; places of further cells are not noted, so that commas cost no memory. */
const MOST_CELLS = 1 << 17;

/** Where one record's cells stand in a buffer: three numbers a cell (start, end, kind). */
export interface RecordBounds {
  readonly cells: number[];
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

/** Kind of a cell: plain, or quoted with doubled quotes inside. */
const PLAIN = 0;
export const DOUBLED = 1;

/** `more`: undecided at the end of the buffer · `broken`: text follows a closing quote. */
export type Scan = 'record' | 'more' | 'broken' | 'unclosed';

export const emptyBounds = (): RecordBounds => ({
  cells: [],
  count: 0,
  kind: PLAIN,
  end: 0,
  next: 0,
  lines: 0,
  stray: false,
});

/**
 * The closing quote of a quoted cell whose text begins at `from`; -1: not in this buffer. Counts
 * lines, and notes doubled quotes.
 */
const closingQuote = (bytes: Buffer, from: number, bounds: RecordBounds): number => {
  const size = bytes.length;
  let at = from;
  bounds.kind = PLAIN;
  for (;;) {
    let byte: number | undefined;
    while (at < size && (byte = bytes[at]) !== QUOTE) {
      if (byte === LF) bounds.lines += 1;
      at += 1;
    }
    if (at >= size) return -1;
    if (bytes[at + 1] !== QUOTE) return at;
    bounds.kind = DOUBLED;
    at += 2;
  }
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
  bounds.stray = false;
  for (let count = 0; ;) {
    const quoted = bytes[at] === QUOTE;
    const start = quoted ? at + 1 : at;
    let end = quoted
      ? closingQuote(bytes, start, bounds)
      : plainEnd(bytes, start, delimiter, bounds);
    if (end < 0) return final ? 'unclosed' : 'more';
    at = quoted ? end + 1 : end;
    if (at >= size && !final) return 'more';
    const last = bytes[at] !== delimiter;
    if (!quoted && last && bytes[at] === LF && end > start && bytes[end - 1] === CR) end -= 1;
    if (count < MOST_CELLS) {
      cells[count * 3] = start;
      cells[count * 3 + 1] = end;
      cells[count * 3 + 2] = quoted ? bounds.kind : PLAIN;
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
