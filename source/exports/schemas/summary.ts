import { EXPOSURE_CLASSES } from '../../domain/exposure/exposure-class.ts';
import { BEYOND_REASONS, GAP_KINDS } from '../../domain/exposure/exposure.ts';
import {
  count,
  objectOf,
  flag,
  listOf,
  oneOf,
  orNull,
  text,
  textOrNull,
  time,
  timeOrNull,
  type Schema,
} from './parts.ts';

const classes: { readonly [name: string]: Schema } = Object.fromEntries(
  EXPOSURE_CLASSES.map((name) => [name, count]),
);

const gapSchema = objectOf({
  from: time,
  to: time,
  kind: oneOf(...GAP_KINDS),
  matters: flag,
  rebutted: flag,
});

const traceCounts = objectOf({
  resolved: count,
  unresolved: { type: 'object', additionalProperties: count },
});

/** Members of `mia.summary/2`, and the `summary` of `mia.exposure/2`. */
export const summaryMembers = {
  headline: objectOf({
    maliciousMailboxes: count,
    logMissingMailboxes: count,
    notJudged: objectOf({ messages: count, mailboxes: count, others: count }),
  }),
  recorded: count,
  namedNotBenign: count,
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
} satisfies { [name: string]: Schema };
