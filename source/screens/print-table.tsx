import stringWidth from 'string-width';
import { renderToString, Text } from 'ink';
import type { ReactNode } from 'react';
import { toAscii } from './ascii.ts';
import { cut } from '../console/cells.ts';
import { loadInkTable, type InkTable, type InkTableProps } from './ink-table.ts';
import type { TerminalAbilities } from './terminal/terminal-abilities.ts';
import { paintFor, type Paint } from './theme.ts';

/** A table that is printed whole. Its cells have passed `forTerminal`. */
interface WholeTable {
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
function textWidths(table: WholeTable, frame: number): number[] {
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

export type TablePrinter = (table: WholeTable) => Promise<string>;

/** ink lays a table out as a tree; pieces of this many rows keep that linear in the rows. */
const rowsAtOnce = 100;
const padding = 1;

/**
 * Prints tables through ink-table: one rule under the header, none between rows, cut to the width.
 * Each line ends in a line end. In a locale that is not UTF-8 the text is plain ASCII.
 */
export function tablePrinter(abilities: TerminalAbilities): TablePrinter {
  const paint = abilities.unicode ? paintFor(abilities) : paintAscii(paintFor(abilities));
  return async (table) => renderTable(await loadInkTable(), table, paint);
}

/** ASCII before paint: the sequences of a style must stay as they are. */
function paintAscii(paint: Paint): Paint {
  return (text, tone) => paint(toAscii(text), tone);
}

function renderTable(Table: InkTable, table: WholeTable, paint: Paint): string {
  const Printed = withOneRule(Table);
  const widths = textWidths(table, 2 * padding + 1);
  const parts = tableParts(table, widths, paint);
  const columns = widths.reduce((total, width) => total + width + 2 * padding + 1, 1);
  const lines: string[] = [];
  for (let at = 0; at === 0 || at < table.rows.length; at += rowsAtOnce) {
    const data = table.rows.slice(at, at + rowsAtOnce).map((cells) => rowOf(cells, widths));
    const drawn = renderToString(<Printed {...parts} data={data} />, { columns }).split('\n');
    // Each piece has a header of three lines and a rule at the end: one of each is kept.
    if (at > 0) lines.pop();
    lines.push(...(at === 0 ? drawn : drawn.slice(3)));
  }
  return lines.map((line) => `${line}\n`).join('');
}

/** Columns are known to ink-table by number, so that two may have one title. */
function rowOf(cells: readonly string[], widths: readonly number[]): Record<string, string> {
  return Object.fromEntries(widths.map((width, at) => [`${at}`, shorten(cells[at] ?? '', width)]));
}

function shorten(text: string, width: number): string {
  return stringWidth(text) <= width ? text : `${cut(text, Math.max(0, width - 1), '')}…`;
}

/** ink-table measures by string length; these parts fit whatever they are given to cells. */
function tableParts(
  { header, numeric }: WholeTable,
  widths: readonly number[],
  paint: Paint,
): Omit<InkTableProps, 'data'> {
  const fit = (text: string, column: number): string => {
    const space = ' '.repeat(Math.max(0, (widths[column] ?? 0) - stringWidth(text)));
    return numeric[column] === true ? ` ${space}${text} ` : ` ${text}${space} `;
  };
  const rule = (children: ReactNode, column: number | undefined): string => {
    const text = String(children);
    const [line = ''] = text;
    return column === undefined ? text : line.repeat((widths[column] ?? 0) + 2 * padding);
  };
  return {
    columns: widths.map((_, at) => `${at}`),
    padding,
    header: ({ column = 0 }) => (
      <Text>
        {paint(fit(shorten(header[column] ?? '', widths[column] ?? 0), column), 'strong')}
      </Text>
    ),
    cell: ({ column = 0, children }) => (
      <Text>{paint(fit(String(children).trim(), column), 'plain')}</Text>
    ),
    skeleton: ({ column, children }) => <Text>{paint(rule(children, column), 'rule')}</Text>,
  };
}

/** ink-table with the rule under the header only, not above every row. */
function withOneRule(Table: InkTable): InkTable {
  return class extends Table {
    constructor(props: InkTableProps) {
      super(props);
      const { separator } = this;
      this.separator = (row) => (row.key.endsWith('-0') ? separator(row) : null);
    }
  };
}
