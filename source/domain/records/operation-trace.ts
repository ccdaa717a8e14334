import { isObject, type JsonObject, type JsonValue } from '../json.ts';
import { mailAddress } from '../addresses/mail-address.ts';
import { normaliseMessageId, stated } from './stated.ts';
import type { TraceRow, TraceSubject } from '../lookups/trace.ts';
import { utcIso } from '../utc-time.ts';

/** Mailbox operations by which the mailbox sends; their time is the time of sending. */
const SENDING: ReadonlySet<string> = new Set(['Send', 'SendAs', 'SendOnBehalf']);

const text = (value: JsonValue | undefined): string | null =>
  typeof value === 'string' ? stated(value) : null;

const size = (value: JsonValue | undefined): number | null => {
  const number = typeof value === 'string' ? Number.parseFloat(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? Math.trunc(number) : null;
};

const objects = (value: JsonValue | undefined): readonly JsonObject[] =>
  (Array.isArray(value) ? value : [value]).filter(isObject);

/** Where the operations of the mailbox audit schema list messages. */
const itemsOf = (data: JsonObject): readonly JsonObject[] => [
  ...objects(data['Item']),
  ...objects(data['AffectedItems']),
  ...objects(data['Folders']).flatMap((folder) => objects(folder['FolderItems'])),
];

/** Nobody but the mailbox sends by these; whose name it used comes first. */
const senderOf = (data: JsonObject): string | null => {
  if (!SENDING.has(text(data['Operation']) ?? '')) return null;
  const names = ['SendAsUserSmtp', 'SendOnBehalfOfUserSmtp', 'MailboxOwnerUPN'];
  const found = names.map((name) => mailAddress(text(data[name]))).find((name) => name !== null);
  return found?.includes('@') ? found : null;
};

/** By which ids an item is spoken of: its message id, else the id that `readRecord` takes for the item's. */
const namesOf = (item: JsonObject, alsoById: boolean): readonly TraceSubject[] => {
  const messageId = normaliseMessageId(text(item['InternetMessageId']));
  const itemId = text(item['Id']) ?? text(item['ImmutableId']);
  return [
    ...(messageId === null ? [] : [{ messageId }]),
    ...(itemId === null || (messageId !== null && !alsoById) ? [] : [{ messageId: null, itemId }]),
  ];
};

/**
 * What an audit record of any mailbox operation (Send, SoftDelete, MoveToDeletedItems, Create, …)
 * tells of messages: subject, size, and for sent ones the sender and the time. The last rung of the
 * ladder (`domain.md`, From ids to people). Items without a subject give nothing. Another operation
 * speaks of an item by both its ids, since a MailItemsAccessed record may name it by either.
 */
export const tracesOfOperation = (data: JsonObject): readonly TraceRow[] => {
  const accessed = text(data['Operation'])?.toLowerCase() === 'mailitemsaccessed';
  const sender = senderOf(data);
  const receivedAt = sender === null ? null : utcIso(text(data['CreationTime']) ?? '');
  return itemsOf(data).flatMap((item): TraceRow[] => {
    const subject = text(item['Subject']);
    if (subject === null) return [];
    return namesOf(item, !accessed).map((name) => ({
      source: 'auditRecord',
      ...name,
      networkMessageId: null,
      sender,
      recipients: [],
      status: null,
      subject,
      receivedAt,
      size: size(item['SizeInBytes']),
    }));
  });
};
