import {
  count,
  definition,
  objectOf,
  flag,
  listOf,
  oneOf,
  text,
  textOrNull,
  time,
  type Schema,
} from './parts.ts';
import { signInLogSchema } from './sign-in.ts';

const figures = {
  firstSeen: time,
  lastSeen: time,
  records: count,
  binds: count,
  syncs: count,
  operations: count,
  messages: count,
} satisfies { [name: string]: Schema };

const marks = {
  throttled: count,
  itemsMissing: count,
  appOnly: flag,
  delegate: flag,
  external: flag,
  ownApplication: flag,
} satisfies { [name: string]: Schema };

export const mailboxSchema = objectOf({ guid: textOrNull, owner: textOrNull });

const contextSchema = objectOf({
  key: text,
  mailbox: definition('mailbox'),
  actor: textOrNull,
  address: textOrNull,
  client: text,
  clientInfo: textOrNull,
  appId: textOrNull,
  clientAppId: textOrNull,
  logonType: { type: ['integer', 'null'] },
  deviceId: textOrNull,
  ...figures,
  ...marks,
  verdict: oneOf('malicious', 'benign', null),
  grownSinceVerdict: count,
});

const sessionSchema = objectOf({
  key: text,
  sessionId: textOrNull,
  sessionIdSources: listOf(oneOf('SessionId', 'AADSessionId', 'DeviceProperties')),
  otherSessionIds: listOf(text),
  kin: listOf(text),
  derived: flag,
  actors: listOf(text),
  mailboxes: listOf(definition('mailbox')),
  addresses: listOf(text),
  clients: listOf(text),
  appIds: listOf(text),
  ...figures,
  ...marks,
  verdict: oneOf('malicious', 'benign', 'mixed', null),
  grownSinceVerdict: count,
  contexts: { ...listOf(definition('context')), minItems: 1 },
  signIns: listOf(definition('signIn')),
});

export const sessionDefinitions = {
  mailbox: mailboxSchema,
  context: contextSchema,
  session: sessionSchema,
  signIn: signInLogSchema,
};
