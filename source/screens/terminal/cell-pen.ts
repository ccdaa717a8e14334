import type { CellStyle } from './cell-style.ts';

/**
 * Collects what has to be written, and knows where the terminal's cursor is and which style is set,
 * so that only needed moves and styles are written. Rows and columns are 0-based here, 1-based on
 * the wire. The style is plain at the start and must be made plain at the end (`finish`).
 */
export interface CellPen {
  moveTo(row: number, column: number): void;
  /** True when `put` at this place needs no move. */
  isAt(row: number, column: number): boolean;
  readonly style: CellStyle;
  put(character: string, width: number, style: CellStyle, settled: boolean): void;
  eraseToEndOfLine(): void;
  /** Moves the lines `top` to `bottom` up by `by` (down if negative) within a scroll region. */
  scroll(top: number, bottom: number, by: number): void;
  finish(): string;
}

export function createCellPen(columns: number): CellPen {
  const written: string[] = [];
  let style: CellStyle = '';
  let row = -1;
  let column = -1;

  const setStyle = (wanted: CellStyle): void => {
    if (wanted === style) return;
    if (wanted === '') written.push('\u001B[m');
    else written.push(style === '' ? `\u001B[${wanted}m` : `\u001B[0;${wanted}m`);
    style = wanted;
  };

  return {
    get style() {
      return style;
    },
    isAt: (wantedRow, wantedColumn) => row === wantedRow && column === wantedColumn,
    moveTo(wantedRow, wantedColumn) {
      if (row !== wantedRow || column === -1) written.push(absoluteMove(wantedRow, wantedColumn));
      else if (wantedColumn > column) written.push(`\u001B[${counted(wantedColumn - column)}C`);
      else if (wantedColumn < column) written.push(absoluteMove(wantedRow, wantedColumn));
      row = wantedRow;
      column = wantedColumn;
    },
    put(character, width, wanted, settled) {
      setStyle(wanted);
      written.push(character);
      column += width;
      // At the right edge terminals differ in where the cursor is; after an unsettled one too.
      if (column >= columns || !settled) column = -1;
    },
    eraseToEndOfLine() {
      setStyle('');
      written.push('\u001B[K');
    },
    scroll(top, bottom, by) {
      setStyle('');
      // Delete and insert line obey the region and, unlike CSI S and T, every terminal has them.
      const lines = by > 0 ? `\u001B[${counted(by)}M` : `\u001B[${counted(-by)}L`;
      written.push(`\u001B[${top + 1};${bottom + 1}r`, absoluteMove(top, 0), lines, '\u001B[r');
      row = -1;
      column = -1;
    },
    finish() {
      setStyle('');
      return written.join('');
    },
  };
}

function absoluteMove(row: number, column: number): string {
  if (column > 0) return `\u001B[${row + 1};${column + 1}H`;
  return row === 0 ? '\u001B[H' : `\u001B[${row + 1}H`;
}

function counted(count: number): string {
  return count === 1 ? '' : String(count);
}
