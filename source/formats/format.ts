import type { JsonObject, JsonValue } from '../domain/json.ts';
import type { TraceRow } from '../domain/trace.ts';

/** Something a container lost of a record that could still be read. */
export type Loss = 'items' | 'depth';

/** What one row holds. `auditData` is AuditData in the classic PascalCase shape, objects as objects. */
export type RowContent =
  | {
      readonly kind: 'audit';
      readonly auditData: JsonObject;
      /** What the container says beside AuditData; serves only where AuditData is silent. */
      readonly envelope: { readonly id: string | null; readonly time: string | null };
      /** Items or values lost in this container, in words for the warning list; empty when none. */
      readonly losses: readonly string[];
    }
  | { readonly kind: 'trace'; readonly traces: readonly TraceRow[] }
  | { readonly kind: 'damaged'; readonly reason: string };

/** One row and where its bytes stand in the file as it lies on disk (before any decoding). */
export interface Row {
  /** 1-based physical line on which the row begins. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly content: RowContent;
}

/** What is needed to read a row again from its bytes alone: kept per source, JSON-serialisable. */
export interface Layout {
  readonly format: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'latin1';
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
  readonly kind: 'audit' | 'trace';
  /** A tiny file in this format; a test checks that this format, and no other, claims and reads it. */
  readonly sample: string;
}

/** A format made of CSV records under a header. */
export interface CsvFormat extends FormatBase {
  readonly container: 'csv';
  /** The header (trimmed, unquoted) decides; `firstRow` are the cells below it, if any. */
  readonly recognise: (header: readonly string[], firstRow: readonly string[]) => boolean;
  /** Called once per file; returns the reader of its rows. `column` gives an index or -1. */
  readonly reader: (
    column: (name: string) => number,
    layout: Layout,
  ) => (cells: readonly string[]) => RowContent;
}

/** A format made of JSON values. */
export interface JsonFormat extends FormatBase {
  readonly container: 'json';
  /** One element of the file (after unwrapping arrays and pages) decides. */
  readonly recognise: (element: JsonObject) => boolean;
  readonly read: (element: JsonObject, layout: Layout) => RowContent;
}

export type Format = CsvFormat | JsonFormat;
