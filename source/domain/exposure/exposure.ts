import type { ClassCounts } from './exposure-class.ts';
import type { Mailbox } from '../sessions/session.ts';

/** throttled: the log says so · suspected: it passed the limit and does not say so · notFetched: a hole of a fetch · unreadable: damaged rows. */
export const GAP_KINDS = ['throttled', 'suspected', 'notFetched', 'unreadable'] as const;
export type GapKind = (typeof GAP_KINDS)[number];

/** A period the log cannot vouch for, of one mailbox. */
export interface Gap {
  readonly from: string;
  readonly to: string;
  readonly kind: GapKind;
  /** It meets the time for which the log has to vouch (`exposedSpan`). */
  readonly matters: boolean;
  /** What it meets of that time: what was recorded, or only the rest of what is stated; null: it does not matter. */
  readonly meets: 'maliciousActivity' | 'accessWindow' | null;
  /** A decision with a reason says that nothing was lost in it. */
  readonly rebutted: boolean;
}

/** `mia.summary/2` mailboxes[]. */
export interface MailboxExposure extends Mailbox, ClassCounts {
  /** Its items without a message id. */
  readonly unidentified: ClassCounts;
  readonly syncedFolders: readonly string[];
  readonly presumedWhole: readonly ('sync' | 'gap')[];
  /** A decision says that the mailbox was not copied whole; its synchronised folders stay presumed. */
  readonly syncRebutted: boolean;
  readonly gaps: readonly Gap[];
  readonly possibleBulkCopy: boolean;
  /** From 800 records or binds in 24 hours on, without a throttled record. */
  readonly nearLimit: boolean;
  /** First and last record of its malicious contexts; null: it has none. */
  readonly lastAttributed: string | null;
  readonly firstAttributed: string | null;
  /** Folders synchronised in benign contexts: on devices that nobody vouched for. */
  readonly benignSyncedFolders: number;
  /** Presumed messages received after `lastAttributed`; null where no decision states containment. */
  readonly receivedAfterLastAttributed: number | null;
}

export const BEYOND_REASONS = [
  'presumedWhole',
  'gap',
  'suspectedGap',
  'itemsMissing',
  'withoutId',
  'damagedRows',
  'conflicts',
  'itemlessSource',
  'notFetched',
] as const;

/** What may lie beyond the two figures. */
export interface Beyond {
  /**
   * presumedWhole: mailboxes · gap: gaps that matter · suspectedGap: of them, those only suspected, counted here and
   * not there · itemsMissing: items declared and not named, at least · withoutId: items without a message id ·
   * damagedRows, conflicts: rows · itemlessSource: sources that carry no items · notFetched: fetches with holes.
   */
  readonly reason: (typeof BEYOND_REASONS)[number];
  readonly number: number;
}

/** Always said with its three parts together. */
export interface Headline {
  /** Mailboxes with a malicious context. */
  readonly maliciousMailboxes: number;
  /** Mailboxes with a gap that matters and is not rebutted. */
  readonly logMissingMailboxes: number;
  /** Open messages (with an id), and the mailboxes they lie in; `others`: without a malicious context. */
  readonly notJudged: {
    readonly messages: number;
    readonly mailboxes: number;
    readonly others: number;
  };
}

/** `mia.summary/2` without its schema line. */
export interface Summary {
  readonly headline: Headline;
  /** Messages with an id: recorded in contexts judged malicious; named by the log and not judged benign. */
  readonly recorded: number;
  readonly namedNotBenign: number;
  /** Reasons with a number above 0, in the order of BEYOND_REASONS. */
  readonly beyond: readonly Beyond[];
  /** Records of malicious contexts outside the stated access window; null: none, or no window. */
  readonly outsideWindow: {
    readonly records: number;
    readonly from: string;
    readonly to: string;
  } | null;
  /** Records that fell under a malicious verdict after it was given: seen by no analyst. */
  readonly byRule: { readonly records: number };
  readonly sessions: {
    readonly malicious: number;
    readonly benign: number;
    readonly mixed: number;
    readonly undecided: number;
  };
  readonly messages: ClassCounts;
  readonly unidentified: ClassCounts;
  /** Messages (with an id) that only contradicting records tie to the intruder. */
  readonly contested: number;
  /** Records of malicious contexts that declare more items than they list. */
  readonly itemsMissing: number;
  /** Of these: the items they name, and those they declare (at least). */
  readonly itemsNamed: number;
  readonly itemsDeclared: number;
  readonly mailboxes: readonly MailboxExposure[];
  readonly correspondents: {
    readonly senders: number;
    readonly recipients: number;
    readonly outside: number;
  };
  /** Of all messages with an id. */
  readonly trace: TraceCounts;
  /** Of the exposed ones (confirmed and presumed) among them. */
  readonly exposedTrace: TraceCounts;
}

export interface TraceCounts {
  readonly resolved: number;
  readonly unresolved: { readonly [reason: string]: number };
}
