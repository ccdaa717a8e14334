import type { FetchEvent } from './fetch-events.ts';
import type { FetchOrder } from './fetch-records.ts';

/** What the fetch thread is started with: an order without what can't cross into a thread. */
export interface FetchThreadOrder extends Pick<
  FetchOrder,
  'folder' | 'wish' | 'flags' | 'variables' | 'remember' | 'anew' | 'analyst'
> {
  /** Whether there is somebody to ask for a secret. */
  readonly canAsk: boolean;
}

export type ToFetchWorker =
  | { readonly say: 'cancel' }
  /** What was typed; null: nothing. */
  | { readonly say: 'answer'; readonly text: string | null };

export type FromFetchWorker =
  | { readonly say: 'event'; readonly event: FetchEvent }
  /** Asks the person for something that must not be seen. */
  | { readonly say: 'ask'; readonly question: string };
