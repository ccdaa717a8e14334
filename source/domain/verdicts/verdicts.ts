import { applyDecision, lastInForce, lastUndone, nothingInForce } from './acts-in-force.ts';
import type { ActsInForce, Undoable } from './acts-in-force.ts';
import type { ContextNote, Decision } from './decision.ts';
import type { ShownVerdict, Verdict } from '../sessions/session.ts';

type Mark = Extract<Decision, { readonly act: 'mark' }>;
type Windowed = Extract<Decision, { readonly act: 'window' }>;
type Rebuttal = Extract<Decision, { readonly act: 'rebut' }>;
type SyncRebuttal = Extract<Decision, { readonly act: 'rebutSync' }>;
type Contained = Extract<Decision, { readonly act: 'contain' }>;

/** A mark with its position among all acts, which it keeps when it is undone. */
interface OrderedMark {
  readonly mark: Mark;
  readonly order: number;
  /** By context key: how each context stood when it was marked. */
  readonly notes: ReadonlyMap<string, ContextNote>;
}

/** Marks that touch one session, oldest first: on the session itself, and on its contexts by key. */
interface SessionMarks {
  readonly whole: OrderedMark[];
  readonly own: Map<string, OrderedMark[]>;
}

/**
 * The sum of all decisions so far. `foldDecisions` changes it in place, because each console
 * follows thousands of decisions one by one; read it only with the functions below and in
 * `mailbox-decisions.ts`.
 */
export interface VerdictState {
  readonly inForce: ActsInForce;
  /** By session key. */
  readonly marks: Map<string, SessionMarks>;
  /** By mailbox GUID, null for the case. */
  readonly windows: Map<string | null, Windowed[]>;
  readonly rebuttals: Map<string, Rebuttal[]>;
  readonly syncRebuttals: Map<string, SyncRebuttal[]>;
  /** By mailbox GUID, null for the case. */
  readonly containments: Map<string | null, Contained[]>;
}

const emptyState = (): VerdictState => ({
  inForce: nothingInForce(),
  marks: new Map(),
  windows: new Map(),
  rebuttals: new Map(),
  syncRebuttals: new Map(),
  containments: new Map(),
});

const addTo = <Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void => {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
};

const marksOf = (state: VerdictState, session: string): SessionMarks => {
  const known = state.marks.get(session);
  if (known !== undefined) return known;
  const marks: SessionMarks = { whole: [], own: new Map() };
  state.marks.set(session, marks);
  return marks;
};

const addMark = (state: VerdictState, mark: Mark): void => {
  for (const target of mark.targets) {
    const marks = marksOf(state, target.session);
    const notes = new Map(target.contexts.map((note) => [note.key, note]));
    const ordered = { mark, order: state.inForce.acts.size, notes };
    if (target.whole) marks.whole.push(ordered);
    else for (const key of notes.keys()) addTo(marks.own, key, ordered);
  }
};

const add = (state: VerdictState, decision: Decision): void => {
  if (state.inForce.acts.has(decision.hash)) return;
  applyDecision(state.inForce, decision);
  if (decision.act === 'mark') addMark(state, decision);
  else if (decision.act === 'window') addTo(state.windows, decision.mailbox, decision);
  else if (decision.act === 'rebut') addTo(state.rebuttals, decision.mailbox, decision);
  else if (decision.act === 'rebutSync') addTo(state.syncRebuttals, decision.mailbox, decision);
  else if (decision.act === 'contain') addTo(state.containments, decision.mailbox, decision);
};

/**
 * Sums up decisions, oldest first. With `onto`, the decisions that follow those already in it: that
 * state is changed and returned.
 */
export const foldDecisions = (
  decisions: Iterable<Decision>,
  onto: VerdictState = emptyState(),
): VerdictState => {
  for (const decision of decisions) add(onto, decision);
  return onto;
};

export interface ContextVerdict {
  /** null: open. */
  readonly verdict: Verdict | null;
  /** Records that came after a benign verdict, which holds no longer. */
  readonly grownSinceVerdict: number;
  /** Records that fell under a malicious verdict after it was given. */
  readonly byRule: number;
  /** Hash of the decision that speaks for the context, even where its verdict holds no longer. */
  readonly decision: string | null;
  /** Whether that is the context's own verdict, or its session's. */
  readonly of: 'context' | 'session' | null;
}

