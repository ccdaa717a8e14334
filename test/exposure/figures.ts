/** The shape in which both computations are compared: plain data, with everything in order. */
import type { PlainGap } from './plain-gaps.ts';

export type ClassName = 'confirmed' | 'presumed' | 'open' | 'benignOnly';

export interface Times {
  readonly first: string;
  readonly last: string;
  readonly accesses: number;
}

export interface MessageFigures {
  readonly class: ClassName;
  readonly presumedBy: readonly string[];
  readonly openBecause: string | null;
  readonly contested: boolean;
  readonly receivedAfterLastAttributed: boolean;
  readonly intruder: Times | null;
  readonly anyone: Times;
  /** `key verdict`, sorted. */
  readonly sessions: readonly string[];
}

export type ClassCounts = Readonly<Record<ClassName, number>>;

export interface MailboxFigures {
  readonly counts: ClassCounts;
  readonly gaps: readonly PlainGap[];
  readonly syncedFolders: readonly string[];
  readonly presumedWhole: readonly string[];
  readonly firstAttributed: string | null;
  readonly lastAttributed: string | null;
  readonly benignSyncedFolders: number;
  /** Messages with an id; null: no decision states containment. */
  readonly receivedAfterLastAttributed: number | null;
}

export interface Figures {
  /** By mailbox and message id, or by mailbox, space and item id where there is none. */
  readonly messages: Readonly<Record<string, MessageFigures>>;
  readonly mailboxes: Readonly<Record<string, MailboxFigures>>;
  readonly counts: ClassCounts;
  readonly withoutId: ClassCounts;
  readonly contested: number;
  readonly headline: {
    readonly maliciousMailboxes: number;
    readonly logMissingMailboxes: number;
    readonly notJudged: {
      readonly messages: number;
      readonly mailboxes: number;
      readonly others: number;
    };
  };
  readonly recorded: number;
  readonly namedNotBenign: number;
  readonly beyond: Readonly<Record<string, number>>;
  readonly outsideWindow: {
    readonly records: number;
    readonly from: string;
    readonly to: string;
  } | null;
  readonly byRule: number;
}

/** Gaps in one order, whoever lists them. */
export const sortedGaps = (gaps: readonly PlainGap[]): readonly PlainGap[] =>
  gaps.toSorted((a, b) => (`${a.from} ${a.to} ${a.kind}` < `${b.from} ${b.to} ${b.kind}` ? -1 : 1));
