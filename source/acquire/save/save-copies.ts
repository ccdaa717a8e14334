import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { stated } from '../../domain/records/stated.ts';
import { type WantedMessage, wantedKey } from '../../domain/lookups/wanted-message.ts';
import { TenantRefusal } from '../../tenant/http/refusal.ts';
import type { MailboxResult } from '../../tenant/mailbox/find-messages.ts';
import { fetchMime } from '../../tenant/mailbox/fetch-mime.ts';
import {
  closedInWords,
  moreCopiesInWords,
  quotedRefusal,
} from '../../tenant/mailbox/refusal-in-words.ts';
import { messageFileName } from './saved-folder.ts';
import { type SaveWork, savedOf } from './save-work.ts';
import { sha256OfBytes } from '../../store/sha256.ts';
import type { MissedMessage, SavedFile } from '../../exports/documents/saved.ts';

/** Names that one copy may have, where others have the first. */
const TURNS = 50;

const textOf = (value: JsonValue | undefined): string | null =>
  typeof value === 'string' ? stated(value) : null;

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
    sha256: sha256OfBytes(answer.body),
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
  const { kind, status, codes, serverMessage, message } = error;
  const refusal = { end: 'refused', kind, status: status ?? 0, codes, serverMessage } as const;
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

/** Saves every copy of a message, and notes how it ended. @throws what ends the run. */
export const saveCopies = async (
  work: SaveWork,
  message: WantedMessage,
  { hits, rest }: Extract<MailboxResult, { result: 'found' }>,
  signal: AbortSignal,
): Promise<void> => {
  const key = wantedKey(message);
  const files: string[] = [];
  let miss: Pick<MissedMessage, 'reason' | 'detail'> | null = null;
  const copies = distinctHits(hits);
  if (rest !== null) miss = { reason: 'failed', detail: moreCopiesInWords(rest) };
  else if (copies.size === 0)
    miss = { reason: 'failed', detail: 'the tenant does not say how it can be asked for' };
  for (const [restId, hit] of copies)
    try {
      files.push(await saveCopy(work, message, restId, hit, signal));
    } catch (error) {
      miss = missOf(error);
    }
  if (miss === null) work.soFar.note({ entry: 'saved', key, files });
  else work.missed(key, message, miss);
  work.done(1);
};
