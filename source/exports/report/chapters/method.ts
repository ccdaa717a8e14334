import { BULK_COPY_BINDS } from '../../../domain/exposure/gaps.ts';
import type { Chapter } from '../report.ts';
import { heading, list, paragraph } from '../report.ts';

const READING: readonly string[] = [
  'Each row of a source has one outcome: accepted, of another operation, duplicate, conflict or damaged. The five add up to the rows.',
  'A record is known by its Id. Rows of one Id that contradict each other are all kept, and their items are joined: never fewer than any of them says.',
  'A bind names single messages. A sync hands over a folder and names none.',
  'A message is known by its mailbox and its message id, in upper and lower case as written. Senders set message ids: where one id shows different items, that is said.',
  'Records are grouped by session id. Those without one are grouped by all else that they have in common (mailbox, user, address, client, application, logon type, device). Such a session is called derived.',
  'Times are UTC, from the record itself.',
];

const JUDGING: readonly string[] = [
  'Sessions are judged malicious or benign by an analyst. What is not judged is open.',
  'A malicious verdict on a session also covers records that come later. These are counted as "by rule, not seen by an analyst".',
  'A benign verdict holds for exactly the records it was given on. When more come, the session is open again.',
  'Addresses of the service itself say nothing of who is behind them. Verdicts by address leave them out, unless asked for.',
];

const EXPOSURE: readonly string[] = [
  'Each message is in one class, the strongest that holds: confirmed, presumed, open, benign only.',
  'A folder synchronised in a malicious context: all its messages are presumed. A malicious sync also means that the mailbox was probably copied whole. The two are reported apart.',
  'Gaps: after a throttled record the log is silent for 24 hours. More than 1,000 records of a mailbox in 24 hours without such a mark make a suspected gap. Holes of fetches and rows that could not be read are gaps too.',
  'A gap matters where it meets the stated access window, or the time from 24 hours before the first malicious record to 25 hours after the last: of the mailbox, of its owner, or of anybody who opened it. These margins are the choice of this product. Then all mail of the mailbox cannot be excluded, unless a decision with a reason rebuts the gap.',
  'A narrow access window takes nothing away: what malicious records touch counts.',
  'A benign access up to 62 minutes before malicious activity that is alike in all that Exchange compares leaves its message open: a repeat by the intruder would not have been logged.',
  `${BULK_COPY_BINDS} single accesses of one context within an hour are called a possible bulk copy. No vendor names a figure: this one is the choice of this product.`,
  'A message that only some versions of a contradicting record name is contested. It is not in the first figure, and it is in the second.',
  "Times of the intruder are those of malicious contexts alone. Times of all accesses are called anyone's.",
];

const TEXT: readonly string[] = [
  'Text from records stands on one line. Characters that are invisible or could act on a screen are written as escapes like \\u202e. Long texts are cut, and their length is said. The JSON export has every text as it came.',
  'Lists that end early say how many rows there are and which command lists them all.',
  'The commands in this report are run with --case and the folder of the case. A part behind | jq picks one value, where jq is installed.',
];

const REFERENCES: readonly string[] = [
  'Microsoft, "Use MailItemsAccessed to investigate compromised accounts" (learn.microsoft.com/purview/audit-log-investigate-accounts): binds, syncs, throttling, repeats.',
  'Microsoft, "Office 365 URLs and IP address ranges" (endpoints.office.com, worldwide instance): addresses of the service. The list ages, and what this version of mia holds may be older than the log.',
];

/** The rules by which the figures came about (`domain.md`). */
export const methodChapter = (): Chapter => ({
  id: 'method',
  title: 'Method',
  blocks: () => [
    paragraph('These are the rules by which mia counts. They are the same for every case.'),
    heading('Reading'),
    list(READING),
    heading('Judging'),
    list(JUDGING),
    heading('What follows'),
    list(EXPOSURE),
    heading('Text and commands'),
    list(TEXT),
    heading('References'),
    list(REFERENCES),
  ],
});
