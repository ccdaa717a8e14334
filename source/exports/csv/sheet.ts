import { type Cell, csvRecord } from './cell.ts';

/** A column of a worksheet; its name is a promise to whoever reads the file by a program. */
export interface SheetColumn<Row> {
  readonly name: string;
  readonly cell: (row: Row) => Cell;
}

/**
 * Excel takes a CSV file without this mark for the local code page and garbles every accent;
 * programs that read CSV skip it. So it is always there, on standard output too: same case, same text.
 */
export const BYTE_ORDER_MARK = '\ufeff';

/** How the text of a sheet begins. */
export const sheetOpening = (columns: readonly { readonly name: string }[]): string =>
  BYTE_ORDER_MARK + csvRecord(columns.map(({ name }) => name));

/** A worksheet as RFC 4180 text: header, then a record a row, CR LF after each (Excel's own form). */
export const sheetText = function* <Row>(
  columns: readonly SheetColumn<Row>[],
  rows: Iterable<Row>,
): Generator<string> {
  yield sheetOpening(columns);
  for (const row of rows) yield csvRecord(columns.map(({ cell }) => cell(row)));
};
