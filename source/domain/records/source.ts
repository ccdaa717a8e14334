/** The six outcomes of a row; they add up to `rows` (`domain.md` 1). */
export interface RowCounts {
  readonly rows: number;
  readonly accepted: number;
  /** Other operations that are kept (`domain/events/`). */
  readonly sideEvents: number;
  readonly otherOperations: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly damaged: number;
}

/** A row that could not be read, was read with a loss, or contradicts another. */
export interface Warning {
  readonly file: string;
  readonly line: number;
  readonly reason: string;
}

/** What a source is about: accesses, metadata of messages, or sign-ins. */
export type SourceKind = 'audit' | 'trace' | 'signIns';

/** given: a file · fetched: mia asked a tenant for it. Traces are ranked by that (`domain.md`). */
export type SourceOrigin = 'given' | 'fetched';

/** A file imported or a query fetched: `mia.import/1` sources[], and in `case.json`. */
export interface Source extends RowCounts {
  /** First 12 hex digits of the SHA-256 of the content. */
  readonly id: string;
  /** As the analyst named it; inside an archive "archive.zip/name.csv". */
  readonly file: string;
  /** Of the content that was read, decompressed where it came in .gz or .zip. */
  readonly sha256: string;
  readonly bytes: number;
  readonly kind: SourceKind;
  readonly format: string;
  /** The .gz or .zip it came in, as it lay on disk. */
  readonly container: { readonly file: string; readonly sha256: string } | null;
  readonly importedAt: string;
  readonly analyst: string;
  /** false: `--no-keep`, the bytes are where `path` says. */
  readonly kept: boolean;
  readonly path: string | null;
  /** Not stated in cases that an older mia made: given. */
  readonly origin?: SourceOrigin;
  /** Why the content ended before its time, where it did: a cut-off .gz or .zip. */
  readonly cutShort?: string;
  readonly withdrawn: {
    readonly at: string;
    readonly analyst: string;
    readonly because: string | null;
  } | null;
}
