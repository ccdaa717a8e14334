/** Messages of one mailbox by their message ids: everywhere but, then among the recoverable items. */
import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';
import { normaliseMessageId } from '../../domain/records/stated.ts';
import {
  askBatch,
  type BatchPart,
  type MailboxAsking,
  MOST_PARTS,
  type PartEnd,
} from './ask-batch.ts';
import { messagesPath, RECOVERABLE } from './mailbox-paths.ts';

export type PartRefusal = Extract<PartEnd, { end: 'refused' }>;

/**
 * What a mailbox said of one message. `hits`: as Graph has them, every copy; `rest`: why there may be
 * more copies than these, null where there are not.
 */
export type MailboxResult =
  | {
      readonly result: 'found';
      readonly hits: readonly JsonObject[];
      readonly rest: PartRefusal | null;
    }
  | { readonly result: 'none' }
  | { readonly result: 'refused'; readonly refusal: PartRefusal }
  /** The mailbox itself does not open, or is no longer there: nothing more is asked of it. */
  | { readonly result: 'closed'; readonly refusal: PartRefusal };

/** Of a mailbox all of whose folders exist: what this says is said of the mailbox. */
export const isClosed = ({ kind }: PartRefusal): boolean =>
  kind === 'permission' || kind === 'not-found';

const unreadable = (serverMessage: string): PartRefusal => ({
  ...{ end: 'refused', kind: 'server', status: 200, codes: [], serverMessage },
});

/** What it lists; null: it is no list, which says nothing of what is there. */
const messagesIn = ({ value }: JsonObject): readonly JsonObject[] | null =>
  Array.isArray(value) ? value.filter(isObject) : null;

/** A server that does not look at case, or at all, must not give one message the metadata of another. */
const isOf =
  (messageId: string) =>
  ({ internetMessageId: id }: JsonObject): boolean =>
    typeof id === 'string' && normaliseMessageId(id) === messageId;

/** The next page's place below the version, where it is of the same tenant; null: of another. */
const nextPath = (link: JsonValue, graph: string): string | null => {
  if (typeof link !== 'string' || !link.startsWith(`${graph}/v1.0/`)) return null;
  return link.slice(`${graph}/v1.0`.length);
};

/** More hits than a page holds are copies of copies: nobody has this many pages of them. */
const MOST_PAGES = 10;

interface Listed {
  readonly hits: readonly JsonObject[];
  /** Why there may be more; null: these are all. */
  readonly rest: PartRefusal | null;
}

/** A list with all its further pages. */
const wholeList = async (asking: MailboxAsking, first: JsonObject): Promise<Listed> => {
  const hits: JsonObject[] = [];
  let body = first;
  for (let page = 1; ; page += 1) {
    const messages = messagesIn(body);
    if (messages === null) return { hits, rest: unreadable('the answer is no list of messages') };
    hits.push(...messages);
    const link = body['@odata.nextLink'];
    if (link === undefined || link === null || link === '') return { hits, rest: null };
    const url = nextPath(link, asking.graph);
    if (url === null) return { hits, rest: unreadable('the next page is at another place') };
    if (page === MOST_PAGES) return { hits, rest: unreadable(`more than ${MOST_PAGES} pages`) };
    const end = (await askBatch(asking, [{ id: '1', url }])).get('1');
    if (end?.end !== 'answered') return { hits, rest: end ?? unreadable('no answer') };
    body = end.body;
  }
};

type Ends = ReadonlyMap<string, PartEnd>;

/** Asks a folder for up to MOST_PARTS messages. The parts are numbered: an id may be any text at all. */
const askFolder = async (
  asking: MailboxAsking,
  mailbox: string,
  folder: string | null,
  ids: readonly string[],
): Promise<Ends> => {
  const parts = ids.map((id, at): BatchPart => ({
    id: String(at + 1),
    url: messagesPath(mailbox, folder, id),
  }));
  const ends = await askBatch(asking, parts);
  return new Map(
    ids.flatMap((id, at) => {
      const end = ends.get(String(at + 1));
      return end === undefined ? [] : [[id, end] as const];
    }),
  );
};

const resultOf = async (
  asking: MailboxAsking,
  id: string,
  end: PartEnd | undefined,
  folder: string | null,
): Promise<MailboxResult> => {
  if (end === undefined) return { result: 'refused', refusal: unreadable('no answer') };
  if (end.end === 'refused') {
    // A mailbox without that folder has nothing in it.
    if (folder !== null && end.kind === 'not-found') return { result: 'none' };
    return { result: folder === null && isClosed(end) ? 'closed' : 'refused', refusal: end };
  }
  const { hits: all, rest } = await wholeList(asking, end.body);
  const hits = all.filter(isOf(id));
  if (hits.length > 0) return { result: 'found', hits, rest };
  return rest === null ? { result: 'none' } : { result: 'refused', refusal: rest };
};

const merged = (one: MailboxResult, other: MailboxResult): MailboxResult => {
  if (one.result !== 'found') return other.result === 'none' ? one : other;
  switch (other.result) {
    case 'none':
      return one;
    case 'found':
      return { result: 'found', hits: [...one.hits, ...other.hits], rest: one.rest ?? other.rest };
    case 'refused':
    case 'closed':
      return { ...one, rest: one.rest ?? other.refusal };
  }
};

/**
 * Looks for up to MOST_PARTS messages of one mailbox by their ids (without <>). `everywhere`: among the
 * recoverable items also where the message was found elsewhere, since a copy may lie there.
 * @throws TenantRefusal, Problem: the tenant itself did not answer. The signal's reason.
 */
export const findMessages = async (
  asking: MailboxAsking,
  mailbox: string,
  ids: readonly string[],
  everywhere = false,
): Promise<ReadonlyMap<string, MailboxResult>> => {
  if (ids.length > MOST_PARTS) throw new RangeError(`${ids.length} messages at once`);
  const found = new Map<string, MailboxResult>();
  let wanted: readonly string[] = ids;
  for (const folder of [null, RECOVERABLE]) {
    if (wanted.length === 0) break;
    const ends = await askFolder(asking, mailbox, folder, wanted);
    for (const id of wanted) {
      const result = await resultOf(asking, id, ends.get(id), folder);
      const before = found.get(id);
      found.set(id, before === undefined ? result : merged(before, result));
    }
    wanted = ids.filter((id) => {
      const result = found.get(id)?.result;
      return result === 'none' || (everywhere && result === 'found');
    });
  }
  return found;
};
