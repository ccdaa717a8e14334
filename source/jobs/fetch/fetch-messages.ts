import type { FetchOrder } from './fetch-records.ts';

/** What the fetch thread is started with: an order without what can't cross into a thread. */
export interface FetchThreadOrder extends Pick<
  FetchOrder,
  'folder' | 'wish' | 'flags' | 'variables' | 'remember' | 'anew' | 'analyst'
> {
  /** Whether there is somebody to ask for a secret. */
  readonly canAsk: boolean;
}
