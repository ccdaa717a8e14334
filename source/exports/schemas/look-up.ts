import { count, exactly, flag, listOf, oneOf, orNull, text, time } from './parts.ts';

const statement = {
  asked: count,
  found: count,
  olderThanTrace: count,
  notFound: count,
  failed: count,
  open: count,
  notAskedSingly: exactly({ messages: count, requests: count, seconds: count }),
  lateSince: orNull(time),
  traffic: orNull(exactly({ addresses: listOf(text), from: time })),
  requests: count,
  refused: listOf(
    exactly({ service: oneOf('messageTrace', 'mailbox'), problem: text, hint: text }),
  ),
} as const;

/** What a look-up came to, as `lookUpJson` writes it. */
export const lookUpSchema = exactly(statement);

/** A look-up that ended, as `pastLookUpJson` writes it. */
export const pastLookUpSchema = exactly({
  startedAt: time,
  endedAt: time,
  outcome: oneOf('finished', 'cancelled', 'failed'),
  cloud: text,
  tenantId: text,
  account: text,
  clientId: text,
  analyst: text,
  again: flag,
  thorough: flag,
  mailboxes: flag,
  ...statement,
});
