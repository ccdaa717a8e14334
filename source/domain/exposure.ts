import type { ExposureClass } from './message.ts';
import type { Mailbox } from './session.ts';

export interface ClassCounts {
  readonly confirmed: number;
  readonly presumed: number;
  readonly open: number;
  readonly benignOnly: number;
}

/** A period the log cannot vouch for, of one mailbox. */
export interface Gap {
  readonly from: string;
  readonly to: string;
  readonly kind: 'throttled' | 'suspected';
  /** It meets the access window, or stands near the malicious activity. */
  readonly matters: boolean;
  /** A decision with a reason says that nothing was lost in it. */
  readonly rebutted: boolean;
}

/** `mia.summary/1` mailboxes[]. */
export interface MailboxExposure extends Mailbox, ClassCounts {
  readonly syncedFolders: readonly string[];
  readonly presumedWhole: readonly ('sync' | 'gap')[];
  readonly gaps: readonly Gap[];
  readonly possibleBulkCopy: boolean;
  /** From 800 records or binds in 24 hours on, without a throttled record. */
  readonly nearLimit: boolean;
}

/** `mia.summary/1` without its schema line. */
export interface Summary {
  readonly sessions: {
    readonly malicious: number;
    readonly benign: number;
    readonly mixed: number;
    readonly undecided: number;
  };
  readonly messages: ClassCounts;
  readonly unidentified: ClassCounts;
  /** Records of malicious contexts that declare more items than they list. */
  readonly itemsMissing: number;
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

/** The facts about one message that decide its class. */
export interface MessageStanding {
  readonly inMalicious: boolean;
  readonly inSyncedFolder: boolean;
  readonly mailboxPresumedWhole: boolean;
  readonly inUndecided: boolean;
}

/** Each message is in exactly one class (`domain.md`, Exposure, before "Many single binds"). */
export const classOf = (standing: MessageStanding): ExposureClass => {
  if (standing.inMalicious) return 'confirmed';
  if (standing.inSyncedFolder || standing.mailboxPresumedWhole) return 'presumed';
  return standing.inUndecided ? 'open' : 'benignOnly';
};