const OPEN: ContextVerdict = {
  verdict: null,
  grownSinceVerdict: 0,
  byRule: 0,
  decision: null,
  of: null,
};

/** Whether a context holds exactly what it held when it was marked. */
const isAsMarked = ({ notes }: OrderedMark, context: ContextNote): boolean => {
  const note = notes.get(context.key);
  return note?.records === context.records && note.digest === context.digest;
};

/** A benign verdict holds for exactly the records it was given on, a malicious one for later ones too. */
const verdictOfMark = (
  ordered: OrderedMark,
  of: 'context' | 'session',
  context: ContextNote,
): ContextVerdict => {
  const { mark, notes } = ordered;
  const base = { decision: mark.hash, of, grownSinceVerdict: 0, byRule: 0 };
  const grown = Math.max(0, context.records - (notes.get(context.key)?.records ?? 0));
  if (mark.verdict !== 'benign') return { ...base, verdict: mark.verdict, byRule: grown };
  if (isAsMarked(ordered, context)) return { ...base, verdict: 'benign' };
  return { ...base, verdict: null, grownSinceVerdict: grown };
};

type ContextOfSession = ContextNote & { readonly session: string };

/** The mark that speaks for a context: its own, else its session's. */
const markFor = (
  state: VerdictState,
  context: ContextOfSession,
): { readonly ordered: OrderedMark; readonly of: 'context' | 'session' } | null => {
  const marks = state.marks.get(context.session);
  const counts = ({ mark }: OrderedMark): boolean => !state.inForce.undone.has(mark.hash);
  const own = marks?.own.get(context.key)?.findLast(counts);
  const whole = marks?.whole.findLast(counts);
  const ownIsLater = own !== undefined && own.order > (whole?.order ?? -1);
  if (ownIsLater && own.mark.verdict !== null) return { ordered: own, of: 'context' };
  if (whole === undefined || whole.mark.verdict === null) return null;
  return { ordered: whole, of: 'session' };
};

/**
 * The verdict of a context as it stands now (`domain.md`, Verdicts): its own, else its session's.
 * Marking or clearing a session replaces the own verdicts of its contexts; clearing a context takes
 * away its own, so that the session's speaks for it again.
 */
export const verdictOf = (state: VerdictState, context: ContextOfSession): ContextVerdict => {
  const found = markFor(state, context);
  return found === null ? OPEN : verdictOfMark(found.ordered, found.of, context);
};

/** The verdict that was given, where the context holds other records by now; null: none, or the same. */
export const verdictBeforeGrowth = (
  state: VerdictState,
  context: ContextOfSession,
): Verdict | null => {
  const found = markFor(state, context);
  return found === null || isAsMarked(found.ordered, context) ? null : found.ordered.mark.verdict;
};

/** What a session shows, given the verdicts of all its contexts. */
export const sessionVerdict = (contexts: readonly (Verdict | null)[]): ShownVerdict => {
  const first = contexts[0] ?? null;
  return contexts.every((verdict) => verdict === first) ? first : 'mixed';
};

/** Hash of the act that undo would take back for this console, or null. */
export const undoable = (state: VerdictState, console: string): string | null =>
  lastInForce(state.inForce, console)?.hash ?? null;

/** Hash of the act that redo would put back for this console, or null. */
export const redoable = (state: VerdictState, console: string): string | null =>
  lastUndone(state.inForce, console)?.hash ?? null;

/** The act a decision is about: itself, or what it undoes or redoes; null for the rest. */
export const actOf = (state: VerdictState, decision: Decision): Undoable | null =>
  state.inForce.acts.get(decision.hash) ?? state.inForce.reversals.get(decision.hash)?.of ?? null;

/** Whether a mark, window or rebuttal counts (it was not undone). */
export const isInForce = (state: VerdictState, hash: string): boolean =>
  state.inForce.acts.has(hash) && !state.inForce.undone.has(hash);
