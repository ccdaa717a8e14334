import type { Verdict } from '../../domain/sessions/session.ts';
import type { DecisionOutcome, SessionSize } from '../../case/case-service.ts';
import type { Effect, RangeUse } from '../effect.ts';
import { keyOf } from '../keys/bindings.ts';
import type { ConsoleEvent } from '../event.ts';
import { moveTo, rowUnderCursor } from '../lists/paged-list.ts';
import { sessionKey } from '../lists/queries.ts';
import { NOTHING_SELECTED } from '../start-state.ts';
import type { ConsoleState, Selection } from '../state.ts';
import type { Transition } from '../transition.ts';
import { complain, say, step } from '../transition.ts';
import { many, signed } from '../words/figures.ts';
import { seenOfSelection, withSeen } from '../lists/rows-seen.ts';
import { selectionInWords } from '../words/selection.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import { caseChanged } from '../lists/answers.ts';

type Of<Name extends ConsoleEvent['event']> = Extract<ConsoleEvent, { event: Name }>;

const verdictWord = (verdict: Verdict | null): string => verdict ?? 'open again';

const change = ({ confirmedBefore, confirmedAfter }: DecisionOutcome): string =>
  confirmedBefore === confirmedAfter
    ? 'confirmed messages as before'
    : `${signed(confirmedAfter - confirmedBefore)} confirmed messages`;

/** From the row that was judged, if the cursor still is on it. */
const steppedOn = (state: ConsoleState, from: string | null): ConsoleState =>
  from === null || state.sessions.cursorKey !== from
    ? state
    : { ...state, sessions: moveTo(state.sessions, state.sessions.cursor + 1, sessionKey) };

export const marked = (state: ConsoleState, event: Of<'marked'>): Transition => {
  const { decision, replaced } = event.outcome;
  const verdict = decision.act === 'mark' ? verdictWord(decision.verdict) : 'noted';
  const own = replaced > 0 ? `; ${many(replaced, 'verdict')} of single contexts replaced` : '';
  const same =
    event.openAtAddress > 0
      ? `; same address: ${many(event.openAtAddress, 'more open context')} (${keyOf('same-address')})`
      : '';
  const text = `${event.subject}: ${verdict}; ${change(event.outcome)}${own}${same} (${keyOf('undo')} undoes it)`;
  return step(caseChanged(say(steppedOn(state, event.stepFrom), text)));
};

export const undone = (state: ConsoleState, event: Of<'undone' | 'redone'>): Transition => {
  const again = event.event === 'redone';
  const { outcome } = event;
  if (outcome === null)
    return step(
      say(
        state,
        again ? 'nothing was undone here that could be redone' : 'nothing of this console to undo',
      ),
    );
  const { sessions, contexts } = outcome;
  const touched =
    sessions + contexts === 0 ? '' : `${many(sessions, 'session')}, ${many(contexts, 'context')}; `;
  const hint = again ? `${keyOf('undo')} undoes it` : `${keyOf('redo')} redoes it`;
  const text = `${again ? 'done again' : 'undone'}: ${touched}${change(outcome)} (${hint})`;
  return step(caseChanged(say(state, text)));
};

export const windowSet = (state: ConsoleState, event: Of<'window-set'>): Transition => {
  const { decision } = event.outcome;
  const none = decision.act === 'window' && decision.from === null && decision.to === null;
  const what = none ? 'access window taken away' : 'access window set';
  return step(
    caseChanged(say(state, `${what}; ${change(event.outcome)} (${keyOf('undo')} undoes it)`)),
  );
};

export const gapRebutted = (state: ConsoleState, event: Of<'gap-rebutted'>): Transition => {
  const { decision } = event.outcome;
  const rebutted = decision.act === 'rebut' && decision.rebutted;
  const what = rebutted
    ? 'gap rebutted: it presumes nothing any more'
    : 'rebuttal taken back: the gap counts again';
  return step(caseChanged(say(state, `${what} (${keyOf('undo')} undoes it)`)));
};

/**
 * The selection judged; it is put aside, so that the next key does not judge it again. `line`: it holds
 * lines of groups, whose sessions are not all on the screen, and is the line with that key.
 */
export const markSelection = (
  state: ConsoleState,
  verdict: Verdict | null,
  line: string | null = null,
): Transition => {
  const { selection } = state;
  const effect: Effect = {
    effect: 'mark',
    request: {
      verdict,
      sessions: [...selection.sessions],
      contexts: [...selection.contexts.keys()],
      reason: state.reason,
      seen: seenOfSelection(state),
    },
    subject: selectionInWords(selection),
    address: null,
    stepFrom: line,
    asks: line === null && selection.groups.size === 0 ? 'where-needed' : 'always',
  };
  return step(
    { ...state, selection: NOTHING_SELECTED, putAside: selection, range: null, reason: null },
    effect,
  );
};

