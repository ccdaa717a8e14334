import type { LookUpProgress, LookUpStatement } from '../../domain/lookups/lookup-progress.ts';
import type { SignInNotice } from '../../tenant/authenticate/notices.ts';
import type { ImportedSource } from '../../import/import-events.ts';

export type {
  LookUpProgress,
  LookUpStatement,
  LookUpStep,
} from '../../domain/lookups/lookup-progress.ts';

export type LookUpEvent =
  | { readonly event: 'notice'; readonly notice: SignInNotice }
  | { readonly event: 'progress'; readonly progress: LookUpProgress }
  /** Metadata, or the reason why there is none, is to be seen in the case now. */
  | { readonly event: 'arrived' }
  /** What came became a source. */
  | { readonly event: 'source'; readonly source: ImportedSource }
  | { readonly event: 'note'; readonly text: string }
  /** Ends. Exactly one of these three is the last event. */
  | { readonly event: 'finished'; readonly statement: LookUpStatement }
  | { readonly event: 'cancelled' }
  | { readonly event: 'failed'; readonly problem: string; readonly hint: string };
