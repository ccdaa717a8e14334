import { follow, lastInForce, lastUndone, nothingInForce } from './acts-in-force.ts';
import type { ActsInForce, Undoable } from './acts-in-force.ts';
import type { Containment, ContextNote, Decision, SyncNote } from './decision.ts';
import type { Gap } from '../exposure/exposure.ts';
import type { ShownVerdict, Verdict } from '../sessions/session.ts';

type Mark = Extract<Decision, { readonly act: 'mark' }>;
type Windowed = Extract<Decision, { readonly act: 'window' }>;
type Rebuttal = Extract<Decision, { readonly act: 'rebut' }>;
type SyncRebuttal = Extract<Decision, { readonly act: 'rebutSync' }>;
type Contained = Extract<Decision, { readonly act: 'contain' }>;

/** A mark where it stands among all others: undone or not, it keeps its place. */
interface PlacedMark {
  readonly mark: Mark;
  readonly place: number;
  /** By context key: how each context stood when it was marked. */
  readonly notes: ReadonlyMap<string, ContextNote>;
}

/** Marks that touch one session, oldest first: on the session itself, and on its contexts by key. */
interface SessionMarks {
  readonly whole: PlacedMark[];
  readonly own: Map<string, PlacedMark[]>;
}

/**
 * What all decisions so far amount to. Grows in place (`foldDecisions`), because each console
 * follows thousands of decisions one by one; read it with the functions below only.
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
    const placed = { mark, place: state.inForce.acts.size, notes };
    if (target.whole) marks.whole.push(placed);
    else for (const key of notes.keys()) addTo(marks.own, key, placed);
  }
};

const add = (state: VerdictState, decision: Decision): void => {
  if (state.inForce.acts.has(decision.hash)) return;
  follow(state.inForce, decision);
  if (decision.act === 'mark') addMark(state, decision);
  else if (decision.act === 'window') addTo(state.windows, decision.mailbox, decision);
  else if (decision.act === 'rebut') addTo(state.rebuttals, decision.mailbox, decision);
  else if (decision.act === 'rebutSync') addTo(state.syncRebuttals, decision.mailbox, decision);
  else if (decision.act === 'contain') addTo(state.containments, decision.mailbox, decision);
};

/**
 * What decisions, oldest first, amount to. With `onto`, the decisions that follow those already in
 * it: that state grows and is returned.
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
const isAsMarked = ({ notes }: PlacedMark, context: ContextNote): boolean => {
  const note = notes.get(context.key);
  return note?.records === context.records && note.digest === context.digest;
};

/** A benign verdict holds for exactly the records it was given on, a malicious one for later ones too. */
const stands = (
  placed: PlacedMark,
  of: 'context' | 'session',
  context: ContextNote,
): ContextVerdict => {
  const { mark, notes } = placed;
  const base = { decision: mark.hash, of, grownSinceVerdict: 0, byRule: 0 };
  const grown = Math.max(0, context.records - (notes.get(context.key)?.records ?? 0));
  if (mark.verdict !== 'benign') return { ...base, verdict: mark.verdict, byRule: grown };
  if (isAsMarked(placed, context)) return { ...base, verdict: 'benign' };
  return { ...base, verdict: null, grownSinceVerdict: grown };
};

type PlacedContext = ContextNote & { readonly session: string };

/** The mark that speaks for a context: its own, else its session's. */
const markFor = (
  state: VerdictState,
  context: PlacedContext,
): { readonly placed: PlacedMark; readonly of: 'context' | 'session' } | null => {
  const marks = state.marks.get(context.session);
  const counts = ({ mark }: PlacedMark): boolean => !state.inForce.undone.has(mark.hash);
  const own = marks?.own.get(context.key)?.findLast(counts);
  const whole = marks?.whole.findLast(counts);
  const ownIsLater = own !== undefined && own.place > (whole?.place ?? -1);
  if (ownIsLater && own.mark.verdict !== null) return { placed: own, of: 'context' };
  if (whole === undefined || whole.mark.verdict === null) return null;
  return { placed: whole, of: 'session' };
};

/**
 * The verdict of a context as it stands now (`domain.md`, Verdicts): its own, else its session's.
 * Marking or clearing a session replaces the own verdicts of its contexts; clearing a context takes
 * away its own, so that the session's speaks for it again.
 */