/** Asks for the keys of a range: rows in it may not have been fetched. */
export const askRange = (state: ConsoleState, then: RangeUse): Transition => {
  const session = rowUnderCursor(state.sessions);
  const query = state.sessions.answered;
  if (state.range === null || session === undefined || query === null) return step(state);
  const cursor = { key: session.key, index: state.sessions.cursor };
  return step(state, { effect: 'ask-range', query, anchor: state.range, cursor, then });
};

const groupsIn = (sessions: readonly SessionSize[]): readonly string[] =>
  sessions.flatMap(({ group }) => (group === null ? [] : [group]));

/** With the sessions of a range, or of one line of a group. */
const withRange = ({ selection }: ConsoleState, sessions: readonly SessionSize[]): Selection => ({
  ...selection,
  sessions: new Set([...selection.sessions, ...sessions.map(({ key }) => key)]),
  groups: new Set([...selection.groups, ...groupsIn(sessions)]),
  seen: withSeen(selection, sessions),
});

const without = ({ selection }: ConsoleState, sessions: readonly SessionSize[]): Selection => {
  const [keys, groups] = [new Set(sessions.map(({ key }) => key)), new Set(groupsIn(sessions))];
  return {
    ...selection,
    sessions: new Set([...selection.sessions].filter((key) => !keys.has(key))),
    groups: new Set([...selection.groups].filter((key) => !groups.has(key))),
  };
};

/** The line of a group into the selection or out of it, and on to the next. */
const toggled = (state: ConsoleState, sessions: readonly SessionSize[]): Transition => {
  const all = sessions.every(({ key }) => state.selection.sessions.has(key));
  const selection = all ? without(state, sessions) : withRange(state, sessions);
  const moved = moveTo(state.sessions, state.sessions.cursor + 1, sessionKey);
  return step(
    say(
      { ...state, selection, sessions: moved },
      `${selectionInWords(selection) || 'nothing'} selected`,
    ),
  );
};

/** Whether what is to be judged is what was seen: as many rows, and of a group as many sessions and records. */
const isAsShown = ({ sessions, expected, then }: Of<'range'>): boolean => {
  if (typeof then === 'string') return true;
  const rows = new Set(sessions.map(({ key, group }) => group ?? key)).size;
  if (rows !== expected) return false;
  const records = sessions.reduce((sum, one) => sum + one.records, 0);
  return (
    then.shown === undefined ||
    (then.shown.sessions === sessions.length && then.shown.records === records)
  );
};

/**
 * The keys of a range. It is judged only if it holds as many rows as the analyst saw in it: rows
 * that an import put between them are shown first.
 */
export const rangeCame = (before: ConsoleState, event: Of<'range'>): Transition => {
  const { sessions, then, expected } = event;
  if (then === 'toggle') return toggled(before, sessions);
  const state: ConsoleState = { ...before, range: null, selection: withRange(before, sessions) };
  if (then === 'select') return step(say(state, `${selectionInWords(state.selection)} selected`));
  const [group] = groupsIn(sessions);
  if (isAsShown(event))
    return markSelection(state, then.mark, then.shown === undefined ? null : (group ?? null));
  const rows = new Set(sessions.map(({ key, group: of }) => of ?? key)).size;
  const what =
    then.shown === undefined
      ? `Rows came or went inside the range (${many(expected, 'row')} then, ${many(rows, 'row')} now)`
      : `Sessions or records came or went in this line (${many(then.shown.sessions, 'session')} then, ${many(sessions.length, 'session')} now)`;
  return step(
    complain(
      state,
      `${what}, so nothing was judged. They are selected: look, then press the key again.`,
    ),
  );
};

export const addressCame = (state: ConsoleState, event: Of<'address'>): Transition => {
  const { reach } = event;
  const address = forTerminal(reach.address);
  if (reach.contexts.length === 0)
    return step(say(state, `no context in the case is from ${address}`));
  const size = `${many(reach.contexts.length, 'context')} in ${many(reach.sessions, 'session')}, ${many(reach.messages, 'message')}`;
  const text = reach.service
    ? `${address} is the service's own, a proxy and not the actor: ${size}. Select them all the same?`
    : `${address}: ${size}. Select them?`;
  return step({
    ...state,
    asking: { asking: 'question', text, yes: { action: 'select-reach', reach } },
  });
};
