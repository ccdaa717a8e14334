import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';
import type { WantedMessage } from '../../domain/lookups/wanted-message.ts';
import type { Question } from './lookup-state.ts';

/** Messages of one mailbox, asked for together. */
export interface AskedMailbox {
  /** As lookups.jsonl names it. */
  readonly mailbox: string;
  readonly guid: string | null;
  readonly owner: string;
  readonly messages: readonly WantedMessage[];
}

/** Messages by their mailboxes, in the order of the first of each. Those whose owner no record names are left out. */
export const askedMailboxes = (messages: readonly WantedMessage[]): readonly AskedMailbox[] => {
  const asked = new Map<string, AskedMailbox & { readonly messages: WantedMessage[] }>();
  for (const message of messages) {
    const { mailbox, guid, owner } = message;
    if (mailbox === null || owner === null) continue;
    const of = asked.get(mailbox) ?? { mailbox, guid, owner, messages: [] };
    of.messages.push(message);
    asked.set(mailbox, of);
  }
  return [...asked.values()];
};

/** All that it takes to go on after a crash. */
export const aboutMailboxes = (asked: readonly AskedMailbox[]): JsonObject => ({
  mailboxes: asked.map(({ mailbox, guid, owner, messages }) => ({
    ...{ mailbox, guid, owner },
    messages: messages.map(({ messageId, itemId, itemIds, immutableIds }) =>
      messageId === null
        ? { itemId, itemIds: [...itemIds], immutableIds: [...immutableIds] }
        : { messageId },
    ),
  })),
});

const textOf = (value: JsonValue | undefined): string | null =>
  typeof value === 'string' ? value : null;

const textsOf = (value: JsonValue | undefined): readonly string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];

const objectsOf = (value: JsonValue | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** What an earlier run asked, of its question. */
export const mailboxesAsked = ({ about }: Question): readonly AskedMailbox[] =>
  objectsOf(about['mailboxes']).map((of) => {
    const mailbox = textOf(of['mailbox']) ?? '';
    const [guid, owner] = [textOf(of['guid']), textOf(of['owner']) ?? ''];
    return {
      ...{ mailbox, guid, owner },
      messages: objectsOf(of['messages']).map((one) => ({
        ...{ mailbox, guid, owner },
        messageId: textOf(one['messageId']),
        itemId: textOf(one['itemId']),
        itemIds: textsOf(one['itemIds']),
        immutableIds: textsOf(one['immutableIds']),
        firstAccess: null,
      })),
    };
  });
