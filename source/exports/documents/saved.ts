import {
  count,
  type Described,
  listOf,
  objectOf,
  oneOf,
  sha256,
  text,
  textOrNull,
  time,
  timeOrNull,
} from '../../domain/schema.ts';
import { documentSchema } from '../document.ts';
import { mailboxSchema } from './session.ts';

/** Which message of the case. */
const message = { mailbox: mailboxSchema, internetMessageId: textOrNull, itemId: textOrNull };

/** One copy of a message, as it was saved. */
export const SAVED_FILE = {
  ...message,
  file: text,
  sha256,
  bytes: count,
  restId: text,
  subject: textOrNull,
  receivedAt: timeOrNull,
  savedAt: time,
  /** The tenant's id of the request that gave it, and ours. */
  requestId: textOrNull,
  clientRequestId: textOrNull,
};
const savedFile = objectOf(SAVED_FILE);
export type SavedFile = Described<typeof savedFile>;

/** A message that was asked for and of which there is no file. */
export const MISSED_MESSAGE = {
  ...message,
  /**
   * notFound: in no folder that can be reached, nor among the recoverable items; never "deleted" ·
   * mailboxClosed: it does not open to this sign-in, or is no longer there.
   */
  reason: oneOf('notFound', 'mailboxClosed', 'failed'),
  detail: textOrNull,
  at: time,
};
const missedMessage = objectOf(MISSED_MESSAGE);
export type MissedMessage = Described<typeof missedMessage>;

const files = listOf(savedFile);
const missed = listOf(missedMessage);

/** Whose work the files are. */
const savedBy = {
  generatedAt: time,
  toolVersion: text,
  case: text,
  analyst: text,
  /** Of the latest run that signed in; null: none did. */
  tenantId: textOrNull,
  account: textOrNull,
  clientId: textOrNull,
};
const by = objectOf(savedBy);
export type SavedBy = Described<typeof by>;

/** manifest.json of a folder of saved messages. */
export const savedSchema = documentSchema('mia.saved/1', 'Messages saved, and those missing', {
  ...savedBy,
  files,
  missed,
});

/** What `mia save-messages --json` prints: of `asked` on messages of this run, the lists of the folder. */
export const saveMessagesSchema = documentSchema('mia.save-messages/1', 'What was saved', {
  asked: count,
  saved: count,
  before: count,
  notFound: count,
  failed: count,
  open: count,
  filesWritten: count,
  bytesWritten: count,
  folder: text,
  files,
  missed,
});
