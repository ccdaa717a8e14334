import { classCountsOf } from '../../domain/exposure/exposure-class.ts';
import type { Gap, MailboxExposure, Summary } from '../../domain/exposure/exposure.ts';

const gapJson = (gap: Gap) => ({
  from: gap.from,
  to: gap.to,
  kind: gap.kind,
  matters: gap.matters,
  rebutted: gap.rebutted,
});

const mailboxExposureJson = (mailbox: MailboxExposure) => ({
  guid: mailbox.guid,
  owner: mailbox.owner,
  ...classCountsOf(mailbox),
  syncedFolders: mailbox.syncedFolders,
  presumedWhole: mailbox.presumedWhole,
  gaps: mailbox.gaps.map(gapJson),
  possibleBulkCopy: mailbox.possibleBulkCopy,
  nearLimit: mailbox.nearLimit,
  syncRebutted: mailbox.syncRebutted,
  firstAttributed: mailbox.firstAttributed,
  lastAttributed: mailbox.lastAttributed,
  benignSyncedFolders: mailbox.benignSyncedFolders,
  receivedAfterLastAttributed: mailbox.receivedAfterLastAttributed,
});

/** `trace` of all messages with an id, `exposedTrace` of the confirmed and presumed ones. */
const traceCounts = (trace: Summary['trace']) => ({
  resolved: trace.resolved,
  unresolved: unresolvedJson(trace.unresolved),
});

/** Sorted, because a count may have been made in any order and the same case is the same text. */
const unresolvedJson = (unresolved: Summary['trace']['unresolved']) =>
  Object.fromEntries(
    Object.entries(unresolved).toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );

/** `mia.summary/2` without its schema line, keys in the order of the contract. */
export const summaryJson = (summary: Summary) => ({
  headline: {
    maliciousMailboxes: summary.headline.maliciousMailboxes,
    logMissingMailboxes: summary.headline.logMissingMailboxes,
    notJudged: {
      messages: summary.headline.notJudged.messages,
      mailboxes: summary.headline.notJudged.mailboxes,
      others: summary.headline.notJudged.others,
    },
  },
  recorded: summary.recorded,
  namedNotBenign: summary.namedNotBenign,
  beyond: summary.beyond.map(({ reason, number }) => ({ reason, number })),
  outsideWindow:
    summary.outsideWindow === null
      ? null
      : {
          records: summary.outsideWindow.records,
          from: summary.outsideWindow.from,
          to: summary.outsideWindow.to,
        },
  byRule: { records: summary.byRule.records },
  sessions: {
    malicious: summary.sessions.malicious,
    benign: summary.sessions.benign,
    mixed: summary.sessions.mixed,
    undecided: summary.sessions.undecided,
  },
  messages: classCountsOf(summary.messages),
  unidentified: classCountsOf(summary.unidentified),
  contested: summary.contested,
  itemsMissing: summary.itemsMissing,
  itemsNamed: summary.itemsNamed,
  itemsDeclared: summary.itemsDeclared,
  mailboxes: summary.mailboxes.map(mailboxExposureJson),
  correspondents: {
    senders: summary.correspondents.senders,
    recipients: summary.correspondents.recipients,
    outside: summary.correspondents.outside,
  },
  trace: traceCounts(summary.trace),
  exposedTrace: traceCounts(summary.exposedTrace),
});
