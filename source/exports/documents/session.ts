import { type JoinedSignIn, isCertain, SIGN_IN_JOINS } from '../../domain/sessions/sign-in-join.ts';
import { isDeviceCode, riskOf, SIGN_IN_EVENTS, succeeded } from '../../domain/sessions/sign-in.ts';
import type { Session } from '../../domain/sessions/session.ts';
import {
  count,
  flag,
  integerOrNull,
  listOf,
  objectOf,
  oneOf,
  orNull,
  text,
  textOrNull,
  time,
} from '../../domain/schema.ts';
import { documentSchema, jsonOf } from '../document.ts';

const figures = {
  firstSeen: time,
  lastSeen: time,
  records: count,
  binds: count,
  syncs: count,
  operations: count,
  messages: count,
};

const marks = {
  throttled: count,
  itemsMissing: count,
  appOnly: flag,
  delegate: flag,
  external: flag,
  ownApplication: flag,
};

/** A mailbox in every document. */
export const mailboxSchema = objectOf({ guid: textOrNull, owner: textOrNull });

const contextSchema = objectOf({
  key: text,
  mailbox: mailboxSchema,
  actor: textOrNull,
  address: textOrNull,
  client: text,
  clientInfo: textOrNull,
  appId: textOrNull,
  clientAppId: textOrNull,
  logonType: integerOrNull,
  deviceId: textOrNull,
  ...figures,
  ...marks,
  verdict: oneOf('malicious', 'benign', null),
  grownSinceVerdict: count,
});

const flagOrNull = orNull(flag);

const signInSchema = objectOf({
  id: text,
  time,
  joinedBy: oneOf(...SIGN_IN_JOINS),
  certain: flag,
  event: oneOf(...SIGN_IN_EVENTS, null),
  interactive: flagOrNull,
  user: textOrNull,
  userId: textOrNull,
  app: textOrNull,
  appId: textOrNull,
  clientApp: textOrNull,
  resource: textOrNull,
  address: textOrNull,
  city: textOrNull,
  country: textOrNull,
  network: orNull(count),
  deviceId: textOrNull,
  device: textOrNull,
  operatingSystem: textOrNull,
  browser: textOrNull,
  trustType: textOrNull,
  userAgent: textOrNull,
  protocol: textOrNull,
  transferMethod: textOrNull,
  deviceCode: flag,
  incomingToken: textOrNull,
  requirement: textOrNull,
  methods: listOf(text),
  conditionalAccess: textOrNull,
  risk: oneOf('stated', 'low', 'medium', 'high', null),
  riskLevel: textOrNull,
  riskAggregated: textOrNull,
  riskState: textOrNull,
  riskEvents: listOf(text),
  succeeded: flagOrNull,
  errorCode: orNull(count),
  failureReason: textOrNull,
  sessionId: textOrNull,
  tokenId: textOrNull,
  correlationId: textOrNull,
});

const sessionSchema = objectOf({
  key: text,
  sessionId: textOrNull,
  sessionIdSources: listOf(oneOf('SessionId', 'AADSessionId', 'DeviceProperties')),
  otherSessionIds: listOf(text),
  kin: listOf(text),
  derived: flag,
  actors: listOf(text),
  mailboxes: listOf(mailboxSchema),
  addresses: listOf(text),
  clients: listOf(text),
  appIds: listOf(text),
  ...figures,
  ...marks,
  verdict: oneOf('malicious', 'benign', 'mixed', null),
  grownSinceVerdict: count,
  contexts: { ...listOf(contextSchema), minItems: 1 },
  signIns: listOf(signInSchema),
});

export const sessionDefinitions = {
  mailbox: mailboxSchema,
  context: contextSchema,
  session: sessionSchema,
  signIn: signInSchema,
};

const toJson = jsonOf(sessionSchema);

/** An entry of the sign-in log, and how it was joined. */
const signInOf = (joined: JoinedSignIn) => ({
  ...joined.signIn,
  joinedBy: joined.by,
  certain: isCertain(joined),
  deviceCode: isDeviceCode(joined.signIn),
  risk: riskOf(joined.signIn),
  succeeded: succeeded(joined.signIn),
});

/** `mia.sessions/1` sessions[], keys in the order of the contract. */
export const sessionJson = (session: Session) =>
  toJson({ ...session, signIns: session.signIns.map(signInOf) });

export const sessionsSchema = documentSchema(
  'mia.sessions/1',
  'Sessions',
  { sessions: listOf(sessionSchema) },
  sessionDefinitions,
);
