import type { Folder } from './folders.ts';
import { BASE64, hashOf, seededRandom } from './random.ts';
import type { Random } from './random.ts';
import { subjectOf } from './subjects.ts';
import type { Company, Mailbox } from './world.ts';

/** A message in a mailbox. */
export interface Mail {
  /** Without angle brackets. */
  readonly messageId: string;
  readonly itemId: string;
  readonly immutableId: string;
  readonly networkMessageId: string;
  readonly size: number;
  readonly subject: string;
  readonly sender: string;
  readonly recipients: readonly string[];
  /** Seconds since 1970. */
  readonly sentAt: number;
  readonly folder: Folder;
  /** It lies in other mailboxes too, under the same message id. */
  readonly shared: boolean;
  /** The item has no InternetMessageId: domain word *unidentified*. */
  readonly unidentified: boolean;
}

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const REGIONS = ['uksouth', 'northeurope', 'westus2', 'northcentralus'];

/** Half of what is read lies in the inbox. */
const FOLDER_MIX = [0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4, 5];

const swapCase = (text: string): string => {
  let swapped = '';
  for (const letter of text) {
    const lower = letter.toLowerCase();
    swapped += letter === lower ? letter.toUpperCase() : lower;
  }
  return swapped;
};

const exchangeId = (random: Random): string => {
  const server = `${random.text('ABDVP', 2)}1PR0${random.below(10)}MB${random.between(1000, 9999)}`;
  return `${server}${random.hex(20).toUpperCase()}@${server}.eurprd0${random.below(10)}.prod.outlook.com`;
};

/** Message ids are set by senders: the spellings seen in real logs, all of them opaque. */
export const spellMessageId = (random: Random, partner: string): string => {
  switch (random.below(10)) {
    case 0:
      return `${random.guid()}@az.${random.pick(REGIONS)}.production.microsoft.com`;
    case 1:
      return `${random.hex(32)}-JFBVALKQ${random.text(UPPER, 60)}===@microsoft.com`;
    case 2:
      return `CA+${random.text(BASE64, 20).replaceAll('/', '_')}=${random.text(BASE64, 12)}@mail.${partner}`;
    case 3:
      return `${random.text(UPPER, 12)}.${random.text(UPPER, 12)}@lb6pepf0000${random.hex(4)}`;
    case 4:
      return `${random.between(1e8, 2e9)}.${random.between(1e5, 9e6)}.${random.between(1e12, 2e12)}@ltx1-app${random.between(100, 99999)}.prod.${partner}`;
    default:
      return exchangeId(random);
  }
};

/** The mail's own number in its mailbox, as the tail of its ids: distinct by construction. */
const tail = (number: number): string => {
  let text = '';
  for (let rest = number, i = 0; i < 5; i += 1, rest = Math.floor(rest / 64))
    text = BASE64[rest % 64]! + text;
  return text;
};

/** One message in five went to colleagues too, and has the same message id in their mailboxes. */
const isShared = (number: number): boolean =>
  number % 97 === 1 ? isShared(number - 1) : number % 5 === 0;

const messageIdOf = (seed: number, mailbox: number, number: number, partner: string): string => {
  const whose = isShared(number) ? -1 : mailbox;
  // Ids are case-sensitive: now and then two differ in nothing else.
  if (number % 97 === 1) return swapCase(messageIdOf(seed, mailbox, number - 1, partner));
  return spellMessageId(seededRandom(hashOf(seed, 11, whose, number)), partner);
};

/** A shared message says the same about itself in every mailbox, so its recipients must too. */
const recipientsOf = (
  company: Company,
  mailbox: Mailbox,
  shared: Random,
  isSharedMail: boolean,
): readonly string[] => {
  const first = isSharedMail ? shared.pick(company.mailboxes).upn : mailbox.upn;
  const second = shared.pick(company.mailboxes).upn;
  return second === first || shared.chance(0.6) ? [first] : [first, second];
};

/** 96 characters: a length, the 70 bytes of a MAPI entry id, a closing byte. */
const itemIdOf = (folder: Folder, number: number): string => {
  const [provider, database] = [folder.id.slice(7, 28), folder.id.slice(31, 52)];
  const role = folder.id.slice(59, 60);
  return `RgAAAAD${provider}BwD${database}AAAAAAE${role}AAD${database}AAA${tail(number)}AAAP`;
};

/** The provider that the immutable ids of all mailboxes share, then as much as tells items apart. */
const immutableIdOf = (folder: Folder, number: number): string =>
  `LgAAAAAdhAMRqmYRzZvIAKoAL8RaDQA${folder.id.slice(31, 52)}AAA${tail(number)}AAAA`;

/**
 * Message `number` of a mailbox: made anew whenever asked for, always the same, so that a case of
 * any size needs no list of its messages. `before`: seconds since 1970, all mail is older.
 */
export const mailOf = (
  company: Company,
  mailbox: Mailbox,
  number: number,
  before: number,
): Mail => {
  const random = seededRandom(hashOf(company.seed, 12, mailbox.index, number));
  const shared = seededRandom(
    hashOf(company.seed, 13, isShared(number) ? -1 : mailbox.index, number),
  );
  const folder = mailbox.folders[FOLDER_MIX[random.below(FOLDER_MIX.length)]!]!;
  const outside = `${shared.pick(['info', 'h.smit', 'Billing', 'office'])}@${shared.pick(company.partners)}`;
  const colleague = shared.pick(company.mailboxes).upn;
  const mine = !isShared(number) && (folder.role === 'sent' || folder.role === 'drafts');
  return {
    messageId: messageIdOf(company.seed, mailbox.index, number, shared.pick(company.partners)),
    itemId: itemIdOf(folder, number),
    immutableId: immutableIdOf(folder, number),
    networkMessageId: shared.guid(),
    size: 2000 + (shared.next() % 900) * (shared.next() % 900),
    subject: subjectOf(shared),
    sender: mine ? mailbox.upn : shared.chance(0.6) ? outside : colleague,
    recipients: mine ? [outside] : recipientsOf(company, mailbox, shared, isShared(number)),
    sentAt: before - 3600 - shared.below(100 * 86400),
    folder,
    shared: isShared(number),
    unidentified: number % 131 === 7,
  };
};
