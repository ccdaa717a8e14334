import { isoSeconds } from '../virtual-clock.ts';
import { attachmentsOf } from './attachments.ts';
import { restIdOf } from './item-ids.ts';
import type { MailboxContent, StoredMessage } from './mailbox-content.ts';
import { bodyTextOf, messageHeaders } from './message-text.ts';

export interface Shown {
  readonly immutable: boolean;
  /** Mail.ReadBasic shows neither body, preview nor attachments. */
  readonly basic: boolean;
  /** null: everything but internetMessageHeaders. */
  readonly select: readonly string[] | null;
}

const messageRestId = (
  content: MailboxContent,
  message: StoredMessage,
  immutable: boolean,
): string =>
  restIdOf(
    content.mailbox.guid,
    immutable
      ? { kind: 'immutable', entry: message.immutableEntry }
      : { kind: 'regular', entry: message.entry },
  );

/** Hex of no folder that a record names. */
const RECOVERABLE = `${'00'.repeat(38)}524543564442${'0000'}`;

const folderRestId = (content: MailboxContent, message: StoredMessage): string =>
  restIdOf(content.mailbox.guid, {
    kind: 'regular',
    entry: message.folder
      ? Buffer.from(message.folder.id, 'base64').subarray(1, -1).toString('hex')
      : RECOVERABLE,
  });

const person = (address: string) => ({ emailAddress: { name: address, address } });

const BODY_FIELDS = new Set(['body', 'bodyPreview', 'uniqueBody']);

/** The JSON of a message, as far as it is asked for and allowed. */
export const messageBody = (
  content: MailboxContent,
  message: StoredMessage,
  shown: Shown,
): Record<string, unknown> => {
  const { mail } = message;
  const sentDateTime = isoSeconds(mail.sentAt * 1000);
  const text = bodyTextOf(message);
  const all: Record<string, unknown> = {
    id: messageRestId(content, message, shown.immutable),
    receivedDateTime: isoSeconds((mail.sentAt + 4) * 1000),
    sentDateTime,
    hasAttachments: attachmentsOf(message).length > 0,
    internetMessageId: mail.unidentified ? null : `<${mail.messageId}>`,
    subject: mail.subject,
    bodyPreview: text.slice(0, 255),
    parentFolderId: folderRestId(content, message),
    conversationId: `AAQk${Buffer.from(mail.networkMessageId).toString('base64url')}`,
    isRead: true,
    isDraft: message.folder?.role === 'drafts',
    body: { contentType: 'text', content: text },
    sender: person(mail.sender),
    from: person(mail.sender),
    toRecipients: mail.recipients.map(person),
    ccRecipients: [],
    bccRecipients: [],
  };
  if (shown.select?.includes('internetMessageHeaders'))
    all['internetMessageHeaders'] = messageHeaders(message).map(([name, value]) => ({
      name,
      value: value.replaceAll('\r\n ', ''),
    }));
  return Object.fromEntries(
    Object.entries(all).filter(
      ([name]) =>
        !(shown.basic && BODY_FIELDS.has(name)) &&
        (shown.select === null || name === 'id' || shown.select.includes(name)),
    ),
  );
};
