import * as ink from 'ink';
import { createRequire, Module } from 'node:module';
import type { Component, ComponentType, PropsWithChildren, ReactNode } from 'react';

/** One row of a table by column key. */
export type TableRow = Readonly<Record<string, string>>;

/** `column` is missing for what stands between the columns. */
export type TablePart = ComponentType<PropsWithChildren<{ readonly column?: number }>>;

export interface InkTableProps {
  readonly data: readonly TableRow[];
  readonly columns: readonly string[];
  readonly padding: number;
  readonly header: TablePart;
  readonly cell: TablePart;
  readonly skeleton: TablePart;
}

/** What ink-table is, in the types of today's React: its own speak of a global JSX that is gone. */
export type InkTable = new (props: InkTableProps) => Component<InkTableProps> & {
  /** Draws the rule above a row of data; its key ends in the number of that row. */
  separator: (row: { readonly key: string }) => ReactNode;
};

/**
 * Loads ink-table, which is CommonJS and requires ink, which Node refuses to `require` since it awaits
 * at its top level (maticzav/ink-table#258). So the ink that is imported here already is put where
 * `require` looks first. In the bundle there is nothing to require, and nothing to put.
 */
export async function loadInkTable(): Promise<InkTable> {
  offerInkToRequire();
  const loaded: unknown = await import('ink-table');
  return tableOf(loaded);
}

function offerInkToRequire(): void {
  const require = createRequire(import.meta.url);
  let path: string;
  try {
    path = require.resolve('ink');
  } catch {
    return;
  }
  if (require.cache[path] !== undefined) return;
  const offered = new Module(path);
  offered.filename = path;
  offered.loaded = true;
  offered.exports = ink;
  require.cache[path] = offered;
}

/** Node and esbuild wrap the default export of a CommonJS module once or twice. */
function tableOf(loaded: unknown): InkTable {
  let found = loaded;
  while (typeof found === 'object' && found !== null && 'default' in found) found = found.default;
  if (typeof found !== 'function') throw new Error('ink-table has no Table');
  return found as InkTable;
}
