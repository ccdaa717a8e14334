import { graphError, json, jsonBody } from '../http/exchange.ts';
import type { TenantAnswer } from '../http/exchange.ts';
import type { Call, Route } from '../http/routes.ts';
import { entryTextOf, readEntryText, readRestId, restIdOf } from './item-ids.ts';
import type { ItemId } from './item-ids.ts';
import type { MailboxAccess } from './mailbox-access.ts';
import type { MailboxContent } from './mailbox-content.ts';

const TYPES = ['entryId', 'restId', 'immutableEntryId', 'restImmutableEntryId'] as const;
type IdType = (typeof TYPES)[number];
const MOST = 1000;

const typeOf = (value: unknown): IdType | undefined =>
  TYPES.find((type) => type.toLowerCase() === String(value).toLowerCase());

const isImmutable = (type: IdType): boolean => type.toLowerCase().includes('immutable');

const readId = (text: string, type: IdType, guid: string): ItemId | null => {
  const kind = isImmutable(type) ? 'immutable' : 'regular';
  if (!type.startsWith('rest')) return readEntryText(text, kind);
  const id = readRestId(text, guid);
  return id?.kind === kind ? id : null;
};

/** Between regular and immutable, the item itself must be found; otherwise only the spelling changes. */
const asKind = (
  { byEntry, byImmutableEntry }: MailboxContent,
  id: ItemId,
  immutable: boolean,
): ItemId | null => {
  if ((id.kind === 'immutable') === immutable) return id;
  const message = immutable ? byEntry.get(id.entry) : byImmutableEntry.get(id.entry);
  if (!message) return null;
  return immutable
    ? { kind: 'immutable', entry: message.immutableEntry }
    : { kind: 'regular', entry: message.entry };
};

const translate = (content: MailboxContent, text: string, from: IdType, to: IdType): object => {
  const id = readId(text, from, content.mailbox.guid);
  const found = id && asKind(content, id, isImmutable(to));
  if (!found)
    return {
      sourceId: text,
      errorDetails: { code: 'ErrorInvalidIdMalformed', message: 'Id is malformed.' },
    };
  const target = to.startsWith('rest') ? restIdOf(content.mailbox.guid, found) : entryTextOf(found);
  return { sourceId: text, targetId: target };
};

const run = (content: MailboxContent, { request }: Call): TenantAnswer => {
  const body = jsonBody(request);
  const [from, to] = [typeOf(body?.['sourceIdType']), typeOf(body?.['targetIdType'])];
  const ids: unknown = body?.['inputIds'];
  if (!from || !to || !Array.isArray(ids) || ids.length > MOST)
    return graphError(400, 'ErrorInvalidParameter', 'The request is not valid.');
  return json({ value: ids.map((id) => translate(content, String(id), from, to)) });
};

const PERMITS = {
  delegated: ['User.ReadBasic.All', 'User.Read.All', 'User.Read'],
  application: ['User.Read.All'],
};

export const translateRoutes = ({ contentOf, named }: MailboxAccess): readonly Route[] =>
  ['users/{user}', 'me'].map((root): Route => ({
    method: 'POST',
    path: `${root}/translateExchangeIds`,
    permits: PERMITS,
    run: (call) => {
      const mailbox = named(call);
      return 'status' in mailbox ? mailbox : run(contentOf(mailbox), call);
    },
  }));
