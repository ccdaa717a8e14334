import { isObject, type JsonObject, type JsonValue } from './json.ts';
import { mailAddress } from './mail-address.ts';
import { normaliseMessageId } from './message-id.ts';
import { stated } from './stated.ts';
import type { TraceRow } from './trace.ts';
import { utcIso } from './utc-time.ts';

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

/**
 * What an audit record of any mailbox operation (Send, SoftDelete, MoveToDeletedItems, Create, …)
 * tells of messages: subject, size, and for sent ones the sender and the time. The last rung of the
 * ladder (`domain.md`, From ids to people). Items without a message id or a subject give nothing.
 */
export const tracesOfOperation = (data: JsonObject): readonly TraceRow[] => {
  const sender = senderOf(data);
  const receivedAt = sender === null ? null : utcIso(text(data['CreationTime']) ?? '');
  return itemsOf(data).flatMap((item): TraceRow[] => {
    const messageId = normaliseMessageId(text(item['InternetMessageId']));
    const subject = text(item['Subject']);
    if (messageId === null || subject === null) return [];
    return [
      {
        source: 'auditRecord',
        messageId,
        networkMessageId: null,
        sender,
        recipients: [],
        status: null,
        subject,
        receivedAt,
        size: size(item['SizeInBytes']),
      },
    ];
  });
};
