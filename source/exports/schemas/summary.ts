import {
  count,
  exactly,
  flag,
  listOf,
  oneOf,
  text,
  textOrNull,
  time,
  type Schema,
} from './parts.ts';

const classes = {
  confirmed: count,
  presumed: count,
  open: count,
  benignOnly: count,
} satisfies { [name: string]: Schema };

const gapSchema = exactly({
  from: time,
  to: time,
  kind: oneOf('throttled', 'suspected'),
  matters: flag,
  rebutted: flag,
});

const traceCounts = exactly({
  resolved: count,
  unresolved: { type: 'object', additionalProperties: count },
});

/** Members of `mia.summary/1`, and the `summary` of `mia.exposure/1`. */
export const summaryMembers = {
  sessions: exactly({ malicious: count, benign: count, mixed: count, undecided: count }),
  messages: exactly(classes),
  unidentified: exactly(classes),
  itemsMissing: count,
  mailboxes: listOf(
    exactly({
      guid: textOrNull,
      owner: textOrNull,
      ...classes,
      syncedFolders: listOf(text),
      presumedWhole: listOf(oneOf('sync', 'gap')),
      gaps: listOf(gapSchema),
      possibleBulkCopy: flag,
      nearLimit: flag,
    }),
  ),
  correspondents: exactly({ senders: count, recipients: count, outside: count }),
  trace: traceCounts,
  exposedTrace: traceCounts,
} satisfies { [name: string]: Schema };
