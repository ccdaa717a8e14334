import { GAP_KINDS } from '../../domain/exposure/exposure.ts';
import {
  count,
  flag,
  listOf,
  type Members,
  objectOf,
  oneOf,
  only,
  type Schema,
  sha256,
  text,
  textOrNull,
  time,
  timeOrNull,
} from '../../domain/schema.ts';
import type { Act, Decision } from '../../domain/verdicts/decision.ts';
import { jsonOf } from '../document.ts';

const targets = listOf(
  objectOf({
    session: text,
    whole: flag,
    contexts: listOf(objectOf({ key: text, records: count, digest: text })),
  }),
);

/** What only some acts have. */
const DETAILS: { readonly [Name in Act['act']]: Members } = {
  mark: {},
  undo: { of: sha256 },
  redo: { of: sha256 },
  window: { mailbox: textOrNull, from: timeOrNull, to: timeOrNull },
  rebut: { mailbox: text, from: time, to: time, kind: oneOf(...GAP_KINDS, null), rebutted: flag },
  rebutSync: {
    mailbox: text,
    syncs: count,
    contexts: { oneOf: [listOf(objectOf({ key: text, syncs: count })), { type: 'null' }] },
    rebutted: flag,
  },
  contain: {
    mailbox: textOrNull,
    sessions: timeOrNull,
    consents: timeOrNull,
    rules: timeOrNull,
    delegations: timeOrNull,
    by: textOrNull,
  },
  withdraw: { source: text },
};

/** `mia.exposure/2` promises verdict and targets for every decision. */
const actSchema = (name: string, details: Members) =>
  objectOf({
    at: time,
    analyst: text,
    act: only(name),
    verdict: name === 'mark' ? oneOf('malicious', 'benign', null) : { type: 'null' },
    targets: name === 'mark' ? targets : { type: 'array', maxItems: 0 },
    ...details,
    reason: textOrNull,
    prev: sha256,
    hash: sha256,
  });

const ACTS = Object.entries(DETAILS).map(
  ([name, details]) => [name, actSchema(name, details)] as const,
);
const WRITERS = new Map(ACTS.map(([name, schema]) => [name, jsonOf<object>(schema)]));

/** One of the acts, each with its own keys. */
export const decisionSchema: Schema = { oneOf: ACTS.map(([, schema]) => schema) };

/** What an act need not say of itself. */
const UNSAID = { verdict: null, targets: [], kind: null, contexts: null };

/**
 * `mia.exposure/2` decisions[]: every act, superseded ones too, in the order in which they were
 * made. `prev` is the hash of the line before, so that the chain can be followed in the export.
 */
export const decisionJson = (decision: Decision): object =>
  WRITERS.get(decision.act)?.({ ...UNSAID, ...decision }) ?? {};

/** What an act has of its own, by name, in the order of the document. */
export const decisionDetails = (decision: Decision): readonly (readonly [string, unknown])[] => {
  const json: { readonly [name: string]: unknown } = { ...UNSAID, ...decision };
  return Object.keys(DETAILS[decision.act]).map((name) => [name, json[name]] as const);
};
