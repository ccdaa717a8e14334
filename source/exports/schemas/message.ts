import { EXPOSURE_CLASSES } from '../../domain/message.ts';
import { TRACE_SOURCES } from '../../domain/trace.ts';
import {
  count,
  definition,
  exactly,
  flag,
  listOf,
  oneOf,
  orNull,
  sizeOrNull,
  text,
  textOrNull,
  time,
  timeOrNull,
} from './parts.ts';

export const unresolvedSchema = oneOf(
  'notLookedUp',
  'olderThanTrace',
  'draftOrNeverSent',
  'notFound',
  'lookupFailed',
  null,
);

const traceSchema = exactly({
  source: oneOf(...TRACE_SOURCES),
  status: textOrNull,
  subject: textOrNull,
  sender: textOrNull,
  recipients: listOf(text),
  receivedAt: timeOrNull,
  size: sizeOrNull,
  ambiguous: flag,
});

const messageSchema = exactly({
  mailbox: definition('mailbox'),
  internetMessageId: textOrNull,
  itemId: textOrNull,
  folders: listOf(text),
  sizeInBytes: sizeOrNull,
  differs: flag,
  firstAccess: time,
  lastAccess: time,
  accesses: count,
  sessions: listOf(text),
  class: oneOf(...EXPOSURE_CLASSES),
  trace: orNull(definition('trace')),
  unresolved: unresolvedSchema,
});

/** Needs `mailbox` of the session definitions. */
export const messageDefinitions = { trace: traceSchema, message: messageSchema };
