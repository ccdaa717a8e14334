import { count, exactly, listOf, oneOf, orNull, text, time } from './parts.ts';

export const lookUpSchema = exactly({
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
});
