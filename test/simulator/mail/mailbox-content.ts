import { folderOf } from '../../../scripts/generator/folders.ts';
import type { Folder } from '../../../scripts/generator/folders.ts';
import { mailOf } from '../../../scripts/generator/mail.ts';
import type { Mail } from '../../../scripts/generator/mail.ts';
import type { CasePlan } from '../../../scripts/generator/case.ts';
import { hashOf } from '../../../scripts/generator/random.ts';
import type { Mailbox } from '../../../scripts/generator/world.ts';
import { entryOfAuditId } from './item-ids.ts';

/** What became of a message since the records were written. */
export type Whereabouts = 'in-place' | 'moved' | 'copied' | 'soft-deleted' | 'purged';

/** A message as it lies in a folder now. */
export interface StoredMessage {
  readonly mail: Mail;
  /** null: Recoverable Items, deletions. */
  readonly folder: Folder | null;
  /** Entry ids as hex. */
  readonly entry: string;
  readonly immutableEntry: string;
}

export interface MailboxContent {
  readonly mailbox: Mailbox;
  readonly messages: readonly StoredMessage[];
  readonly byEntry: ReadonlyMap<string, StoredMessage>;
  readonly byImmutableEntry: ReadonlyMap<string, StoredMessage>;
}

export const whereaboutsOf = (plan: CasePlan, mailbox: Mailbox, number: number): Whereabouts => {
  const chance = hashOf(plan.seed, 61, mailbox.index, number) % 100;
  if (chance < 4) return 'soft-deleted';
  if (chance < 7) return 'purged';
  if (chance < 12) return 'moved';
  return chance < 16 ? 'copied' : 'in-place';
};

/** Another item: a new counter near the end of the id. The letter A is that of the first place. */
const renumbered = (id: string, letter: string): string =>
  `${id.slice(0, -10)}${letter}${id.slice(-9)}`;

const stored = (mail: Mail, folder: Folder | null, id: string, immutable: string) => ({
  mail,
  folder,
  entry: entryOfAuditId(id),
  immutableEntry: entryOfAuditId(immutable),
});

const placesOf = (plan: CasePlan, mailbox: Mailbox, number: number): readonly StoredMessage[] => {
  const mail = mailOf(plan.company, mailbox, number, plan.start);
  const { itemId, immutableId, folder } = mail;
  const archive = folderOf(mailbox.folders, 'archive');
  switch (whereaboutsOf(plan, mailbox, number)) {
    case 'purged':
      return [];
    case 'soft-deleted':
      return [stored(mail, null, renumbered(itemId, 'D'), immutableId)];
    case 'moved':
      return [stored(mail, archive, renumbered(itemId, 'B'), immutableId)];
    case 'copied':
      return [
        stored(mail, folder, itemId, immutableId),
        stored(mail, archive, renumbered(itemId, 'C'), renumbered(immutableId, 'C')),
      ];
    case 'in-place':
      return [stored(mail, folder, itemId, immutableId)];
  }
};

/** Newest first. */
export const mailboxContent = (plan: CasePlan, mailbox: Mailbox): MailboxContent => {
  const messages: StoredMessage[] = [];
  for (let number = 0; number < plan.mailCount; number += 1)
    messages.push(...placesOf(plan, mailbox, number));
  messages.sort((one, other) => other.mail.sentAt - one.mail.sentAt);
  return {
    mailbox,
    messages,
    byEntry: new Map(messages.map((one) => [one.entry, one])),
    byImmutableEntry: new Map(messages.map((one) => [one.immutableEntry, one])),
  };
};
