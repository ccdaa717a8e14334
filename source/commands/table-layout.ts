import stringWidth from 'string-width';

/** What the layout must know of a column. */
export interface ColumnShape {
  readonly title: string;
  /** Never cut: keys and times are of no use in part. */
  readonly whole?: boolean;
  readonly numeric?: boolean;
  /** Cut at its beginning: of a path the end says most. */
  readonly tail?: boolean;
  /** Left out on a narrow terminal, the highest first; without it the column always stays. */
  readonly spare?: number;
}

/** A text column narrower than this says nothing. */
const READABLE = 10;

const isFixed = ({ whole, numeric }: ColumnShape): boolean => whole === true || numeric === true;

/** Cuts to cells, not characters, with an ellipsis in place of the last one. */
export const cutToWidth = (text: string, width: number): string => {
  if (stringWidth(text) <= width) return text;
  let cut = '';
  let used = 0;
  for (const character of text) {
    const wide = stringWidth(character);
    if (used + wide > width - 1) break;
    cut += character;
    used += wide;
  }
  return `${cut}…`;
};

/** The same, keeping the end. */
export const cutToTail = (text: string, width: number): string => {
  if (stringWidth(text) <= width) return text;
  let rest = [...text];
  while (stringWidth(rest.join('')) > width - 1) rest = rest.slice(1);
  return `…${rest.join('')}`;
};

/** A cell cut to its column; fixed ones are never cut. */
export const fittedCell = (
  column: ColumnShape | undefined,
  cell: string,
  width: number,
): string => {
  if (column === undefined || isFixed(column)) return cell;
  return column.tail === true ? cutToTail(cell, width) : cutToWidth(cell, width);
};

/** Widths of the columns' content, in cells. */
export const contentWidths = (
  columns: readonly ColumnShape[],
  rows: readonly (readonly string[])[],
): readonly number[] =>
  columns.map(({ title }, index) =>
    rows.reduce(
      (most, cells) => Math.max(most, stringWidth(cells[index] ?? '')),
      stringWidth(title),
    ),
  );

/**
 * Indexes of the columns that fit: spare ones go while the others could not be read.
 * @param frame cells that each column costs beside its text
 */
export const shownColumns = (
  columns: readonly ColumnShape[],
  widths: readonly number[],
  room: number,
  frame: number,
): readonly number[] => {
  const least = (index: number): number => {
    const column = columns[index];
    const width = widths[index] ?? 0;
    return frame + (column !== undefined && isFixed(column) ? width : Math.min(width, READABLE));
  };
  let shown = columns.map((_, index) => index);
  for (;;) {
    const needed = shown.reduce((sum, index) => sum + least(index), 0);
    const spare = shown
      .filter((index) => columns[index]?.spare !== undefined)
      .toSorted((one, other) => (columns[other]?.spare ?? 0) - (columns[one]?.spare ?? 0))[0];
    if (needed <= room || spare === undefined) return shown;
    shown = shown.filter((index) => index !== spare);
  }
};

/** Narrows the widest text column, cell by cell, until a line fits; fixed columns are never cut. */
export const fittedWidths = (
  columns: readonly ColumnShape[],
  widths: readonly number[],
  room: number,
  frame: number,
): readonly number[] => {
  const fit = [...widths];
  let over = fit.reduce((sum, width) => sum + width + frame, 0) - room;
  for (; over > 0; over--) {
    let widest = -1;
    fit.forEach((width, index) => {
      const column = columns[index];
      if (column === undefined || isFixed(column) || width <= READABLE) return;
      if (widest < 0 || width > (fit[widest] ?? 0)) widest = index;
    });
    if (widest < 0) break;
    fit[widest] = (fit[widest] ?? 0) - 1;
  }
  return fit;
};

/** A line of aligned cells; numbers stand right. */
export const alignedLine = (
  columns: readonly ColumnShape[],
  widths: readonly number[],
  cells: readonly string[],
): string =>
  cells
    .map((cell, index) => {
      const column = columns[index];
      const width = widths[index] ?? 0;
      const text = fittedCell(column, cell, width);
      const space = ' '.repeat(Math.max(0, width - stringWidth(text)));
      return column?.numeric === true ? space + text : text + space;
    })
    .join('  ')
    .trimEnd();
