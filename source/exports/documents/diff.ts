import { EXPOSURE_CLASSES } from '../../domain/exposure/exposure-class.ts';
import {
  count,
  listOf,
  objectOf,
  oneOf,
  orNull,
  sha256,
  text,
  textOrNull,
  time,
} from '../../domain/schema.ts';
import type { CaseDifference } from '../../domain/verdicts/case-difference.ts';
import { documentSchema, jsonOf } from '../document.ts';
import type { Member } from '../json-text.ts';
import { decisionJson, decisionSchema } from './decision.ts';
import { mailboxSchema } from './session.ts';
import { figuresSchema, summaryJson } from './summary.ts';

const status = oneOf('inForce', 'withdrawn', null);
const sourceSchema = objectOf({
  sha256,
  file: text,
  kind: oneOf('audit', 'trace', 'signIns'),
  first: status,
  second: status,
});

/** null: the context is not in that case. */
const sideSchema = orNull(
  objectOf({
    verdict: oneOf('malicious', 'benign', null),
    records: count,
    grownSinceVerdict: count,
    decision: orNull(objectOf({ at: time, analyst: text, reason: textOrNull, hash: sha256 })),
  }),
);
const contextSchema = objectOf({
  key: text,
  session: text,
  mailbox: mailboxSchema,
  address: textOrNull,
  client: text,
  first: sideSchema,
  second: sideSchema,
});

/** null: the message is not in that case. */
const messageClass = oneOf(...EXPOSURE_CLASSES, null);
const classSchema = objectOf({ first: messageClass, second: messageClass, messages: count });
const messageSchema = objectOf({
  mailbox: mailboxSchema,
  internetMessageId: textOrNull,
  itemId: textOrNull,
  first: messageClass,
  second: messageClass,
});

const caseSchema = objectOf({ folder: text, decisionsHead: orNull(sha256), decisions: count });

/** One of the two cases, as it was named. */
export interface ComparedCase {
  readonly folder: string;
  readonly decisionsHead: string | null;
  readonly decisions: number;
}

export const diffSchema = documentSchema(
  'mia.diff/1',
  'What two cases differ in',
  {
    first: caseSchema,
    second: caseSchema,
    sources: listOf(sourceSchema),
    decisions: objectOf({
      common: count,
      first: listOf(decisionSchema),
      second: listOf(decisionSchema),
    }),
    contexts: listOf(contextSchema),
    summary: objectOf({ first: figuresSchema, second: figuresSchema }),
    classes: listOf(classSchema),
    messages: listOf(messageSchema),
  },
  { mailbox: mailboxSchema, decision: decisionSchema },
);

const caseJson = jsonOf(caseSchema);
const sourceJson = jsonOf(sourceSchema);
const contextJson = jsonOf(contextSchema);
const classJson = jsonOf(classSchema);
const messageJson = jsonOf(messageSchema);

const messagesJson = function* ({ messages }: CaseDifference): Generator<unknown> {
  for (const message of messages) yield messageJson(message);
};

/** `mia.diff/1` without its schema line. */
export function* diffMembers(
  difference: CaseDifference,
  first: ComparedCase,
  second: ComparedCase,
): Generator<readonly [string, Member]> {
  const { after, common, summaries } = difference;
  yield ['first', { value: caseJson(first) }];
  yield ['second', { value: caseJson(second) }];
  yield ['sources', { list: difference.sources.map(sourceJson) }];
  const decisions = {
    common,
    first: after.first.map(decisionJson),
    second: after.second.map(decisionJson),
  };
  yield ['decisions', { value: decisions }];
  yield ['contexts', { list: difference.contexts.map(contextJson) }];
  const summary = { first: summaryJson(summaries.first), second: summaryJson(summaries.second) };
  yield ['summary', { value: summary }];
  yield ['classes', { list: difference.classes.map(classJson) }];
  yield ['messages', { list: messagesJson(difference) }];
}
