import type { Cell, Column, Table } from './report.ts';

/** A list in a report ends here and says how many there are: the sheets of CSV have them all. */
export const MOST_ROWS = 2000;

/** The first rows of a list of which only the number is known in the end: holds no more than it lists. */
export interface ListedRows {
  readonly rows: (readonly Cell[])[];
  total: number;
}

export const noRows = (): ListedRows => ({ rows: [], total: 0 });

/** `row` is made only where it is listed. */
export const addRow = (listed: ListedRows, row: () => readonly Cell[]): void => {
  listed.total += 1;
  if (listed.rows.length < MOST_ROWS) listed.rows.push(row());
};

export const rowsOf = <From>(
  list: Iterable<From>,
  row: (element: From) => readonly Cell[],
): ListedRows => {
  const listed = noRows();
  for (const element of list) addRow(listed, () => row(element));
  return listed;
};

/** `all`: the command that lists all rows. */
export const tableOf = (
  title: string,
  columns: readonly Column[],
  { rows, total }: ListedRows,
  { all, empty }: { readonly all: string; readonly empty: string },
): Table => ({
  block: 'table',
  title,
  columns,
  rows,
  cut: total > rows.length ? { of: total, all } : null,
  empty,
});
