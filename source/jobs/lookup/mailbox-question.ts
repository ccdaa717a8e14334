import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';
import type { WantedMessage } from '../../domain/wanted-message.ts';
import type { Question } from './look-up-state.ts';

/** Messages of one mailbox, asked for together. */
export interface AskedMailbox {
  /** As lookups.jsonl names it. */
  readonly mailbox: string | null;
  readonly guid: string | null;
  readonly owner: string;
  readonly messages: readonly WantedMessage[];
}

/** All that it takes to go on after a crash. */
export const aboutMailbox = ({ mailbox, guid, owner, messages }: AskedMailbox): JsonObject => ({
  ...{ mailbox, guid, owner },
  messages: messages.map(({ messageId, itemId, itemIds, immutableIds }) =>
    messageId === null
      ? { itemId, itemIds: [...itemIds], immutableIds: [...immutableIds] }
      : { messageId },
  ),
});

const textOf = (value: JsonValue | undefined): string | null =>
  typeof value === 'string' ? value : null;

const textsOf = (value: JsonValue | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

/** What an earlier run asked, of its question. */
export const askedMailbox = ({ about }: Question): AskedMailbox => {
  const [mailbox, guid, owner] = [
    textOf(about['mailbox']),
    textOf(about['guid']),
    textOf(about['owner']) ?? '',
  ];
  const listed = Array.isArray(about['messages']) ? about['messages'].filter(isObject) : [];
  return {
    ...{ mailbox, guid, owner },
    messages: listed.map((one) => ({
      ...{ mailbox, guid, owner },
      messageId: textOf(one['messageId']),
      itemId: textOf(one['itemId']),
      itemIds: textsOf(one['itemIds']),
      immutableIds: textsOf(one['immutableIds']),
      firstAccess: null,
    })),
  };
};
