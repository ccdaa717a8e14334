import type { AskedMessage, PresumedMailbox } from '../../domain/exposure/asked-message.ts';
import { EXPOSURE_CLASSES } from '../../domain/exposure/exposure-class.ts';
import {
  count,
  flag,
  listOf,
  objectOf,
  oneOf,
  orNull,
  text,
  textOrNull,
  time,
} from '../../domain/schema.ts';
import { documentSchema, jsonOf } from '../document.ts';
import { traceSchema } from './message.ts';
import { mailboxSchema } from './session.ts';
import { gapSchema } from './summary.ts';

const touchSchema = objectOf({
  key: text,
  verdict: oneOf('malicious', 'benign', 'mixed', null),
  first: time,
  last: time,
  actors: listOf(text),
  addresses: listOf(text),
  clients: listOf(text),
});

const touchedSchema = objectOf({
  mailbox: mailboxSchema,
  internetMessageId: textOrNull,
  itemId: textOrNull,
  folders: listOf(text),
  class: oneOf(...EXPOSURE_CLASSES),
  presumedBy: listOf(oneOf('folder', 'sync', 'gap')),
  openBecause: oneOf('undecided', 'contested', 'repeat', null),
  firstAccess: time,
  lastAccess: time,
  accesses: count,
  intruder: orNull(objectOf({ first: time, last: time, accesses: count })),
  sessions: listOf(touchSchema),
  trace: orNull(traceSchema),
});

const askedSchema = objectOf({
  asked: text,
  otherSpelling: flag,
  messages: listOf(touchedSchema),
  notInLog: listOf(objectOf({ internetMessageId: text, trace: orNull(traceSchema) })),
});

const presumedSchema = objectOf({
  mailbox: mailboxSchema,
  presumedWhole: listOf(oneOf('sync', 'gap')),
  syncedFolders: listOf(text),
  gaps: listOf(gapSchema),
});

const toJson = jsonOf(askedSchema);
const presumedToJson = jsonOf(presumedSchema);

/** `mia.who/1` asked[]. */
export const askedJson = ({ messages, ...asked }: AskedMessage) =>
  toJson({
    ...asked,
    messages: messages.map(({ message, touches }) => ({ ...message, sessions: touches })),
  });

/** `mia.who/1` presumed[]. */
export const presumedJson = ({ guid, owner, ...presumed }: PresumedMailbox) =>
  presumedToJson({ ...presumed, mailbox: { guid, owner } });

export const whoSchema = documentSchema(
  'mia.who/1',
  'Who accessed these messages',
  { asked: listOf(askedSchema), presumed: listOf(presumedSchema), statement: text },
  { mailbox: mailboxSchema, trace: traceSchema, gap: gapSchema },
);
