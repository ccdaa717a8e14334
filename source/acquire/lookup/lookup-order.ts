import type { LookupProgress, LookupStatement } from '../../domain/lookups/lookup-progress.ts';
import type { MessageKey } from '../../domain/lookups/wanted-message.ts';
import type { TenantOrder } from '../authenticate/connect-tenant.ts';
import type { TaskEvent } from '../task/task-events.ts';

/** What a lookup is asked to do. */
export interface LookupOrder extends Omit<TenantOrder, 'onNotice'> {
  /** Walked more than once, and not held: there may be a hundred thousand. */
  readonly messages: Iterable<MessageKey>;
  /** Ask once more for what was not found. */
  readonly again: boolean;
  /** Ask for each left-over by itself, however long it takes. */
  readonly thorough: boolean;
  /** Look into mailboxes too, where the trace has nothing. Reading there leaves audit records. */
  readonly mailbox: boolean;
  /** As named by the user; null: case.json's, else user@host. */
  readonly analyst: string | null;
}

export type LookupEvent = TaskEvent<LookupProgress, { readonly statement: LookupStatement }>;

/** Which messages are wanted: those named, or those that sessions or contexts accessed. */
export type MessageSelection =
  | { readonly of: 'keys'; readonly keys: readonly MessageKey[] }
  | { readonly of: 'sessions'; readonly keys: readonly string[] }
  /** Those that malicious contexts accessed. */
  | { readonly of: 'malicious' };

/** An order for the lookup thread: one without what can't cross into a thread. */
export interface LookupThreadOrder extends Omit<
  LookupOrder,
  'messages' | 'signal' | 'askHidden' | 'shared' | 'clock' | 'openBrowser'
> {
  /** Whether there is somebody to ask for a secret. */
  readonly canAsk: boolean;
  /** null: it is said from moment to moment. */
  readonly wanted: MessageSelection | null;
}
