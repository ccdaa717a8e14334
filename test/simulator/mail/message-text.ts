import { attachmentsOf } from './attachments.ts';
import type { Attachment } from './attachments.ts';
import type { StoredMessage } from './mailbox-content.ts';

/** RFC 2047, in pieces short enough for a line. */
const encodedWords = (text: string): string => {
  const pieces = [...text.matchAll(/.{1,12}/gsu)].map(([piece]) => piece);
  return pieces
    .map((piece) => `=?utf-8?B?${Buffer.from(piece).toString('base64')}?=`)
    .join('\r\n ');
};

export const bodyTextOf = ({ mail }: StoredMessage): string =>
  `Good day,\r\n\r\nThis is about ${mail.networkMessageId}.\r\n\r\nRegards,\r\n${mail.sender}\r\n`;

export const messageHeaders = ({ mail }: StoredMessage): readonly (readonly [string, string])[] => [
  ['From', `<${mail.sender}>`],
  ['To', mail.recipients.map((address) => `<${address}>`).join(',\r\n ')],
  ['Subject', encodedWords(mail.subject)],
  ['Date', new Date(mail.sentAt * 1000).toUTCString().replace('GMT', '+0000')],
  ...(mail.unidentified ? [] : [['Message-ID', `<${mail.messageId}>`] as const]),
  ['X-MS-Exchange-Organization-Network-Message-Id', mail.networkMessageId],
];

const attachmentPart = ({ name, contentType, bytes }: Attachment): string =>
  [
    `Content-Type: ${contentType}`,
    `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(name)}`,
    'Content-Transfer-Encoding: base64',
    '',
    bytes.toString('base64'),
    '',
  ].join('\r\n');

/** The message as RFC 822 has it. */
export const mimeOf = (message: StoredMessage): Buffer => {
  const headers = messageHeaders(message).map(([name, value]) => `${name}: ${value}`);
  const attachments = attachmentsOf(message);
  const text = `Content-Type: text/plain; charset=utf-8\r\n\r\n${bodyTextOf(message)}`;
  const lines = ['MIME-Version: 1.0', ...headers];
  if (attachments.length === 0) return Buffer.from(`${lines.join('\r\n')}\r\n${text}`);
  const boundary = `part-${message.mail.networkMessageId}`;
  const parts = [text, ...attachments.map(attachmentPart)].map(
    (part) => `--${boundary}\r\n${part}\r\n`,
  );
  const type = `Content-Type: multipart/mixed; boundary="${boundary}"`;
  return Buffer.from(
    `${[...lines, type].join('\r\n')}\r\n\r\n${parts.join('')}--${boundary}--\r\n`,
  );
};
