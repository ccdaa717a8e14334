import type { SourceOrigin } from '../domain/records/source.ts';

/** What the import thread is to do. */
export type ImportOrder =
  | {
      readonly order: 'import';
      readonly folder: string;
      readonly newCase: boolean;
      readonly paths: readonly string[];
      readonly keep: boolean;
      readonly analyst: string | null;
      readonly origin: SourceOrigin;
      /** Whether standard input is there to be read. */
      readonly hasInput: boolean;
      /** What standard input is called. */
      readonly standardInputName: string;
    }
  | { readonly order: 'rebuild'; readonly folder: string };

/** What that thread asks for. */
export type ImportStarter = {
  /** The next piece of standard input; null: the end, or cancelled. */
  readonly input: (_: null, signal: AbortSignal) => Promise<Uint8Array | null>;
};
