import type { SourceOrigin } from '../../domain/source.ts';
import type { ImportEvent } from '../import-events.ts';

/** What the import thread is started with. */
export type ImportOrder =
  | {
      readonly order: 'import';
      readonly folder: string;
      readonly newCase: boolean;
      readonly paths: readonly string[];
      readonly keep: boolean;
      readonly analyst: string | null;
      readonly origin: SourceOrigin;
      readonly standardInput: boolean;
      /** What standard input is called. */
      readonly standardInputName: string;
    }
  | { readonly order: 'rebuild'; readonly folder: string };

export type ToImportWorker =
  | { readonly say: 'cancel' }
  /** A piece of standard input, after it was asked for; null: the end. */
  | { readonly say: 'input'; readonly chunk: Uint8Array | null };

export type FromImportWorker =
  { readonly say: 'event'; readonly event: ImportEvent } | { readonly say: 'wantInput' };
