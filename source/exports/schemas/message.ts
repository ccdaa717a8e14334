import { EXPOSURE_CLASSES } from '../../domain/exposure/exposure-class.ts';
import { TRACE_SOURCES } from '../../domain/lookups/trace.ts';
import {
  count,
  definition,
  objectOf,
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

const traceSchema = objectOf({
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
  mailbox: definition('mailbox'),
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
  trace: orNull(definition('trace')),
  unresolved: unresolvedSchema,
});

/** Needs `mailbox` of the session definitions. */
export const messageDefinitions = { trace: traceSchema, message: messageSchema };
