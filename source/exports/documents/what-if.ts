import { changedMailboxes, NOT_BY_ITS_PRICE, type WhatIf } from '../../domain/exposure/what-if.ts';
import { count, listOf, objectOf, oneOf, text } from '../../domain/schema.ts';
import { documentSchema, jsonOf } from '../document.ts';
import { mailboxSchema } from './session.ts';
import { classes, figuresSchema, gapSchema, summaryJson } from './summary.ts';

const effectSchema = objectOf({
  messages: objectOf(classes),
  presumedWhole: listOf(oneOf('sync', 'gap')),
  syncedFolders: listOf(text),
  gaps: listOf(gapSchema),
});

const members = {
  verdict: oneOf('malicious', 'benign'),
  sessions: count,
  contexts: count,
  replaced: count,
  before: figuresSchema,
  after: figuresSchema,
  mailboxes: listOf(
    objectOf({ mailbox: mailboxSchema, before: effectSchema, after: effectSchema }),
  ),
  statement: text,
};

const toJson = jsonOf(objectOf(members));

/** `mia.whatif/1` without its schema line. `mailboxes`: those that it would change. */
export const whatIfJson = (whatIf: WhatIf) =>
  toJson({
    ...whatIf,
    before: summaryJson(whatIf.before),
    after: summaryJson(whatIf.after),
    mailboxes: changedMailboxes(whatIf),
    statement: NOT_BY_ITS_PRICE,
  });

export const whatifSchema = documentSchema('mia.whatif/1', 'What a verdict would change', members, {
  mailbox: mailboxSchema,
  gap: gapSchema,
  figures: figuresSchema,
});
