import type { Source, Warning } from '../domain/records/source.ts';

/** A source as an import reports it. */
export interface ImportedSource extends Source {
  /** The same content was in the case already: nothing was added, all of its accepted rows are duplicates. */
  readonly alreadyImported: boolean;
}

/** What an import says while it runs. Progress is lossy (at most 10 a second); the rest is not. */
export type ImportEvent =
  | {
      readonly event: 'progress';
      readonly file: string;
      /** Bytes read and to read of all inputs; total null where it can't be known (standard input). */
      readonly bytes: number;
      readonly total: number | null;
      readonly rows: number;
      /** Seconds left, null while there is no telling. */
      readonly secondsLeft: number | null;
    }
  /** Another program imports into this case; we wait for it. */
  | { readonly event: 'waiting' }
  /** Rows of this import are to be seen in the case now. */
  | { readonly event: 'arrived' }
  | {
      readonly event: 'source';
      readonly source: ImportedSource;
      readonly warnings: readonly Warning[];
      /** Warnings beyond the 10,000 kept. */ readonly moreWarnings: number;
      /** Rows accepted although their container had lost something of them. */ readonly losses: number;
      readonly problem: string | null;
    }
  /** Left alone on purpose, or done otherwise than asked: said, and no failure. */
  | { readonly event: 'note'; readonly file: string; readonly text: string }
  /** A file that gave nothing: what is wrong with it and what to do. */
  | { readonly event: 'refused'; readonly file: string; readonly problem: string }
  /** Ends. Exactly one of these three is the last event. */
  | { readonly event: 'finished' }
  | { readonly event: 'cancelled' }
  | { readonly event: 'failed'; readonly problem: string };
