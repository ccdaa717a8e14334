import { fit, fitLeft } from '../cells.ts';
import type { Line, Span, Tone } from '../view.ts';
import { span } from './spans.ts';
import { type ListYear, listTime } from '../words/figures.ts';

/** A column as data: how wide it may be, how soon it gives way, and its cell for a row. */
export interface Column<Row> {
  readonly head: string;
  /** Below this it is left out. */
  readonly least: number;
  /** Beyond this it gains only what others do not need; `most` unless said. */
  readonly enough?: number;
  /** Beyond this it gains nothing. */
  readonly most: number;
  /** Left out of panes narrower than this: its room serves others better there. */
  readonly from?: number;
  /** 0 stays longest. */
  readonly rank: number;
  readonly right?: boolean;
  readonly cell: (row: Row, width: number) => string | readonly Span[];
  readonly tone?: (row: Row) => Tone;
  /** The head of the last column whose room this row's cell takes as well; undefined: its own only. */
  readonly through?: (row: Row) => string | undefined;
}

export interface FittedColumn<Row> {
  readonly column: Column<Row>;
  readonly width: number;
}

/** Cells of the longest IPv4 address: one that is cut looks like another. */
export const IPV4 = 15;

const SEPARATOR = 1;

/** Which columns have room in `width` cells, and how wide each is; in the order given. */
export const fitColumns = <Row>(
  columns: readonly Column<Row>[],
  width: number,
): readonly FittedColumn<Row>[] => {
  const widths = new Map<Column<Row>, number>();
  // Between the columns only, not behind the last one.
  let room = width + SEPARATOR;
  const candidates = columns.filter(({ from = 0 }) => width >= from);
  for (const column of candidates.toSorted((one, other) => one.rank - other.rank)) {
    const needed = column.least + SEPARATOR;
    if (needed > room) break;
    widths.set(column, column.least);
    room -= needed;
  }
  const left = widen(widths, room, ({ enough, most }) => enough ?? most);
  widen(widths, left, ({ most }) => most);
  return columns.flatMap((column) => {
    const own = widths.get(column);
    return own === undefined ? [] : [{ column, width: own }];
  });
};

/** Hands the cells left over round, one each, until all are as wide as they may be. The rest. */
const widen = <Row>(
  widths: Map<Column<Row>, number>,
  room: number,
  limit: (column: Column<Row>) => number,
): number => {
  let left = room;
  let given = true;
  while (left > 0 && given) {
    given = false;
    for (const [column, width] of widths) {
      if (left === 0 || width >= limit(column)) continue;
      widths.set(column, width + 1);
      left -= 1;
      given = true;
    }
  }
  return left;
};

export const headLine = <Row>(fitted: readonly FittedColumn<Row>[], gutter: number): Line => {
  const heads = fitted.map(({ column, width }) =>
    column.right === true ? fitLeft(column.head, width) : fit(column.head, width),
  );
  return [span(`${' '.repeat(gutter)}${heads.join(' ')}`, 'dim')];
};

/** Index of the last column whose room the cell at `index` takes. */
const lastTaken = <Row>(row: Row, fitted: readonly FittedColumn<Row>[], index: number): number => {
  const through = fitted[index]?.column.through?.(row);
  if (through === undefined) return index;
  return Math.max(
    index,
    fitted.findIndex(({ column }) => column.head === through),
  );
};

const cellSpans = <Row>(row: Row, column: Column<Row>, width: number): readonly Span[] => {
  const content = column.cell(row, width);
  if (typeof content !== 'string') return content;
  const pad = column.right === true ? fitLeft : fit;
  return [span(pad(content, width), column.tone?.(row) ?? 'plain')];
};

export const rowLine = <Row>(row: Row, fitted: readonly FittedColumn<Row>[]): Line => {
  const line: Span[] = [];
  for (let index = 0; index < fitted.length;) {
    const taken = fitted.slice(index, lastTaken(row, fitted, index) + 1);
    const [first] = taken;
    if (first === undefined) break;
    const width = taken.reduce((sum, one) => sum + one.width + SEPARATOR, -SEPARATOR);
    if (index > 0) line.push(span(' '));
    line.push(...cellSpans(row, first.column, width));
    index += taken.length;
  }
  return line;
};

/** "2026-09-24 14:13" and "09-24 14:13". */
const WIDTH_WITH_YEAR = 16;
const WIDTH_WITHOUT = 11;

/**
 * A column of times. The year stands in its head where all of the case is of one, else in every cell.
 * `head`: with the year in the cells. `short`: one word of at most 6 cells, for a head with the year.
 */
export const timeColumn = <Row>(
  year: ListYear,
  column: Pick<Column<Row>, 'rank' | 'tone'> & {
    readonly head: string;
    readonly short: string;
    readonly time: (row: Row) => string;
  },
): Column<Row> => {
  const { head, short, time, ...others } = column;
  const width = year === null ? WIDTH_WITH_YEAR : WIDTH_WITHOUT;
  return {
    ...others,
    head: year === null ? head : `${short} ${year}`,
    least: width,
    most: width,
    cell: (row) => listTime(time(row), year),
  };
};
