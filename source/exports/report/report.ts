/**
 * A report as data: chapters of blocks, the same for every format. All text in it is as the case has
 * it, hostile or not: a writer passes each piece through its own escape (`html/html-text.ts`,
 * `md/markdown-text.ts`).
 */

export interface Column {
  readonly name: string;
  /** number: to the right · code: keys, hashes, ids, commands · absent: text. */
  readonly as?: 'number' | 'code';
  /** Per cent of the width of the table, where it is laid out by hand: of all its columns or of none. */
  readonly width?: number;
}

/** Several texts are lines of one cell; null: nothing is known. */
export type Cell = string | number | null | readonly string[];

export interface Table {
  readonly block: 'table';
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** How many rows there are where not all are listed, and the command that lists all. */
  readonly cut: { readonly of: number; readonly all: string } | null;
  /** What stands in place of a table without rows. */
  readonly empty: string;
}

export interface ListItem {
  readonly text: string;
  /** The command that gives it again. */
  readonly again?: string;
}

/** One of the three figures that are never added up. */
export interface Figure {
  readonly block: 'figure';
  /** The strongest is 1. */
  readonly strength: 1 | 2 | 3;
  readonly name: string;
  readonly value: string;
  readonly meaning: string;
  /** The commands that give it again. */
  readonly again: readonly string[];
}

export type Block =
  | { readonly block: 'heading'; readonly text: string }
  | { readonly block: 'paragraph'; readonly text: string; readonly tone?: 'lead' | 'warning' }
  | { readonly block: 'again'; readonly commands: readonly string[] }
  | { readonly block: 'list'; readonly items: readonly ListItem[] }
  | { readonly block: 'terms'; readonly terms: readonly (readonly [string, Cell])[] }
  | Figure
  | Table;

export interface Chapter {
  /** Of its anchor. */
  readonly id: string;
  readonly title: string;
  readonly blocks: () => Iterable<Block>;
}

export interface Report {
  readonly title: string;
  /** The case, when, by what: name and value. */
  readonly stamp: readonly (readonly [string, Cell])[];
  /** The first one is the first page. */
  readonly chapters: readonly Chapter[];
}

export const heading = (text: string): Block => ({ block: 'heading', text });
export const paragraph = (text: string): Block => ({ block: 'paragraph', text });
export const warning = (text: string): Block => ({ block: 'paragraph', text, tone: 'warning' });
export const again = (...commands: readonly string[]): Block => ({ block: 'again', commands });

export const list = (items: readonly (ListItem | string)[]): Block => ({
  block: 'list',
  items: items.map((item) => (typeof item === 'string' ? { text: item } : item)),
});
