import type { FetchStatement } from '../../domain/fetches/fetch.ts';
import type { FetchProgress } from '../../domain/fetches/fetch-progress.ts';
import type { AuthenticationNotice } from '../../tenant/authenticate/authority-wire.ts';
import type { ImportedSource } from '../../import/import-events.ts';

export type FetchEvent =
  | { readonly event: 'notice'; readonly notice: AuthenticationNotice }
  | { readonly event: 'progress'; readonly progress: FetchProgress }
  /** Rows are to be seen in the case now. */
  | { readonly event: 'arrived' }
  /** The pages of a query became a source. */
  | { readonly event: 'source'; readonly source: ImportedSource }
  | { readonly event: 'note'; readonly text: string }
  /** Ends. Exactly one of these three is the last event. */
  | { readonly event: 'finished'; readonly statements: readonly FetchStatement[] }
  /** `id`: can be resumed; null: nothing was begun. */
  | { readonly event: 'cancelled'; readonly id: string | null }
  | {
      readonly event: 'failed';
      readonly problem: string;
      readonly hint: string;
      readonly id: string | null;
    };