export const verdictOf = (state: VerdictState, context: PlacedContext): ContextVerdict => {
  const found = markFor(state, context);
  return found === null ? OPEN : stands(found.placed, found.of, context);
};

/** The verdict that was given, where the context holds other records by now; null: none, or the same. */
export const verdictBeforeGrowth = (
  state: VerdictState,
  context: PlacedContext,
): Verdict | null => {
  const found = markFor(state, context);
  return found === null || isAsMarked(found.placed, context) ? null : found.placed.mark.verdict;
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
export const actBehind = (state: VerdictState, decision: Decision): Undoable | null =>
  state.inForce.acts.get(decision.hash) ?? state.inForce.reversals.get(decision.hash)?.of ?? null;

/** Whether a mark, window or rebuttal counts (it was not undone). */
export const isInForce = (state: VerdictState, hash: string): boolean =>
  state.inForce.acts.has(hash) && !state.inForce.undone.has(hash);

export interface AccessWindow {
  /** null: open at this end. Never both. */
  readonly from: string | null;
  readonly to: string | null;
}

const statedFor = (state: VerdictState, mailbox: string | null): AccessWindow | null => {
  const latest = state.windows
    .get(mailbox)
    ?.findLast(({ hash }) => !state.inForce.undone.has(hash));
  if (latest === undefined || (latest.from === null && latest.to === null)) return null;
  return { from: latest.from, to: latest.to };
};

/** The access window of a mailbox: its own, else the case's (mailbox null); null: none is stated. */
export const windowOf = (state: VerdictState, mailbox: string | null): AccessWindow | null =>
  (mailbox === null ? null : statedFor(state, mailbox)) ?? statedFor(state, null);

/** Whether the reason was given for gaps of this kind, and not for rows that another kind lost. */
const isOfKind = ({ kind }: Rebuttal, gap: Gap['kind']): boolean =>
  kind === undefined ? gap === 'throttled' || gap === 'suspected' : kind === gap;

/**
 * Whether a decision rebuts this gap: while it is of the kind and lies within the period that was
 * rebutted. A gap that grew beyond it is not. Taking back holds for every gap it meets: doubt never
 * clears.
 */
export const isRebutted = (
  state: VerdictState,
  mailbox: string,
  gap: Pick<Gap, 'from' | 'to' | 'kind'>,
): boolean => {
  const [from, to] = [Date.parse(gap.from), Date.parse(gap.to)];
  const speaks = state.rebuttals.get(mailbox)?.findLast((act) => {
    if (state.inForce.undone.has(act.hash)) return false;
    const [actFrom, actTo] = [Date.parse(act.from), Date.parse(act.to)];
    return act.rebutted
      ? actFrom <= from && to <= actTo && isOfKind(act, gap.kind)
      : actFrom <= to && from <= actTo;
  });
  return speaks?.rebutted ?? false;
};

/**
 * Whether a decision says that a mailbox was not copied whole: while no malicious context of it holds
 * more records of Syncs (`now`) than it did then, nor one that was not malicious then.
 */
export const isSyncRebutted = (
  state: VerdictState,
  mailbox: string,
  now: readonly SyncNote[],
): boolean => {
  const latest = state.syncRebuttals
    .get(mailbox)
    ?.findLast(({ hash }) => !state.inForce.undone.has(hash));
  if (latest === undefined || !latest.rebutted) return false;
  if (latest.contexts === undefined)
    return now.reduce((sum, { syncs }) => sum + syncs, 0) <= latest.syncs;
  const noted = new Map(latest.contexts.map(({ key, syncs }) => [key, syncs]));
  return now.every(({ key, syncs }) => syncs <= (noted.get(key) ?? 0));
};

const containedFor = (state: VerdictState, mailbox: string | null): Containment | null => {
  const latest = state.containments
    .get(mailbox)
    ?.findLast(({ hash }) => !state.inForce.undone.has(hash));
  if (latest === undefined) return null;
  const { sessions, consents, rules, delegations, by } = latest;
  const isStated = [sessions, consents, rules, delegations].some((time) => time !== null);
  return isStated ? { sessions, consents, rules, delegations, by } : null;
};

/** What is stated of a mailbox's containment: its own, else the case's (mailbox null); null: nothing. */
export const containmentOf = (state: VerdictState, mailbox: string | null): Containment | null =>
  (mailbox === null ? null : containedFor(state, mailbox)) ?? containedFor(state, null);
