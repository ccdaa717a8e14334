import {
  type CorrespondentDomain,
  type Correspondents,
  correspondentsOf,
} from '../../domain/people/correspondents.ts';
import { UNRESOLVED_SHORT } from '../../domain/exposure/exposure-words.ts';
import type { Message } from '../../domain/exposure/message.ts';
import type { ExportedCase } from '../exported-case.ts';
import { cutText, firstOf, mailboxText, spanText } from './cell-text.ts';
import { addRow, type ListedRows, noRows } from './listed-rows.ts';
import type { Cell, Column } from './report.ts';

/** Messages with an id, and items without one. */
export interface MailCount {
  messages: number;
  withoutId: number;
}

interface FolderCount {
  readonly mailbox: string;
  readonly folder: string;
  confirmed: number;
  presumed: number;
}

/** What a report says of the exposed messages; of these it holds the rows that it lists. */
export interface ExposedMail {
  readonly confirmed: ListedRows;
  /** Presumed because their folder was synchronised. */
  readonly byFolder: ListedRows;
  /** Presumed because of their mailbox alone. */
  readonly byMailbox: ListedRows;
  readonly inSyncedFolders: MailCount;
  readonly inMailboxes: MailCount;
  readonly folders: readonly FolderCount[];
  readonly people: Correspondents['people'];
  readonly domains: readonly CorrespondentDomain[];
}

const MAIL_COLUMNS: readonly Column[] = [
  { name: 'Subject, message id', width: 29 },
  { name: 'From, to', width: 26 },
  { name: 'Folder', width: 13 },
  { name: 'Mailbox', width: 14 },
];

export const CONFIRMED_COLUMNS: readonly Column[] = [
  ...MAIL_COLUMNS,
  { name: 'Recorded access, malicious contexts (UTC)', width: 18 },
];

export const PRESUMED_COLUMNS: readonly Column[] = [
  ...MAIL_COLUMNS,
  { name: "Recorded access, anyone's (UTC)", width: 18 },
];

const idText = ({ internetMessageId, itemId }: Message): string =>
  internetMessageId === null
    ? `no message id; item ${cutText(itemId ?? '(not stated)')}`
    : cutText(internetMessageId);

const marksOf = ({ contested, differs, receivedAfterLastAttributed }: Message) => [
  ...(contested ? ['contested: not all versions of a record name it'] : []),
  ...(differs ? ['different items were seen under this id'] : []),
  ...(receivedAfterLastAttributed ? ['received after the last access attributed so far'] : []),
];

const mailCells = (message: Message): readonly Cell[] => {
  const { trace, unresolved, folders, mailbox } = message;
  const subject =
    trace === null
      ? `(no metadata: ${unresolved === null ? 'not known why' : UNRESOLVED_SHORT[unresolved]})`
      : (trace.subject ?? '(no subject stated)');
  return [
    [cutText(subject), idText(message), ...marksOf(message)],
    trace === null
      ? null
      : [
          cutText(trace.sender ?? '(sender not stated)'),
          ...firstOf(trace.recipients, 5).map((recipient) => `to ${recipient}`),
          ...(trace.receivedAt === null ? [] : [`received ${trace.receivedAt}`]),
          ...(trace.ambiguous ? ['several mails bear this id'] : []),
        ],
    firstOf(folders, 3),
    mailboxText(mailbox),
  ];
};

const timesText = (first: string, last: string, accesses: number): readonly string[] => [
  spanText(first, last),
  `${accesses.toLocaleString('en')} recorded`,
];

const confirmedRow = (message: Message): readonly Cell[] => [
  ...mailCells(message),
  message.intruder === null
    ? null
    : timesText(message.intruder.first, message.intruder.last, message.intruder.accesses),
];

const presumedRow = (message: Message): readonly Cell[] => [
  ...mailCells(message),
  timesText(message.firstAccess, message.lastAccess, message.accesses),
];

const isByFolder = ({ presumedBy }: Message): boolean => presumedBy.includes('folder');

type Gathering = Omit<ExposedMail, 'folders' | 'people' | 'domains'> & {
  readonly folders: Map<string, FolderCount>;
};

const countFolders = (folders: Map<string, FolderCount>, message: Message): void => {
  const mailbox = mailboxText(message.mailbox);
  for (const folder of message.folders) {
    const key = `${mailbox}\n${folder}`;
    const counts = folders.get(key) ?? { mailbox, folder, confirmed: 0, presumed: 0 };
    counts[message.class === 'confirmed' ? 'confirmed' : 'presumed'] += 1;
    folders.set(key, counts);
  }
};

const countMail = (counts: MailCount, message: Message): void => {
  counts[message.internetMessageId === null ? 'withoutId' : 'messages'] += 1;
};

const add = (gathering: Gathering, message: Message): void => {
  countFolders(gathering.folders, message);
  if (message.class === 'confirmed') {
    addRow(gathering.confirmed, () => confirmedRow(message));
    return;
  }
  const byFolder = isByFolder(message);
  countMail(byFolder ? gathering.inSyncedFolders : gathering.inMailboxes, message);
  addRow(byFolder ? gathering.byFolder : gathering.byMailbox, () => presumedRow(message));
};

const passing = function* (gathering: Gathering, messages: Iterable<Message>): Generator<Message> {
  for (const message of messages) {
    add(gathering, message);
    yield message;
  }
};

const byCounts = (one: FolderCount, other: FolderCount): number =>
  other.confirmed - one.confirmed || other.presumed - one.presumed;

/** One pass over the exposed messages. */
export const exposedMail = ({ messages, ownDomains }: ExportedCase): ExposedMail => {
  const gathering: Gathering = {
    confirmed: noRows(),
    byFolder: noRows(),
    byMailbox: noRows(),
    inSyncedFolders: { messages: 0, withoutId: 0 },
    inMailboxes: { messages: 0, withoutId: 0 },
    folders: new Map(),
  };
  const { people, domains } = correspondentsOf(passing(gathering, messages()), ownDomains);
  const folders = [...gathering.folders.values()].sort(byCounts);
  return { ...gathering, folders, people, domains };
};
