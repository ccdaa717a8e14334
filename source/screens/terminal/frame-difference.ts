import { createCellPen, type CellPen } from './cell-pen.ts';
import { blankFrame, type Frame, type Row } from './frame.ts';
import { findScroll, scrolledFrame } from './scroll.ts';

export interface DifferenceOptions {
  /** Whether the terminal may be asked to move a block of lines. */
  readonly scrollRegions: boolean;
}

/**
 * The bytes that turn a terminal showing `before` into one showing `after`: '' when nothing changed.
 * Without `before`, or with one of another size, the screen is cleared and written whole.
 */
export function frameDifference(
  before: Frame | undefined,
  after: Frame,
  options: DifferenceOptions,
): string {
  if (before === undefined || !sameSize(before, after)) {
    const blank = blankFrame(after.columns, after.rows.length);
    return `\u001B[m\u001B[r\u001B[2J${changes(blank, after, options)}`;
  }
  return changes(before, after, options);
}

function sameSize(one: Frame, other: Frame): boolean {
  return one.columns === other.columns && one.rows.length === other.rows.length;
}

function changes(before: Frame, after: Frame, { scrollRegions }: DifferenceOptions): string {
  const pen = createCellPen(after.columns);
  const scroll = scrollRegions ? findScroll(before, after) : undefined;
  if (scroll !== undefined) pen.scroll(scroll.top, scroll.bottom, scroll.by);
  const current = scroll === undefined ? before : scrolledFrame(before, scroll);
  for (const [at, wanted] of after.rows.entries()) {
    const old = current.rows[at];
    if (old === undefined || old.source === wanted.source) continue;
    if (old.settled && wanted.settled) writeChanges(pen, at, old, wanted);
    else writeWholeRow(pen, at, wanted);
  }
  return pen.finish();
}

/** Rewriting up to this many unchanged cells is no dearer than moving past them. */
const shortGap = 4;

function writeChanges(pen: CellPen, at: number, old: Row, wanted: Row): void {
  const blankFrom = endOfText(wanted);
  const columns = wanted.characters.length;
  let lastWritten = -1;
  for (let column = 0; column < columns; column += 1) {
    if (isSame(old, wanted, column)) continue;
    if (column >= blankFrom && columns - column > 3) {
      pen.moveTo(at, column);
      pen.eraseToEndOfLine();
      return;
    }
    if (wanted.characters[column] === '') continue;
    if (!pen.isAt(at, column) && canBridge(pen, wanted, lastWritten + 1, column)) {
      for (let gap = lastWritten + 1; gap < column; gap += 1) putCell(pen, wanted, gap);
    }
    if (!pen.isAt(at, column)) pen.moveTo(at, column);
    putCell(pen, wanted, column);
    lastWritten = column + widthAt(wanted, column) - 1;
  }
}

function canBridge(pen: CellPen, wanted: Row, from: number, to: number): boolean {
  if (from === 0 || to - from > shortGap) return false;
  for (let column = from; column < to; column += 1) {
    if (wanted.characters[column] === '' || widthAt(wanted, column) > 1) return false;
    if (wanted.styles[column] !== pen.style) return false;
  }
  return true;
}

/** A row with a character that terminals measure differently is erased and written anew, cell by cell. */
function writeWholeRow(pen: CellPen, at: number, wanted: Row): void {
  pen.moveTo(at, 0);
  pen.eraseToEndOfLine();
  const end = endOfText(wanted);
  for (let column = 0; column < end; column += 1) {
    if (wanted.characters[column] === '') continue;
    if (!pen.isAt(at, column)) pen.moveTo(at, column);
    putCell(pen, wanted, column);
  }
}

function putCell(pen: CellPen, row: Row, column: number): void {
  const character = row.characters[column] ?? ' ';
  pen.put(character, widthAt(row, column), row.styles[column] ?? '', row.settled);
}

/** 2 for a wide character, whose second cell holds ''. */
function widthAt(row: Row, column: number): number {
  let width = 1;
  while (row.characters[column + width] === '') width += 1;
  return width;
}

function isSame(one: Row, other: Row, column: number): boolean {
  return (
    one.characters[column] === other.characters[column] &&
    one.styles[column] === other.styles[column]
  );
}

/** Where the plain blanks at the end of the row begin. */
function endOfText(row: Row): number {
  let end = row.characters.length;
  while (end > 0 && row.characters[end - 1] === ' ' && row.styles[end - 1] === '') end -= 1;
  return end;
}
