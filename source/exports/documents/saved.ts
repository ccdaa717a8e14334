import {
  count,
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
const message = {
  mailbox: mailboxSchema,
  internetMessageId: textOrNull,
  itemId: textOrNull,
};

const files = listOf(
  objectOf({
    ...message,
    file: text,
    sha256,
    bytes: count,
    restId: text,
    subject: textOrNull,
    receivedAt: timeOrNull,
    savedAt: time,
    requestId: textOrNull,
    clientRequestId: textOrNull,
  }),
);

const missed = listOf(
  objectOf({
    ...message,
    reason: oneOf('notFound', 'mailboxClosed', 'failed'),
    detail: textOrNull,
    at: time,
  }),
);

/** manifest.json of a folder of saved messages. */
export const savedSchema = documentSchema('mia.saved/1', 'Messages saved, and those missing', {
  generatedAt: time,
  toolVersion: text,
  case: text,
  analyst: text,
  tenantId: textOrNull,
  account: textOrNull,
  clientId: textOrNull,
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
