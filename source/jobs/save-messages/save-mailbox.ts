import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { stated } from '../../domain/stated.ts';
import { type WantedMessage, wantedKey } from '../../domain/wanted-message.ts';
import { TenantRefusal } from '../../tenant/http/refusal.ts';
import { MAIL_OPTIONS, type MailboxAsking, MOST_PARTS } from '../../tenant/mailbox/ask-batch.ts';
import { fetchMime } from '../../tenant/mailbox/fetch-mime.ts';
import { findItems, type SoughtItemEnd } from '../../tenant/mailbox/find-items.ts';
import { findMessages } from '../../tenant/mailbox/find-messages.ts';
import {
  closedInWords,
  quotedRefusal,
  untranslatedInWords,
} from '../../tenant/mailbox/refusal-in-words.ts';
import { messageFileName } from './message-file-name.ts';
import { type SaveWork, savedOf } from './save-work.ts';
import { sha256Of } from './saved-folder.ts';
import type { MissedMessage, SavedFile } from './saved-manifest.ts';

/** Names that one copy may have, where others have the first. */
const TURNS = 50;

const textOf = (value: JsonValue | undefined): string | null =>
  typeof value === 'string' ? stated(value) : null;

const ends = (sought: SoughtItemEnd): Pick<MissedMessage, 'reason' | 'detail'> | null => {
  switch (sought.sought) {
    case 'found':
      return null;
    case 'none':
      return { reason: 'notFound', detail: null };
    case 'closed':
      return { reason: 'mailboxClosed', detail: closedInWords(sought.refusal) };
    case 'untranslated':
      return { reason: 'failed', detail: untranslatedInWords(sought.refusal) };
    case 'refused':
      return { reason: 'failed', detail: quotedRefusal(sought.refusal) };
  }
};

/** Copies of a message once each: a folder may list one that another lists too. */
const distinctHits = (hits: readonly JsonObject[]): ReadonlyMap<string, JsonObject> =>
  new Map(
    hits.flatMap((hit) => {
      const id = textOf(hit['id']);
      return id === null ? [] : [[id, hit] as const];
    }),
  );

function* namesOf(message: WantedMessage, restId: string, hit: JsonObject): Generator<string> {
  const { mailbox, messageId, itemId } = message;
  const ident = [mailbox, messageId, messageId === null ? itemId : null, restId];
  for (let turn = 1; turn <= TURNS; turn += 1)
    yield messageFileName(ident, textOf(hit['subject']), turn);
}

/** Saves one copy, unless it is there; gives the name of its file. */
const saveCopy = async (
  work: SaveWork,
  message: WantedMessage,
  restId: string,
  hit: JsonObject,
  signal: AbortSignal,
): Promise<string> => {
  const before = work.soFar.fileOf(namesOf(message, restId, hit), restId);
  if (before !== null) return before.file;
  const options = work.asking(signal);
  const answer = await work.noted(() =>
    fetchMime(work.client, message.owner ?? '', restId, options),
  );
  const request = answer.attempts.at(-1);
  const about = (file: string): { entry: 'file'; key: string } & SavedFile => ({
    entry: 'file',
    key: wantedKey(message),
    ...savedOf(message),
    file,
    sha256: sha256Of(answer.body),
    bytes: answer.body.length,
    restId,
    subject: textOf(hit['subject']),
    receivedAt: textOf(hit['receivedDateTime']),
    savedAt: work.now,
    requestId: request?.requestId ?? null,
    clientRequestId: request?.clientRequestId ?? null,
  });
  const file = work.folder.keep(namesOf(message, restId, hit), answer.body, about);
  work.soFar.wrote(about(file));
  work.wrote(answer.body.length);
  return file;
};

/** What ends one message alone; anything else ends the run. */
const missOf = (error: unknown): Pick<MissedMessage, 'reason' | 'detail'> => {
  if (!(error instanceof TenantRefusal)) throw error;
  const { kind, status, codes, said, message } = error;
  const refusal = { end: 'refused', kind, status: status ?? 0, codes, said } as const;
  switch (kind) {
    case 'not-found':
      return { reason: 'notFound', detail: `gone while it was saved (${quotedRefusal(refusal)})` };
    case 'permission':
      return { reason: 'mailboxClosed', detail: closedInWords(refusal) };
    case 'server':
    case 'request':
      return { reason: 'failed', detail: message };
    default:
      throw error;
  }
};

const saveCopies = async (
  work: SaveWork,
  message: WantedMessage,
  hits: readonly JsonObject[],
  signal: AbortSignal,
): Promise<void> => {
  const key = wantedKey(message);
  const files: string[] = [];
  let miss: Pick<MissedMessage, 'reason' | 'detail'> | null = null;
  for (const [restId, hit] of distinctHits(hits))
    try {
      files.push(await saveCopy(work, message, restId, hit, signal));
    } catch (error) {
      miss = missOf(error);
    }
  if (miss === null) work.soFar.note({ entry: 'saved', key, files });
  else work.missed(key, message, miss);
  work.done(1);
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
): Promise<ReadonlyMap<WantedMessage, SoughtItemEnd>> => {
  const owner = messages[0]?.owner ?? '';
  const named = messages.filter(({ messageId }) => messageId !== null);
  const byId = await findMessages(
    asking,
    owner,
    named.map(({ messageId }) => messageId ?? ''),
    true,
  );
  const items = new Map(
    messages
      .filter(({ messageId }) => messageId === null)
      .map((message) => [
        message,
        { itemId: message.itemId ?? '', immutableId: message.immutableIds[0] ?? null },
      ]),
  );
  const guid = messages[0]?.guid ?? null;
  const byItem = await findItems(asking, { name: owner, guid }, [...items.values()]);
  const found = new Map<WantedMessage, SoughtItemEnd>();
  for (const message of messages) {
    const item = items.get(message);
    const sought = item === undefined ? byId.get(message.messageId ?? '') : byItem.get(item);
    found.set(message, sought ?? { sought: 'none' });
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
    for (const [message, sought] of found) {
      const miss = ends(sought);
      if (sought.sought === 'found')
        copies.push((either) => saveCopies(work, message, sought.hits, either));
      else if (miss !== null) {
        work.missed(wantedKey(message), message, miss);
        work.done(1);
      }
    }
    await together(signal, copies);
    const closed = [...found.values()].find((one) => one.sought === 'closed');
    if (closed === undefined) continue;
    const left = messages.slice(at + MOST_PARTS);
    const miss = ends(closed);
    for (const message of left) if (miss !== null) work.missed(wantedKey(message), message, miss);
    work.done(left.length);
    return;
  }
};
