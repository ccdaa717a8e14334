import stringWidth from 'string-width';

/** A table that is printed whole. Its cells have passed `forTerminal`. */
export interface WholeTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Columns whose cells stand right-aligned, and are cut only when no other column can be. */
  readonly numeric: readonly boolean[];
  /** Of the terminal, in cells. */
  readonly width: number;
}

/** No column is made narrower than this. */
const narrowest = 4;

/**
 * The cells each column has for its text, so that the whole fits into `table.width` as far as it
 * can: the widest text column gives first, a numeric one only when there is nothing else to take from.
 *
 * @param frame what a column costs besides its text: the space in it and the line beside it, in cells.
 */
export function textWidths(table: WholeTable, frame: number): number[] {
  const widths = table.header.map((title, column) =>
    Math.max(stringWidth(title), ...table.rows.map((row) => stringWidth(row[column] ?? ''))),
  );
  let over = sum(widths) + widths.length * frame + 1 - table.width;
  for (const numeric of [false, true]) {
    for (
      let widest = widestOf(widths, table.numeric, numeric);
      over > 0 && widest !== -1;
      over -= 1
    ) {
      widths[widest] = (widths[widest] ?? 0) - 1;
      widest = widestOf(widths, table.numeric, numeric);
    }
  }
  return widths;
}

/** The widest column of a kind that can still give, or -1. */
function widestOf(widths: readonly number[], kinds: readonly boolean[], numeric: boolean): number {
  let found = -1;
  for (const [column, width] of widths.entries()) {
    if ((kinds[column] ?? false) !== numeric || width <= narrowest) continue;
    if (width > (widths[found] ?? 0)) found = column;
  }
  return found;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
