import { type WantedMessage, wantedKey } from '../../domain/lookups/wanted-message.ts';
import { MAIL_OPTIONS, type MailboxAsking, MOST_PARTS } from '../../tenant/mailbox/ask-batch.ts';
import { findItems, itemsToFind, type ItemResult } from '../../tenant/mailbox/find-items.ts';
import { findMessages } from '../../tenant/mailbox/find-messages.ts';
import {
  closedInWords,
  quotedRefusal,
  untranslatedInWords,
} from '../../tenant/mailbox/refusal-in-words.ts';
import { saveCopies } from './save-copies.ts';
import type { SaveWork } from './save-work.ts';
import type { MissedMessage } from '../../exports/documents/saved.ts';

const ends = (result: ItemResult): Pick<MissedMessage, 'reason' | 'detail'> | null => {
  switch (result.result) {
    case 'found':
      return null;
    case 'none':
      return { reason: 'notFound', detail: null };
    case 'closed':
      return { reason: 'mailboxClosed', detail: closedInWords(result.refusal) };
    case 'untranslated':
      return { reason: 'failed', detail: untranslatedInWords(result.refusal) };
    case 'refused':
      return { reason: 'failed', detail: quotedRefusal(result.refusal) };
  }
};

/** All at once, as far as their limit lets them; the first that fails stops the others. */
const together = async (
  signal: AbortSignal,
  works: readonly ((signal: AbortSignal) => Promise<void>)[],
): Promise<void> => {
  const control = new AbortController();
  const either = AbortSignal.any([signal, control.signal]);
  let failure: { readonly error: unknown } | null = null;
  await Promise.all(
    works.map((work) =>
      work(either).catch((error: unknown) => {
        failure ??= { error };
        control.abort(error);
      }),
    ),
  );
  signal.throwIfAborted();
  const failed = failure as { readonly error: unknown } | null;
  if (failed !== null) throw failed.error;
};

const searched = async (
  asking: MailboxAsking,
  messages: readonly WantedMessage[],
): Promise<ReadonlyMap<WantedMessage, ItemResult>> => {
  const owner = messages[0]?.owner ?? '';
  const named = messages.filter(({ messageId }) => messageId !== null);
  const byId = await findMessages(
    asking,
    owner,
    named.map(({ messageId }) => messageId ?? ''),
    true,
  );
  const items = itemsToFind(messages);
  const guid = messages[0]?.guid ?? null;
  const byItem = await findItems(asking, { name: owner, guid }, [...items.values()]);
  const found = new Map<WantedMessage, ItemResult>();
  for (const message of messages) {
    const item = items.get(message);
    const result = item === undefined ? byId.get(message.messageId ?? '') : byItem.get(item);
    found.set(message, result ?? { result: 'none' });
  }
  return found;
};

/**
 * Saves messages of one mailbox, a batch after the other: found first, then each copy as it is.
 * @throws TenantRefusal, Problem: nobody else can be saved either. The signal's reason.
 */
export const saveMailbox = async (
  work: SaveWork,
  messages: readonly WantedMessage[],
): Promise<void> => {
  const { client, clock, signal } = work;
  const asking: MailboxAsking = {
    ...{ clock, signal, onWait: work.onWait, graph: client.cloud.graph },
    post: async (place, body) => {
      const options = { ...work.asking(signal), ...MAIL_OPTIONS };
      return (await work.noted(() => client.post(place, body, options))).body;
    },
  };
  for (let at = 0; at < messages.length; at += MOST_PARTS) {
    signal.throwIfAborted();
    const some = messages.slice(at, at + MOST_PARTS);
    const found = await searched(asking, some);
    const copies: ((signal: AbortSignal) => Promise<void>)[] = [];
    for (const [message, result] of found) {
      const miss = ends(result);
      if (result.result === 'found')
        copies.push((either) => saveCopies(work, message, result, either));
      else if (miss !== null) {
        work.missed(wantedKey(message), message, miss);
        work.done(1);
      }
    }
    await together(signal, copies);
    work.flush();
    const closed = [...found.values()].find((one) => one.result === 'closed');
    if (closed === undefined) continue;
    const left = messages.slice(at + MOST_PARTS);
    const miss = ends(closed);
    for (const message of left) if (miss !== null) work.missed(wantedKey(message), message, miss);
    work.done(left.length);
    return;
  }
};
