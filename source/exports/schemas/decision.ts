import { GAP_KINDS } from '../../domain/exposure/exposure.ts';
import {
  count,
  objectOf,
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

const targetSchema = objectOf({
  session: text,
  whole: flag,
  contexts: listOf(objectOf({ key: text, records: count, digest: text })),
});

const act = (name: string, details: { readonly [name: string]: Schema }, verdict: Schema): Schema =>
  objectOf({
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

const syncNotes = listOf(objectOf({ key: text, syncs: count }));

/** One of the acts, each with its own keys. */
export const decisionSchema: Schema = {
  oneOf: [
    act('mark', {}, oneOf('malicious', 'benign', null)),
    act('undo', { of: sha256 }, none),
    act('redo', { of: sha256 }, none),
    act('window', { mailbox: textOrNull, from: timeOrNull, to: timeOrNull }, none),
    act(
      'rebut',
      { mailbox: text, from: time, to: time, kind: oneOf(...GAP_KINDS, null), rebutted: flag },
      none,
    ),
    act(
      'rebutSync',
      { mailbox: text, syncs: count, contexts: { oneOf: [syncNotes, none] }, rebutted: flag },
      none,
    ),
    act(
      'contain',
      {
        mailbox: textOrNull,
        sessions: timeOrNull,
        consents: timeOrNull,
        rules: timeOrNull,
        delegations: timeOrNull,
        by: textOrNull,
      },
      none,
    ),
    act('withdraw', { source: text }, none),
  ],
};
