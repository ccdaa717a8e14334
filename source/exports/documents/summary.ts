import {
  count,
  flag,
  listOf,
  mapOf,
  objectOf,
  oneOf,
  orNull,
  text,
  textOrNull,
  time,
  timeOrNull,
} from '../../domain/schema.ts';
import { EXPOSURE_CLASSES, type ExposureClass } from '../../domain/exposure/exposure-class.ts';
import { BEYOND_REASONS, GAP_KINDS, type Summary } from '../../domain/exposure/exposure.ts';
import { documentSchema, jsonOf } from '../document.ts';
import { fetchSchema } from './fetch.ts';
import { pastLookupSchema } from './lookup.ts';

/**
 * What every report of an exposure carries (`domain.md`, Exposure, last paragraph): counts are
 * never called reads, and silence of the log proves nothing inside a gap.
 */
export const STATEMENT =
  'An access is what the audit log recorded: it proves that a message or folder was accessed; ' +
  'whether it was viewed the log cannot answer. What is not listed is not proved untouched, and the ' +
  'log cannot state a maximum: it is silent in its gaps, does not name what a synchronised folder ' +
  'held, leaves out repeats within about an hour, and may name fewer items than it counts.';

/** What a document is limited to; null: the whole case. */
export const scopeSchema = orNull(
  objectOf({
    mailboxes: listOf(objectOf({ guid: textOrNull, owner: textOrNull })),
    caseMailboxes: count,
  }),
);
export const scopeJson = jsonOf(scopeSchema);

export const classes = Object.fromEntries(EXPOSURE_CLASSES.map((name) => [name, count])) as {
  readonly [Name in ExposureClass]: typeof count;
};

export const gapSchema = objectOf({
  from: time,
  to: time,
  kind: oneOf(...GAP_KINDS),
  matters: flag,
  rebutted: flag,
});

/** `trace` of all messages with an id, `exposedTrace` of the confirmed and presumed ones. */
const traceCounts = objectOf({
  resolved: count,
  unresolved: mapOf(count),
});

/** The headline and the two figures: what is never said apart. */
export const headlineMembers = {
  headline: objectOf({
    maliciousMailboxes: count,
    logMissingMailboxes: count,
    notJudged: objectOf({ messages: count, mailboxes: count, others: count }),
  }),
  recorded: count,
  namedNotBenign: count,
};

/** Members of `mia.summary/2`, and the `summary` of `mia.exposure/2`. */
const summaryMembers = {
  ...headlineMembers,
  beyond: listOf(objectOf({ reason: oneOf(...BEYOND_REASONS), number: count })),
  outsideWindow: orNull(objectOf({ records: count, from: time, to: time })),
  byRule: objectOf({ records: count }),
  sessions: objectOf({ malicious: count, benign: count, mixed: count, undecided: count }),
  messages: objectOf(classes),
  unidentified: objectOf(classes),
  contested: count,
  itemsMissing: count,
  itemsNamed: count,
  itemsDeclared: count,
  mailboxes: listOf(
    objectOf({
      guid: textOrNull,
      owner: textOrNull,
      ...classes,
      syncedFolders: listOf(text),
      presumedWhole: listOf(oneOf('sync', 'gap')),
      gaps: listOf(gapSchema),
      possibleBulkCopy: flag,
      nearLimit: flag,
      syncRebutted: flag,
      firstAttributed: timeOrNull,
      lastAttributed: timeOrNull,
      benignSyncedFolders: count,
      receivedAfterLastAttributed: orNull(count),
    }),
  ),
  correspondents: objectOf({ senders: count, recipients: count, outside: count }),
  trace: traceCounts,
  exposedTrace: traceCounts,
};

export const figuresSchema = objectOf(summaryMembers);

const toJson = jsonOf(figuresSchema);

/** Sorted, because a count may have been made in any order and the same case is the same text. */
const traceCountsOf = ({ resolved, unresolved }: Summary['trace']): Summary['trace'] => ({
  resolved,
  unresolved: Object.fromEntries(
    Object.entries(unresolved).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  ),
});

/** `mia.summary/2` without its schema line, keys in the order of the contract. */
export const summaryJson = (summary: Summary) =>
  toJson({
    ...summary,
    trace: traceCountsOf(summary.trace),
    exposedTrace: traceCountsOf(summary.exposedTrace),
  });

export const summarySchema = documentSchema('mia.summary/2', 'The exposure so far', {
  scope: scopeSchema,
  ...summaryMembers,
  statement: text,
  fetches: listOf(fetchSchema),
  lookUps: listOf(pastLookupSchema),
});
