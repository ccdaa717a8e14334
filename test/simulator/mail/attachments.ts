import { hashOf } from '../../../scripts/generator/random.ts';
import type { StoredMessage } from './mailbox-content.ts';

export interface Attachment {
  readonly id: string;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** Senders choose names, and some choose badly on purpose. */
const NAMES = [
  'Invoice.pdf',
  'Salaries 2026.xlsx',
  '../../../.ssh/authorized_keys',
  'CON.txt',
  'photo\u202Egpj.exe',
  'minutes?.docx',
];

const number = ({ mail }: StoredMessage): number => Number.parseInt(mail.networkMessageId, 16);

/** One message in five has one or two. */
export const attachmentsOf = (message: StoredMessage): readonly Attachment[] => {
  const chance = hashOf(number(message), 62);
  const count = chance % 5 === 0 ? 1 + (chance % 2) : 0;
  return Array.from({ length: count }, (_, index) => ({
    id: Buffer.from(`${message.entry} attachment ${index}`).toString('base64url'),
    name: NAMES[(chance + index * 5) % NAMES.length] ?? 'attachment',
    contentType: 'application/octet-stream',
    bytes: Buffer.from(`Content of attachment ${index} of ${message.mail.networkMessageId}\n`),
  }));
};
