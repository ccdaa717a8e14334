/** Items of one mailbox by the ids that records have of them, for want of a message id. */
import { itemPartId } from '../../domain/lookups/batch-part.ts';
import { entryTextOf, restIdOf } from '../../domain/records/item-id.ts';
import type { WantedMessage } from '../../domain/lookups/wanted-message.ts';
import { TenantRefusal } from '../http/refusal.ts';
import { askBatch, type BatchPart, type MailboxAsking, MOST_PARTS } from './ask-batch.ts';
import { isClosed, type PartRefusal, type MailboxResult } from './find-messages.ts';
import { IMMUTABLE, messagePath, RECOVERABLE } from './mailbox-paths.ts';
import { translateIds, type TranslatedFrom } from './translate-ids.ts';

/** An item as records name it, in base64. */
export interface ItemToFind {
  readonly itemId: string;
  /** Stays when the item moves; null: not stated. */
  readonly immutableId: string | null;
}

/** Those of the messages that have no message id, and the item that each is sought by. */
export const itemsToFind = (
  messages: readonly WantedMessage[],
): ReadonlyMap<WantedMessage, ItemToFind> =>
  new Map(
    messages
      .filter(({ messageId }) => messageId === null)
      .map((message) => [
        message,
        { itemId: message.itemId ?? '', immutableId: message.immutableIds[0] ?? null },
      ]),
  );

export type ItemResult =
  | MailboxResult
  /** It may have moved, and the tenant does not permit to translate the id that would find it. */
  | { readonly result: 'untranslated'; readonly refusal: PartRefusal };

/** Codes of a 404 that speak of the item; any other 404 speaks of the mailbox. */
const ITEM_GONE = /^(ErrorItemNotFound|ErrorMessageNotFound|ItemNotFound)$/i;

const isGone = ({ kind, codes }: PartRefusal): boolean =>
  kind === 'not-found' && codes.some((code) => ITEM_GONE.test(code));

type Ids = ReadonlyMap<ItemToFind, string>;

/** One way to ask for an item. */
interface Try {
  readonly ids: Ids;
  readonly folder: string | null;
  readonly immutable: boolean;
}

/** The items of one mailbox on their way from one id to the next. */
class ItemSearch {
  readonly #asking: MailboxAsking;
  readonly #mailbox: string;
  readonly ends = new Map<ItemToFind, ItemResult>();
  /** Items whose id, as it was asked for, means nothing there. */
  readonly malformed = new Set<ItemToFind>();
  #closed: PartRefusal | null = null;
  #unpermitted: PartRefusal | null = null;
  readonly #untranslated = new Set<ItemToFind>();

  constructor(asking: MailboxAsking, mailbox: string) {
    this.#asking = asking;
    this.#mailbox = mailbox;
  }

