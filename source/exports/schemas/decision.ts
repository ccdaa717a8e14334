import {
  count,
  exactly,
  flag,
  listOf,
  oneOf,
  sha256,
  text,
  textOrNull,
  time,
  timeOrNull,
  type Schema,
} from './parts.ts';

const targetSchema = exactly({
  session: text,
  whole: flag,
  contexts: listOf(exactly({ key: text, records: count, digest: text })),
});

const act = (name: string, details: { readonly [name: string]: Schema }, verdict: Schema): Schema =>
  exactly({
    at: time,
    analyst: text,
    act: { const: name },
    verdict,
    targets: name === 'mark' ? listOf(targetSchema) : { type: 'array', maxItems: 0 },
    ...details,
    reason: textOrNull,
    prev: sha256,
    hash: sha256,
  });

const none: Schema = { type: 'null' };

/** One of the six acts, each with exactly its own keys. */
export const decisionSchema: Schema = {
  oneOf: [
    act('mark', {}, oneOf('malicious', 'benign', null)),
    act('undo', { of: sha256 }, none),
    act('redo', { of: sha256 }, none),
    act('window', { mailbox: textOrNull, from: timeOrNull, to: timeOrNull }, none),
    act('rebut', { mailbox: text, from: time, to: time, rebutted: flag }, none),
    act('withdraw', { source: text }, none),
  ],
};
