import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';
import type { LookupOutcome } from '../../domain/lookups/lookup.ts';
import { saysSomething } from '../../domain/lookups/trace-fold.ts';
import type { WantedMessage } from '../../domain/lookups/wanted-message.ts';
import { mailboxTraces } from '../../formats/traces/graph-mailbox.ts';
import { type MailboxAsking, MOST_PARTS } from '../../tenant/mailbox/ask-batch.ts';
import { findItems, itemsToFind, type ItemResult } from '../../tenant/mailbox/find-items.ts';
import { findMessages } from '../../tenant/mailbox/find-messages.ts';
import {
  closedInWords,
  moreCopiesInWords,
  quotedRefusal,
  untranslatedInWords,
} from '../../tenant/mailbox/refusal-in-words.ts';
import type { Batch } from './lookup-state.ts';

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

/** What an earlier run asked, of its batch. */
export const mailboxesAsked = ({ about }: Batch): readonly AskedMailbox[] =>
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

/** How the lookup of one message ended, and why in words where that is not plain. */
export interface MailboxEnd {
  readonly end: Exclude<LookupOutcome, 'olderThanTrace'>;
  readonly detail: string | null;
}

const endOf = (result: ItemResult | undefined): MailboxEnd => {
  switch (result?.result) {
    case 'found':
      return result.hits.some((hit) => mailboxTraces(hit).some(saysSomething))
        ? { end: 'found', detail: result.rest === null ? null : moreCopiesInWords(result.rest) }
        : {
            end: 'notFound',
            detail: 'it is there, and names neither sender, recipient nor subject',
          };
    case 'none':
      return { end: 'notFound', detail: null };
    case 'closed':
      return { end: 'failed', detail: closedInWords(result.refusal) };
    case 'untranslated':
      return { end: 'failed', detail: untranslatedInWords(result.refusal) };
    case 'refused':
      return { end: 'failed', detail: quotedRefusal(result.refusal) };
    case undefined:
      return { end: 'failed', detail: 'no answer' };
  }
};

/** Hands `ends` how each message ended. Why the mailbox is closed, in words, or null. */
export const searchMailbox = async (
  asking: MailboxAsking,
  { guid, owner, messages }: AskedMailbox,
  ends: Map<WantedMessage, MailboxEnd>,
): Promise<string | null> => {
  const named = messages.filter(({ messageId }) => messageId !== null);
  for (let at = 0; at < named.length; at += MOST_PARTS) {
    const some = named.slice(at, at + MOST_PARTS);
    const ids = [...new Set(some.map(({ messageId }) => messageId ?? ''))];
    const results = await findMessages(asking, owner, ids);
    for (const message of some) ends.set(message, endOf(results.get(message.messageId ?? '')));
    const closed = [...results.values()].find((one) => one.result === 'closed');
    if (closed?.result !== 'closed') continue;
    for (const message of messages) if (!ends.has(message)) ends.set(message, endOf(closed));
    return closedInWords(closed.refusal);
  }
  const items = itemsToFind(messages);
  const found = await findItems(asking, { name: owner, guid }, [...items.values()]);
  for (const [message, item] of items) ends.set(message, endOf(found.get(item)));
  const closed = [...found.values()].find((one) => one.result === 'closed');
  return closed?.result === 'closed' ? closedInWords(closed.refusal) : null;
};