  /** Asks for each; gives back those that are not there under that id. */
  async ask({ ids, folder, immutable }: Try): Promise<readonly ItemToFind[]> {
    const items = [...ids.keys()];
    const missed: ItemToFind[] = [];
    for (let at = 0; at < items.length && this.#closed === null; at += MOST_PARTS) {
      const some = items.slice(at, at + MOST_PARTS);
      const parts = some.map((item): BatchPart => ({
        id: itemPartId(item.itemId),
        url: messagePath(this.#mailbox, folder, ids.get(item) ?? ''),
        ...(immutable ? { headers: IMMUTABLE } : {}),
      }));
      const answers = await askBatch(this.#asking, parts);
      for (const item of some) {
        const end = answers.get(itemPartId(item.itemId));
        if (end?.end === 'answered')
          this.ends.set(item, { result: 'found', hits: [end.body], rest: null });
        else if (end === undefined || this.#misses(item, end, folder)) missed.push(item);
        else if (isClosed(end)) this.#closed ??= end;
        else this.ends.set(item, { result: 'refused', refusal: end });
      }
    }
    return missed;
  }

  /** The item is not there under that id. A mailbox without that folder has nothing in it. */
  #misses(item: ItemToFind, refusal: PartRefusal, folder: string | null): boolean {
    if (refusal.kind === 'request') this.malformed.add(item);
    return (
      refusal.kind === 'request' ||
      isGone(refusal) ||
      (folder !== null && refusal.kind === 'not-found')
    );
  }

  async translated(
    from: TranslatedFrom,
    items: readonly ItemToFind[],
    idOf: (item: ItemToFind) => string | null,
  ): Promise<Ids> {
    const texts = new Map(
      items.flatMap((item) => {
        const id = idOf(item);
        const text = id === null ? null : entryTextOf(id);
        return text === null ? [] : [[item, text] as const];
      }),
    );
    if (texts.size === 0 || this.#closed !== null) return new Map();
    const wanted = [...new Set(texts.values())];
    const targets = await this.#translate(from, wanted);
    for (const item of targets === null ? texts.keys() : []) this.#untranslated.add(item);
    return new Map(
      [...texts].flatMap(([item, text]) => {
        const target = targets?.get(text);
        return target === undefined ? [] : [[item, target] as const];
      }),
    );
  }

  /** null: it is not permitted, or the mailbox is gone. */
  async #translate(
    from: TranslatedFrom,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, string> | null> {
    if (this.#unpermitted !== null) return null;
    try {
      return await translateIds(this.#asking, this.#mailbox, from, ids);
    } catch (error) {
      if (!(error instanceof TenantRefusal)) throw error;
      const { kind, codes, serverMessage } = error;
      const refusal = {
        end: 'refused',
        kind,
        status: error.status ?? 0,
        codes,
        serverMessage,
      } as const;
      if (kind === 'permission') this.#unpermitted = refusal;
      else if (kind === 'not-found') this.#closed = refusal;
      else throw error;
      return null;
    }
  }

  /** What nobody has an answer for when all is tried. */
  settle(items: readonly ItemToFind[]): void {
    const [closed, unpermitted] = [this.#closed, this.#unpermitted];
    for (const item of items) {
      if (this.ends.has(item)) continue;
      if (closed !== null) this.ends.set(item, { result: 'closed', refusal: closed });
      else if (unpermitted !== null && this.#untranslated.has(item))
        this.ends.set(item, { result: 'untranslated', refusal: unpermitted });
      else this.ends.set(item, { result: 'none' });
    }
  }
}

/**
 * Looks for items by their ids (`tenant.md` 4.1): the REST id that follows from the record's, else as
 * the tenant translates it; where the item is not there any more, by the id that stays, everywhere and
 * then among the recoverable items. `mailboxGuid`: lower case, as records name it.
 * @throws TenantRefusal, Problem: the tenant itself did not answer. The signal's reason.
 */
export const findItems = async (
  asking: MailboxAsking,
  mailbox: { readonly name: string; readonly guid: string | null },
  items: readonly ItemToFind[],
): Promise<ReadonlyMap<ItemToFind, ItemResult>> => {
  const search = new ItemSearch(asking, mailbox.name);
  const built: Ids = new Map(
    items.flatMap((item) => {
      const id = mailbox.guid === null ? null : restIdOf(item.itemId, mailbox.guid);
      return id === null ? [] : [[item, id] as const];
    }),
  );
  const stale = await search.ask({ ids: built, folder: null, immutable: false });
  // What was worked out is taken from one published record: where it is wrong, the tenant knows better.
  const unbuilt = items.filter((item) => !built.has(item) || search.malformed.has(item));
  const regular = await search.translated('entryId', unbuilt, ({ itemId }) => itemId);
  await search.ask({ ids: regular, folder: null, immutable: false });
  const left = new Set([...stale, ...unbuilt].filter((item) => !search.ends.has(item)));
  const lasting = await search.translated(
    'immutableEntryId',
    [...left],
    ({ immutableId }) => immutableId,
  );
  const moved = await search.ask({ ids: lasting, folder: null, immutable: true });
  const ids: Ids = new Map(moved.map((item) => [item, lasting.get(item) ?? '']));
  await search.ask({ ids, folder: RECOVERABLE, immutable: true });
  search.settle(items);
  return search.ends;
};
