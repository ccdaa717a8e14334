import { forTerminal } from '../domain/terminal-text.ts';
import type { Environment } from './command.ts';
import { writePaced } from './paced-output.ts';
import {
  alignedLine,
  type ColumnShape,
  contentWidths,
  fittedCell,
  fittedWidths,
  shownColumns,
} from './table-layout.ts';

/** A column of a listing for people. */
export interface Column<Row> extends ColumnShape {
  /** Text from a record may be raw here: it passes `forTerminal` below. */
  readonly cell: (row: Row) => string | number;
}

/** ink-table lays out whole tables only; longer lists are printed as they come. */
const WHOLE_TABLE = 200;
/** Cells that ink-table spends on each column beside its text, and we on an aligned one. */
const TABLE_FRAME = 3;
const ALIGNED_FRAME = 2;

const cellsOf = <Row>(columns: readonly Column<Row>[], row: Row): readonly string[] =>
  columns.map(({ cell }) => forTerminal(String(cell(row))));

/** Not a terminal: one row a line, cells between tabs (which no cell holds), nothing cut or padded. */
const tabbed = function* <Row>(
  columns: readonly Column<Row>[],
  rows: Iterable<Row>,
): Generator<string> {
  yield `${columns.map(({ title }) => title).join('\t')}\n`;
  for (const row of rows) yield `${cellsOf(columns, row).join('\t')}\n`;
};

interface ReadRows<Row> {
  readonly first: readonly (readonly string[])[];
  /** What comes after them, or null where they are all. */
  readonly rest: Iterator<Row> | null;
}

const readFirst = <Row>(columns: readonly Column<Row>[], rows: Iterable<Row>): ReadRows<Row> => {
  const rest = rows[Symbol.iterator]();
  const first: (readonly string[])[] = [];
  while (first.length < WHOLE_TABLE) {
    const next = rest.next();
    if (next.done === true) return { first, rest: null };
    first.push(cellsOf(columns, next.value));
  }
  return { first, rest };
};

const aligned = function* <Row>(
  columns: readonly Column<Row>[],
  shown: readonly number[],
  { first, rest }: ReadRows<Row>,
  room: number,
): Generator<string> {
  const kept = pick(columns, shown);
  const widths = fittedWidths(
    kept,
    pick(contentWidths(columns, first), shown),
    room,
    ALIGNED_FRAME,
  );
  const line = (cells: readonly string[]) => `${alignedLine(kept, widths, cells)}\n`;
  yield line(kept.map(({ title }) => title));
  for (const cells of first) yield line(pick(cells, shown));
  if (rest === null) return;
  for (let next = rest.next(); next.done !== true; next = rest.next())
    yield line(cellsOf(kept, next.value));
};

const pick = <Thing>(things: readonly Thing[], indexes: readonly number[]): readonly Thing[] =>
  indexes.flatMap((index) => things[index] ?? []);

/**
 * Prints a listing for people. On a terminal a short one goes through ink-table, a longer one is
 * aligned by its first rows and streams; elsewhere it is tab-separated, whole and greppable.
 */
export const printTable = async <Row>(
  environment: Environment,
  columns: readonly Column<Row>[],
  rows: Iterable<Row>,
): Promise<void> => {
  const { stdout, signal, renderTable } = environment;
  if (stdout.isTTY !== true) return writePaced(stdout, tabbed(columns, rows), signal);
  const read = readFirst(columns, rows);
  if (read.rest === null && read.first.length === 0) return;
  const room = stdout.columns ?? 80;
  const widths = contentWidths(columns, read.first);
  const frame = read.rest === null ? TABLE_FRAME : ALIGNED_FRAME;
  const shown = shownColumns(columns, widths, room - 1, frame);
  if (read.rest !== null) return writePaced(stdout, aligned(columns, shown, read, room), signal);
  const kept = pick(columns, shown);
  const fit = fittedWidths(kept, pick(widths, shown), room - 1, TABLE_FRAME);
  const table = await renderTable({
    header: kept.map(({ title }) => title),
    rows: read.first.map((cells) =>
      pick(cells, shown).map((cell, at) => fittedCell(kept[at], cell, fit[at] ?? 0)),
    ),
    numeric: kept.map(({ whole, numeric }) => numeric === true || whole === true),
    width: room,
  });
  return writePaced(stdout, [table], signal);
};
