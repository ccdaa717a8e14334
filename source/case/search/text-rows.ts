/** Rows in one piece of memory; a multiple of none is left over when rows are numbered on end. */
const PIECE_ROWS = 4096;
/** Of one row in so many, each is looked at by itself. */
const FEW = 8;
/** Bytes a UTF-16 unit can take in UTF-8. */
const WIDEST = 3;

/** Rows `first` to `first + PIECE_ROWS`: their texts one after the other, each with a line end. */
interface Piece {
  readonly bytes: Buffer;
  /** Where each row begins, and where the last one ends. */
  readonly starts: Uint32Array;
}

/** Row numbers found, by number. */
export interface RowSet {
  readonly has: Uint8Array;
  readonly size: number;
}

/**
 * One line of text for each row, packed outside the heap of JavaScript: one byte a letter and six a
 * row. Rows are set in ascending order; a word that holds no white space never reaches beyond one.
 */
export class TextRows {
  readonly #pieces: Piece[] = [];
  /** Rows of the last piece, not packed yet. */
  #open: (string | undefined)[] = [];
  #openAt = 0;
  #size = 0;
  /** Where texts are written before it is known how long they are. */
  #room = Buffer.alloc(0);

  /** Above the number of the last row. */
  get size(): number {
    return this.#size;
  }

  set(row: number, text: string): void {
    const piece = Math.floor(row / PIECE_ROWS);
    while (this.#openAt < piece) {
      this.#pieces[this.#openAt++] = this.#seal();
      this.#open = [];
    }
    this.#open[row % PIECE_ROWS] = text;
    this.#pieces.length = this.#openAt;
    this.#size = row + 1;
  }

  clear(): void {
    this.#pieces.length = 0;
    this.#open = [];
    this.#openAt = 0;
    this.#size = 0;
  }

  #seal(): Piece {
    const length = this.#open.reduce((sum, text) => sum + WIDEST * (text?.length ?? 0) + 1, 0);
    if (this.#room.length < length) this.#room = Buffer.allocUnsafeSlow(length);
    const starts = new Uint32Array(PIECE_ROWS + 1);
    let at = 0;
    for (let row = 0; row < PIECE_ROWS; row += 1) {
      starts[row] = at;
      const text = this.#open[row];
      if (text === undefined) continue;
      at += this.#room.write(text, at);
      this.#room[at++] = 10;
    }
    starts[PIECE_ROWS] = at;
    const bytes = Buffer.allocUnsafeSlow(at);
    this.#room.copy(bytes, 0, 0, at);
    return { bytes, starts };
  }

  #packed(): readonly Piece[] {
    if (this.#pieces.length === this.#openAt && this.#size > 0) this.#pieces.push(this.#seal());
    return this.#pieces;
  }

  /** Empty where there is no such row. */
  text(row: number): string {
    const piece = this.#packed()[Math.floor(row / PIECE_ROWS)];
    const [from, to] = [piece?.starts[row % PIECE_ROWS], piece?.starts[(row % PIECE_ROWS) + 1]];
    if (piece === undefined || from === undefined || to === undefined || from === to) return '';
    return piece.bytes.toString('utf8', from, to - 1);
  }

  /** The rows that hold a word; with `within`, only those of them. */
  holding(word: string, within: RowSet | null): RowSet {
    if (within !== null && within.size * FEW < this.#size) return this.#holdingOf(word, within);
    const has = new Uint8Array(this.#size);
    let size = 0;
    const result = Buffer.from(word);
    for (const [number, { bytes, starts }] of this.#packed().entries()) {
      const first = number * PIECE_ROWS;
      let row = 0;
      let at = bytes.indexOf(result);
      while (at !== -1) {
        row = this.#rowAt(starts, row, at);
        if (within === null || within.has[first + row] === 1) {
          has[first + row] = 1;
          size += 1;
        }
        at = bytes.indexOf(result, starts[row + 1]);
      }
    }
    return { has, size };
  }

  #holdingOf(word: string, within: RowSet): RowSet {
    const has = new Uint8Array(this.#size);
    let size = 0;
    for (let row = within.has.indexOf(1); row !== -1; row = within.has.indexOf(1, row + 1)) {
      if (!this.text(row).includes(word)) continue;
      has[row] = 1;
      size += 1;
    }
    return { has, size };
  }

  /** Row of a piece that holds this byte, from `row` on: near it as a rule, so in growing steps. */
  #rowAt(starts: Uint32Array, row: number, at: number): number {
    let [low, step] = [row, 1];
    while (low + step < PIECE_ROWS && (starts[low + step] ?? 0) <= at) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step, PIECE_ROWS);
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle;
    }
    return low;
  }
}
