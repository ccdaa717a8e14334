import { itemOfPart } from '../../domain/lookups/batch-part.ts';
import { itemIdOf } from '../../domain/records/item-id.ts';
import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';
import { mailAddress } from '../../domain/addresses/mail-address.ts';
import { normaliseMessageId, stated } from '../../domain/records/stated.ts';
import type { TraceRow } from '../../domain/lookups/trace.ts';
import type { JsonFormat, RowContent } from '../format.ts';
import { readDate } from '../dates/local-time.ts';
import { cellOf } from '../json/fields.ts';

/** By its name in Graph, or as the PowerShell SDK spells it: InternetMessageId. */
const field = (object: JsonObject, name: string): JsonValue | undefined =>
  object[name] ?? object[name.charAt(0).toUpperCase() + name.slice(1)];

const addressIn = (value: JsonValue | undefined): string | null => {
  const person = isObject(value) ? field(value, 'emailAddress') : null;
  return isObject(person) ? mailAddress(cellOf(field(person, 'address'))) : null;
};

const LINES = ['toRecipients', 'ccRecipients', 'bccRecipients'] as const;

const recipientsOf = (message: JsonObject): readonly string[] => {
  const addresses = LINES.flatMap((line) => {
    const people = field(message, line);
    return Array.isArray(people) ? people.flatMap((one) => addressIn(one) ?? []) : [];
  });
  return [...new Set(addresses)];
};

const itemOf = (message: JsonObject): string | null => itemIdOf(cellOf(field(message, 'id')));

/**
 * What a message in a mailbox tells: of its message id, and of the item `item`, which a record may
 * name without a message id; of a message without a message id always of the item it is.
 */
const tracesOf = (message: JsonObject, item: string | null): readonly TraceRow[] => {
  const status = field(message, 'isDraft') === true ? 'draft' : null;
  const facts = {
    source: 'mailbox',
    networkMessageId: null,
    sender: addressIn(field(message, 'from')) ?? addressIn(field(message, 'sender')),
    recipients: recipientsOf(message).map((address) => ({ address, status })),
    status,
    subject: stated(cellOf(field(message, 'subject'))),
    receivedAt:
      readDate(cellOf(field(message, 'receivedDateTime')), null) ??
      readDate(cellOf(field(message, 'sentDateTime')), null),
    size: null,
  } as const;
  const messageId = normaliseMessageId(cellOf(field(message, 'internetMessageId')));
  const itemId = item ?? (messageId === null ? itemOf(message) : null);
  return [
    ...(messageId === null ? [] : [{ ...facts, messageId }]),
    ...(itemId === null ? [] : [{ ...facts, messageId: null, itemId }]),
  ];
};

const isMessage = (element: JsonObject): boolean =>
  ('internetMessageId' in element && ('id' in element || 'subject' in element)) ||
  ('InternetMessageId' in element && 'Id' in element && 'ToRecipients' in element);

const isPart = (element: JsonObject): boolean =>
  typeof element['id'] === 'string' &&
  typeof element['status'] === 'number' &&
  ('body' in element || 'headers' in element);

/** Messages in one answer of a batch; none where it is an error, or found nothing. */
const tracesOfPart = (part: JsonObject): readonly TraceRow[] => {
  const { id, status, body } = part;
  if (status !== 200 || !isObject(body)) return [];
  if (isMessage(body)) return tracesOf(body, itemOfPart(cellOf(id)));
  const listed = Array.isArray(body['value']) ? body['value'] : [];
  return listed.flatMap((one) => (isObject(one) && isMessage(one) ? tracesOf(one, null) : []));
};

/**
 * What an element of such a file tells; empty where it is an answer without a message. Of a message
 * that was exported nobody asked by which id a record names it: it tells of both.
 */
export const mailboxTraces = (element: JsonObject): readonly TraceRow[] =>
  isMessage(element) ? tracesOf(element, itemOf(element)) : tracesOfPart(element);

/**
 * Messages as Graph has them: pages of /users/…/messages, single ones, and answers of a $batch that
 * asked for either (what mia keeps of its own lookups). An answer without a message is no damage:
 * that nothing was found is an answer.
 */
export const graphMailbox: JsonFormat = {
  name: 'graph-mailbox-messages',
  title: 'Microsoft Graph messages of a mailbox (JSON)',
  kind: 'trace',
  container: 'json',
  sample: `{"responses":[
{"id":"2","status":200,"headers":{"Content-Type":"application/json"},"body":{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#users('00000000-0000-4000-8000-0000000000b1')/messages","value":[{"id":"AAMkAA==","internetMessageId":"<a6@fabrikam.example>","subject":"Passport scan","receivedDateTime":"2026-06-13T10:30:00Z","sentDateTime":"2026-06-13T10:29:56Z","isDraft":false,"from":{"emailAddress":{"name":"Anna","address":"anna@fabrikam.example"}},"toRecipients":[{"emailAddress":{"name":"G","address":"g.jacobs@contoso.example"}}],"ccRecipients":[],"bccRecipients":[]}]}}
]}
`,
  recognise: (element) => isMessage(element) || isPart(element),
  read: (element): RowContent => ({
    kind: 'trace',
    traces: mailboxTraces(element),
  }),
};
