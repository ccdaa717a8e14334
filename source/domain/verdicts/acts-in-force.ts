import type { Decision } from './decision.ts';

/** An act that can be taken back and put back at its own place. */
export type Undoable = Extract<
  Decision,
  { readonly act: 'mark' | 'window' | 'rebut' | 'rebutSync' | 'contain' }
>;

/** What one console (a started program) can still undo and redo; the last entry goes first. */
interface ConsoleStacks {
  readonly done: Undoable[];
  readonly undone: Undoable[];
}

/** Which acts count. Grows in place, with `applyDecision`. */
export interface ActsInForce {
  /** By hash. */
  readonly acts: Map<string, Undoable>;
  /** Undo and redo acts, by their own hash: what they undo (true) or redo, in the end. */
  readonly reversals: Map<string, { readonly of: Undoable; readonly undoes: boolean }>;
  readonly undone: Set<string>;
  readonly consoles: Map<string, ConsoleStacks>;
}

export const nothingInForce = (): ActsInForce => ({
  acts: new Map(),
  reversals: new Map(),
  undone: new Set(),
  consoles: new Map(),
});

const stacksOf = (state: ActsInForce, console: string): ConsoleStacks => {
  const known = state.consoles.get(console);
  if (known !== undefined) return known;
  const stacks: ConsoleStacks = { done: [], undone: [] };
  state.consoles.set(console, stacks);
  return stacks;
};

const applyReversal = (
  state: ActsInForce,
  decision: Extract<Decision, { readonly act: 'undo' | 'redo' }>,
): Undoable | null => {
  const earlier = state.reversals.get(decision.of);
  const of = earlier?.of ?? state.acts.get(decision.of);
  if (of === undefined) return null;
  // Undoing an undo, and redoing an undo, both put the act back; undoing a redo takes it away.
  const undoes = decision.act === 'undo' && earlier?.undoes !== true;
  state.reversals.set(decision.hash, { of, undoes });
  if (state.undone.has(of.hash) === undoes) return null;
  const own = stacksOf(state, decision.console);
  if (undoes) {
    state.undone.add(of.hash);
    own.undone.push(of);
  } else {
    state.undone.delete(of.hash);
    const at = own.undone.lastIndexOf(of);
    if (at !== -1) own.undone.splice(at, 1);
  }
  return of;
};

/**
 * Takes in one more decision. Returns the act that now counts, or counts no longer; null where
 * nothing changes (a withdrawal, an undo of what is undone or unknown).
 */
export const applyDecision = (state: ActsInForce, decision: Decision): Undoable | null => {
  switch (decision.act) {
    case 'mark':
    case 'window':
    case 'rebut':
    case 'rebutSync':
    case 'contain': {
      const own = stacksOf(state, decision.console);
      own.done.push(decision);
      own.undone.length = 0;
      state.acts.set(decision.hash, decision);
      return decision;
    }
    case 'undo':
    case 'redo':
      return applyReversal(state, decision);
    case 'withdraw':
      return null;
  }
};

/** The console's own latest act still in force: what undo takes back. */
export const lastInForce = (state: ActsInForce, console: string): Undoable | null =>
  state.consoles.get(console)?.done.findLast(({ hash }) => !state.undone.has(hash)) ?? null;

/** The act that this console undid last and has not put back; a new act of its own forgets it. */
export const lastUndone = (state: ActsInForce, console: string): Undoable | null =>
  state.consoles.get(console)?.undone.findLast(({ hash }) => state.undone.has(hash)) ?? null;
