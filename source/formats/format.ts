import type { JsonObject, JsonValue } from '../domain/json.ts';
import type { Row, RowContent } from '../domain/records/row.ts';
import type { SourceKind } from '../domain/records/source.ts';

export type { Row, RowContent };

/** What is needed to read a row again from its bytes alone: kept per source, JSON-serialisable. */
export interface Layout {
  readonly format: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1';
  readonly delimiter: string | null;
  readonly header: readonly string[] | null;
  /** Facts that only the whole file or its head proves, e.g. the order of day and month. */
  readonly facts: { readonly [name: string]: JsonValue };
}

interface FormatBase {
  /** Stable, kebab-case: appears in `mia.import/1`. */
  readonly name: string;
  /** For people, e.g. "Purview portal export (CSV)". */
  readonly title: string;
  readonly kind: SourceKind;
  /** A tiny file in this format; a test checks that this format, and no other, claims and reads it. */
  readonly sample: string;
}

/** A format made of CSV records under a header. */
export interface CsvFormat extends FormatBase {
  readonly container: 'csv';
  /** The header (trimmed, unquoted) decides; `firstRow` are the cells below it, if any. */
  readonly recognise: (header: readonly string[], firstRow: readonly string[]) => boolean;
  /** What the head of the file proves about all of it; goes into `Layout.facts`. */
  readonly facts?: (
    header: readonly string[],
    rows: readonly (readonly string[])[],
  ) => Layout['facts'];
  /**
   * Called once per file; returns the reader of its rows. `column` gives an index or -1, exact
   * names before names alike but for case; cells of columns not asked for are empty.
   */
  readonly reader: (
    column: (name: string) => number,
    layout: Layout,
  ) => (cells: readonly string[]) => RowContent;
}

/** A format made of JSON values. */
export interface JsonFormat extends FormatBase {
  readonly container: 'json';
  /** One element of the file (after unwrapping arrays, pages and tables) decides. */
  readonly recognise: (element: JsonObject) => boolean;
  readonly read: (element: JsonObject, layout: Layout) => RowContent;
}

export type Format = CsvFormat | JsonFormat;
