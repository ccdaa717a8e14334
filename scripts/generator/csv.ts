export interface CsvStyle {
  readonly delimiter: ',' | ';';
  /** Export-Csv quotes every cell, other writers only where they must. */
  readonly quote: 'all' | 'needed';
}

const quoted = (cell: string): string => `"${cell.replaceAll(/"/gu, '""')}"`;

/** One CSV record with CRLF, quoted as RFC 4180 has it. */
export const csvLine = (cells: readonly string[], style: CsvStyle): string => {
  const needs = style.delimiter === ',' ? /[",\r\n]/u : /[";\r\n]/u;
  const written =
    style.quote === 'all'
      ? cells.map(quoted)
      : cells.map((cell) => (needs.test(cell) ? quoted(cell) : cell));
  return `${written.join(style.delimiter)}\r\n`;
};

/** A header and one line a row. `columns` decide the order; a cell not given stays empty. */
export function* csvText(
  columns: readonly string[],
  rows: Iterable<{ readonly [column: string]: string }>,
  style: CsvStyle,
): Generator<string> {
  yield csvLine(columns, style);
  for (const row of rows)
    yield csvLine(
      columns.map((column) => row[column] ?? ''),
      style,
    );
}
