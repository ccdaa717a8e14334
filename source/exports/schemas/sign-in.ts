import { SIGN_IN_EVENTS } from '../../domain/sessions/sign-in.ts';
import { SIGN_IN_JOINS } from '../../domain/sessions/sign-in-join.ts';
import { count, objectOf, flag, listOf, oneOf, orNull, text, textOrNull, time } from './parts.ts';

const flagOrNull = orNull(flag);

/** A sign-in as `signInJson` writes it. */
export const signInLogSchema = objectOf({
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
