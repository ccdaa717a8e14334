import type { GapKind } from '../exposure/exposure.ts';
import type { Verdict } from '../sessions/session.ts';

/** A context as it stood when it was judged: a benign verdict holds for exactly these records. */
export interface ContextNote {
  readonly key: string;
  readonly records: number;
  /** `Context.digest` at that moment. */
  readonly digest: string;
}

/** How many records of Syncs a context held when the presumption that they raise was rebutted. */
export interface SyncNote {
  readonly key: string;
  readonly syncs: number;
}

/** What a mark sits on. `whole`: the session itself, so a malicious verdict covers what arrives later. */
export interface Target {
  readonly session: string;
  readonly whole: boolean;
  readonly contexts: readonly ContextNote[];
}

/** When what the intruder held was ended (UTC ISO; null: not stated), and by whom. */
export interface Containment {
  readonly sessions: string | null;
  readonly consents: string | null;
  readonly rules: string | null;
  readonly delegations: string | null;
  readonly by: string | null;
}

/** One act of judging. Never changed, only superseded; undo and redo are acts too. */
export type Act =
  /** verdict null clears. */
  | { readonly act: 'mark'; readonly verdict: Verdict | null; readonly targets: readonly Target[] }
  | { readonly act: 'undo' | 'redo'; readonly of: string }
  /** The access window as the analyst states it: of one mailbox (guid), or of the case (null). Both ends null: none. */
  | {
      readonly act: 'window';
      readonly mailbox: string | null;
      readonly from: string | null;
      readonly to: string | null;
    }
  /**
   * "Nothing was lost in this gap", with a reason; `rebutted: false` takes it back. `kind` is that of
   * the gap; decisions without one are of when gaps were throttled or suspected alone.
   */
  | {
      readonly act: 'rebut';
      readonly mailbox: string;
      readonly from: string;
      readonly to: string;
      readonly kind?: GapKind;
      readonly rebutted: boolean;
    }
  /**
   * "The mailbox was not copied whole, though it was synchronised": holds while no further record of a
   * malicious Sync is in the case. `contexts`: the malicious ones that synchronised it (older decisions
   * have the number of their records alone). `rebutted: false` takes it back.
   */
  | {
      readonly act: 'rebutSync';
      readonly mailbox: string;
      readonly syncs: number;
      readonly contexts?: readonly SyncNote[];
      readonly rebutted: boolean;
    }
  /** When the intruder was shut out, and by whom; of one mailbox (guid), or of the case (null). All null: not stated. */
  | ({ readonly act: 'contain'; readonly mailbox: string | null } & Containment)
  | { readonly act: 'withdraw'; readonly source: string };

/** A line of `decisions.jsonl`. */
export type Decision = Act & {
  readonly at: string;
  readonly analyst: string;
  /** Random per started program: undo takes back this console's own latest act. */
  readonly console: string;
  readonly reason: string | null;
  /** Hash of the line before, 64 zeros for the first. */
  readonly prev: string;
  /** SHA-256 over the line without `hash` (`store/decision-log.ts`). */
  readonly hash: string;
};
