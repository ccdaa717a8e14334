import {
  count,
  flag,
  listOf,
  objectOf,
  oneOf,
  orNull,
  sizeOrNull,
  text,
  textOrNull,
  time,
  timeOrNull,
} from '../../domain/schema.ts';
import { documentSchema, jsonOf } from '../document.ts';
import { mailboxSchema } from './session.ts';
import { EXPOSURE_CLASSES } from '../../domain/exposure/exposure-class.ts';
import { TRACE_SOURCES } from '../../domain/lookups/trace.ts';

export const unresolvedSchema = oneOf(
  'notLookedUp',
  'olderThanTrace',
  'draftOrNeverSent',
  'notFound',
  'lookupFailed',
  null,
);

/** Metadata of a message: `mia.messages/2` trace, and `mia.trace/1`. */
export const traceSchema = objectOf({
  source: oneOf(...TRACE_SOURCES),
  status: textOrNull,
  subject: textOrNull,
  sender: textOrNull,
  recipients: listOf(text),
  receivedAt: timeOrNull,
  size: sizeOrNull,
  ambiguous: flag,
});

const messageSchema = objectOf({
  mailbox: mailboxSchema,
  internetMessageId: textOrNull,
  itemId: textOrNull,
  folders: listOf(text),
  sizeInBytes: sizeOrNull,
  differs: flag,
  firstAccess: time,
  lastAccess: time,
  accesses: count,
  intruder: orNull(objectOf({ first: time, last: time, accesses: count })),
  sessions: listOf(objectOf({ key: text, verdict: oneOf('malicious', 'benign', 'mixed', null) })),
  class: oneOf(...EXPOSURE_CLASSES),
  presumedBy: listOf(oneOf('folder', 'sync', 'gap')),
  contested: flag,
  openBecause: oneOf('undecided', 'contested', 'repeat', null),
  receivedAfterLastAttributed: flag,
  trace: orNull(traceSchema),
  unresolved: unresolvedSchema,
});

/** Needs `mailbox` of the session definitions. */
export const messageDefinitions = { trace: traceSchema, message: messageSchema };

/** `mia.messages/2` messages[], keys in the order of the contract. */
export const messageJson = jsonOf(messageSchema);

export const messagesSchema = documentSchema(
  'mia.messages/2',
  'Messages',
  { messages: listOf(messageSchema) },
  { mailbox: mailboxSchema, ...messageDefinitions },
);
