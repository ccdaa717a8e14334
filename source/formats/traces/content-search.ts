import { itemIdOf } from '../../domain/records/item-id.ts';
import { DATE_ORDER, dateOrderOf, receivedAt } from '../dates/local-time.ts';
import type { CsvFormat, RowContent } from '../format.ts';
import { traceContent } from './trace-row.ts';

/** What an item list puts around an address that has no angle brackets. */
const AROUND = /^['"(]+|['".)]+$/g;
const SCHEME = /^(?:smtp|mailto):/i;

/** The address of one recipient: in angle brackets, or the last word that looks like one. */
const addressIn = (part: string): string | null => {
  // A display name may look like an address too: what stands in brackets is the one.
  const open = part.lastIndexOf('<');
  const close = part.indexOf('>', open);
  const within = open >= 0 && close > open ? part.slice(open + 1, close).trim() : '';
  const words = within.includes('@') ? [within] : part.split(/\s+/);
  const word = words.findLast((one) => one.indexOf('@') > 0);
  return word === undefined ? null : word.replace(AROUND, '').replace(SCHEME, '');
};

const isLegacyName = (part: string): boolean => /^\/o=/i.test(part);

/**
 * The addresses of a To, Cc, Bcc or sender cell of a Purview item list. Recipients stand between
 * commas or semicolons as `Name <a@x>`, `Name a@x` or `a@x`, and names hold commas as well
 * ("Jacobs, G <g@x>"). Where no address can be told, what stands there is kept: it is somebody.
 */
export const addressesOf = (line: string): readonly string[] => {
  const addresses = line.split(/[;,]/).flatMap((piece) => {
    const part = piece.trim();
    return isLegacyName(part) ? [part] : (addressIn(part) ?? []);
  });
  if (addresses.length > 0) return [...new Set(addresses)];
  return line.split(';').flatMap((piece) => (piece.trim() === '' ? [] : [piece.trim()]));
};

/**
 * What the exports call each field, in letters and digits: first the classic Content Search
 * ("Subject or Title"), then review sets and the new eDiscovery (`Email_subject`, "Subject/Title").
 */
const NAMES = {
  messageId: ['internetmessageid', 'emailmessageid', 'emailinternetmessageid', 'messageid'],
  subject: ['subjectortitle', 'subject', 'emailsubject', 'subjecttitle'],
  sender: ['senderorcreatedby', 'sender', 'emailsender', 'from', 'senderauthor'],
  received: ['receivedorcreated', 'received', 'emaildatereceived', 'datereceived'],
  sent: ['sent', 'emaildatesent', 'datesent', 'date'],
  size: ['size', 'sizebytes', 'sizeinbytes', 'nativesize', 'nativefilesize'],
  fileClass: ['fileclass'],
  item: ['itemidentity'],
} as const;

/** Every one of these that is there counts: "To - Expanded" has the members of a group in To. */
const RECIPIENTS = [
  'recipientsintoline|recipientsinccline|recipientsinbccline|toexpanded|ccexpanded|bccexpanded',
  'to|cc|bcc|emailto|emailcc|emailbcc|recipients|emailrecipients',
]
  .join('|')
  .split('|');

/** Columns that say where an item lies: no message trace has one. */
const PLACES = [
  'itemidentity|documentid|originalpath|targetpath|documentpath|exportitempath|compoundpath',
  'locationname|itemclass|fileclass|familyid|immutableid',
]
  .join('|')
  .split('|');

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');

/** The header's spelling of the first of these names that it has. */
const spelled = (header: readonly string[], names: readonly string[]): string | null => {
  const plainHeader = header.map(plain);
  const at = names.map((name) => plainHeader.indexOf(name)).find((index) => index >= 0);
  return at === undefined ? null : (header[at] ?? null);
};

const isItemList = (header: readonly string[]): boolean =>
  [NAMES.subject, NAMES.sender, PLACES].every((names) => spelled(header, names) !== null) &&
  // Without a message id nothing can be joined; the classic list is known all the same, to say so.
  spelled(header, [...NAMES.messageId, 'itemidentity']) !== null;

/** A document, a chat, a contact, or the attachment that inherits the id of its mail: no message. */
const NO_MESSAGE: RowContent = { kind: 'trace', traces: [] };

/**
 * The list of items that a Purview content search or eDiscovery export comes with: Results.csv,
 * Items.csv, Export_load_file.csv. One row is one copy of a message in one mailbox; times are UTC.
 */
export const contentSearch: CsvFormat = {
  name: 'content-search-items',
  title: 'Purview content search or eDiscovery item list (CSV)',
  kind: 'trace',
  container: 'csv',
  sample: `"Item Identity","Document ID","Original Path","Location","Location Name","Subject or Title","Sender or Created by","Recipients in To line","Recipients in Cc line","Recipients in Bcc line","To - Expanded","Sent","Has Attachments","Received or Created","Size","Internet Message Id"\r
"AAMkADAwMDA=","0","g.jacobs@contoso.example, Primary, 1\\Top of Information Store\\Inbox","Exchange","g.jacobs@contoso.example","Passport copies","Anna Smit <Anna@fabrikam.example>","Jacobs, Gina <g.jacobs@contoso.example>","hr@contoso.example","","","9/20/2025 4:05:01 PM","True","9/20/2025 4:05:03 PM","45678","<a7@fabrikam.example>"\r
`,
  recognise: isItemList,
  facts: (header, rows) => {
    const dates = new Set<string>([...NAMES.received, ...NAMES.sent]);
    const columns = [...header.keys()].filter((at) => dates.has(plain(header[at] ?? '')));
    return {
      [DATE_ORDER]: dateOrderOf(rows.flatMap((cells) => columns.map((at) => cells[at] ?? ''))),
    };
  },
  reader: (column, layout) => {
    const header = layout.header ?? [];
    const columnOf = (names: readonly string[]): number => {
      const name = spelled(header, names);
      return name === null ? -1 : column(name);
    };
    const id = columnOf(NAMES.messageId);
    const item = columnOf(NAMES.item);
    const subject = columnOf(NAMES.subject);
    const sender = columnOf(NAMES.sender);
    const received = columnOf(NAMES.received);
    const sent = columnOf(NAMES.sent);
    const size = columnOf(NAMES.size);
    const fileClass = columnOf(NAMES.fileClass);
    const recipients = RECIPIENTS.map((name) => columnOf([name])).filter((at) => at >= 0);
    const order = layout.facts[DATE_ORDER];
    return (cells) => {
      const at = (index: number) => cells[index] ?? '';
      const itemId = itemIdOf(at(item).trim());
      const isNamed = at(id).trim() !== '' || itemId !== null;
      if (!isNamed || /^attachment$/i.test(at(fileClass).trim())) return NO_MESSAGE;
      const all = new Set(recipients.flatMap((index) => addressesOf(at(index))));
      return traceContent('contentSearch', {
        messageId: at(id),
        itemId,
        networkMessageId: '',
        sender: addressesOf(at(sender))[0] ?? '',
        recipients: [...all].map((address) => ({ address, status: null })),
        status: null,
        subject: at(subject),
        ...receivedAt(at(received).trim() === '' ? at(sent) : at(received), order),
        size: at(size),
      });
    };
  },
};
