import type { ExposureClass } from '../exposure/exposure-class.ts';
import type { Summary } from '../exposure/exposure.ts';
import type { SourceKind } from '../records/source.ts';
import type { Mailbox, Verdict } from '../sessions/session.ts';
import type { Decision } from './decision.ts';

/** The same of the one case and of the other. */
export interface Both<One> {
  readonly first: One;
  readonly second: One;
}

/** A source as a case has it; null: it has not. */
export type SourceStatus = 'inForce' | 'withdrawn' | null;

export interface SourceDifference extends Both<SourceStatus> {
  readonly sha256: string;
  readonly file: string;
  readonly kind: SourceKind;
}

/** How a context is judged in one case. */
export interface JudgedSide {
  /** null: open. */
  readonly verdict: Verdict | null;
  readonly records: number;
  /** Records that came after a benign verdict, which holds no longer. */
  readonly grownSinceVerdict: number;
  readonly decision: Pick<Decision, 'at' | 'analyst' | 'reason' | 'hash'> | null;
}

/** null: the context is not in that case. */
export interface ContextDifference extends Both<JudgedSide | null> {
  readonly key: string;
  readonly session: string;
  readonly mailbox: Mailbox;
  readonly address: string | null;
  readonly client: string;
}

/** null: the message is not in that case. */
export interface MessageDifference extends Both<ExposureClass | null> {
  readonly mailbox: Mailbox;
  readonly internetMessageId: string | null;
  readonly itemId: string | null;
}

export interface ClassChange extends Both<ExposureClass | null> {
  readonly messages: number;
}

/** What two copies of a case differ in. */
export interface CaseDifference {
  readonly sources: readonly SourceDifference[];
  /** Decisions that both chains begin with, and what each has after them. */
  readonly common: number;
  readonly after: Both<readonly Decision[]>;
  /** By key. */
  readonly contexts: readonly ContextDifference[];
  readonly summaries: Both<Summary>;
  /** How many messages (and items without an id) are in another class, by what they are in each. */
  readonly classes: readonly ClassChange[];
  /** The same one by one, by mailbox and id; asked for anew whenever it is walked. */
  readonly messages: Iterable<MessageDifference>;
}
