import type { Chapter } from '../report.ts';

const TERMS: readonly (readonly [string, string])[] = [
  ['access', 'What one record says was accessed: a bind (single messages) or a sync (a folder).'],
  ['audit record', 'One MailItemsAccessed entry of the Unified Audit Log of Microsoft 365.'],
  ['benign', 'Judged not to be the intruder.'],
  ['bind', 'An access to single messages. Records sum up about two minutes.'],
  ['confirmed', 'A record of a malicious context names the message.'],
  [
    'context',
    'Accesses alike in session, mailbox, user, address, client, application, logon type and device. A verdict sits on contexts.',
  ],
  ['correspondent', 'Whom exposed mail was from or to. Not yet a person the mail is about.'],
  [
    'decision',
    'One act of judging, with analyst, time and reason. It is never changed, only superseded.',
  ],
  ['derived session', 'Records without a session id that are alike in all else.'],
  ['gap', 'A period of which the log cannot vouch.'],
  ['malicious', 'Judged to be the intruder.'],
  ['open', 'Not judged, or in doubt: it cannot be excluded.'],
  [
    'presumed',
    'Not confirmed, but in a folder that was synchronised, in a mailbox presumed whole, or in one with a gap that matters.',
  ],
  [
    'rebutted',
    'A decision with a reason says that nothing was lost in a gap, or that a mailbox was not copied whole.',
  ],
  ['session', 'Contexts that share a session id.'],
  ['sync', 'A folder handed to a client. The record does not name the items.'],
  [
    'throttled',
    'Exchange Online stopped logging accesses of a mailbox for 24 hours, after too many.',
  ],
  ['trace', 'Metadata of a message (subject, sender, recipients, time), and where it is from.'],
];

/** The words of the report. */
export const glossaryChapter = (): Chapter => ({
  id: 'glossary',
  title: 'Glossary',
  blocks: () => [{ block: 'terms', terms: TERMS }],
});
