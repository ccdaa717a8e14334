import type { LookupProgress, LookupStatement } from '../../domain/lookups/lookup-progress.ts';
import type { AuthenticationNotice } from '../../tenant/authenticate/authority-wire.ts';
import type { ImportedSource } from '../../import/import-events.ts';

export type {
  LookupProgress,
  LookupStatement,
  LookupStep,
} from '../../domain/lookups/lookup-progress.ts';

export type LookupEvent =
  | { readonly event: 'notice'; readonly notice: AuthenticationNotice }
  | { readonly event: 'progress'; readonly progress: LookupProgress }
  /** Metadata, or the reason why there is none, is to be seen in the case now. */
  | { readonly event: 'arrived' }
  /** What came became a source. */
  | { readonly event: 'source'; readonly source: ImportedSource }
  | { readonly event: 'note'; readonly text: string }
  /** Ends. Exactly one of these three is the last event. */
  | { readonly event: 'finished'; readonly statement: LookupStatement }
  | { readonly event: 'cancelled' }
  | { readonly event: 'failed'; readonly problem: string; readonly hint: string };
