import type { Mailbox } from '../sessions/session.ts';

/** Names a message of the case (a `Message` does); `mailbox` null: an id, in whichever mailboxes it is. */
export interface MessageKey {
  readonly mailbox: Mailbox | null;
  /** Without <>; null where the log names none. */
  readonly internetMessageId: string | null;
  readonly itemId: string | null;
}

/** A message to look up, as the records know it. It has a messageId or an item id. */
export interface WantedMessage {
  /** As lookups.jsonl names it: its GUID, else "owner:NAME"; null: no record names this message. */
  readonly mailbox: string | null;
  readonly guid: string | null;
  /** The newest name of the owner, a UPN as a rule; null: not stated. */
  readonly owner: string | null;
  /** Without <>, case kept. */
  readonly messageId: string | null;
  /** Where messageId is null: the name of the message in the case, and in lookups.jsonl. */
  readonly itemId: string | null;
  /**
   * Where messageId is null: all item ids it was seen under, as records state them (base64), and the
   * immutable ones. Nobody asks for others by them, and there may be a hundred thousand.
   */
  readonly itemIds: readonly string[];
  readonly immutableIds: readonly string[];
  /** UTC, ISO; null where no record names it. */
  readonly firstAccess: string | null;
}

/** The same message, the same text. */
export const wantedKey = ({
  mailbox,
  messageId,
  itemId,
}: Pick<WantedMessage, 'mailbox' | 'messageId' | 'itemId'>): string =>
  JSON.stringify([mailbox, messageId, messageId === null ? itemId : null]);
