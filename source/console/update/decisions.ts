import type { Verdict } from '../../domain/session.ts';
import type { DecisionOutcome } from '../../jobs/case-service.ts';
import type { Effect, RangeUse } from '../effect.ts';
import { keyOf } from '../commands/bindings.ts';
import type { ConsoleEvent } from '../event.ts';
import { moveTo, rowUnderCursor } from '../lists/paged-list.ts';
import { sessionKey } from '../queries.ts';
import { NOTHING_SELECTED } from '../start-state.ts';
import type { ConsoleState } from '../state.ts';
import type { Step } from '../step.ts';
import { complain, say, step } from '../step.ts';
import { many, signed } from '../words/figures.ts';
import { seenOfSelection, withSeen } from '../seen.ts';
import { selectionInWords } from '../words/selection.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import { caseChanged } from './answers.ts';

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

export const marked = (state: ConsoleState, event: Of<'marked'>): Step => {
  const { decision, replaced } = event.outcome;
  const verdict = decision.act === 'mark' ? verdictWord(decision.verdict) : 'noted';
  const own = replaced > 0 ? `; ${many(replaced, 'verdict')} of single contexts replaced` : '';
  const same =
    event.openAtAddress > 0
      ? `; same address: ${many(event.openAtAddress, 'more open context')} (${keyOf('same-address')})`
      : '';
  const text = `${event.subject}: ${verdict}. ${change(event.outcome)}${own}${same} (${keyOf('undo')} undoes it)`;
  return step(caseChanged(say(steppedOn(state, event.stepFrom), text)));
};

export const undone = (state: ConsoleState, event: Of<'undone' | 'redone'>): Step => {
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

export const windowSet = (state: ConsoleState, event: Of<'window-set'>): Step => {
  const { decision } = event.outcome;
  const none = decision.act === 'window' && decision.from === null && decision.to === null;
  const what = none ? 'access window taken away' : 'access window set';
  return step(
    caseChanged(say(state, `${what}; ${change(event.outcome)} (${keyOf('undo')} undoes it)`)),
  );
};

export const gapRebutted = (state: ConsoleState, event: Of<'gap-rebutted'>): Step => {
  const { decision } = event.outcome;
  const rebutted = decision.act === 'rebut' && decision.rebutted;
  const what = rebutted
    ? 'gap rebutted: it presumes nothing any more'
    : 'rebuttal taken back: the gap counts again';
  return step(caseChanged(say(state, `${what} (${keyOf('undo')} undoes it)`)));
};

/** The selection judged; it is put aside, so that the next key does not judge it again. */
export const markSelection = (state: ConsoleState, verdict: Verdict | null): Step => {
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
    stepFrom: null,
    asks: 'where-needed',
  };
  return step(
    { ...state, selection: NOTHING_SELECTED, putAside: selection, range: null, reason: null },
    effect,
  );
};

/** Asks for the keys of a range: rows in it may not have been fetched. */
export const askRange = (state: ConsoleState, then: RangeUse): Step => {
  const session = rowUnderCursor(state.sessions);
  const query = state.sessions.answered;
  if (state.range === null || session === undefined || query === null) return step(state);
  const cursor = { key: session.key, index: state.sessions.cursor };
  return step(state, { effect: 'ask-range', query, anchor: state.range, cursor, then });
};

/**
 * The keys of a range. It is judged only if it holds as many rows as the analyst saw in it: rows
 * that an import put between them are shown first.
 */
export const rangeCame = (before: ConsoleState, event: Of<'range'>): Step => {
  const { selection } = before;
  const keys = event.sessions.map(({ key }) => key);
  const state: ConsoleState = {
    ...before,
    range: null,
    selection: {
      ...selection,
      sessions: new Set([...selection.sessions, ...keys]),
      seen: withSeen(selection, event.sessions),
    },
  };
  if (event.then === 'select')
    return step(say(state, `${selectionInWords(state.selection)} selected`));
  if (keys.length === event.expected) return markSelection(state, event.then.mark);
  return step(
    complain(
      state,
      `Rows came or went inside the range (${many(event.expected, 'row')} then, ` +
        `${many(keys.length, 'row')} now), so nothing was judged. They are selected: look, then press the key again.`,
    ),
  );
};

export const addressCame = (state: ConsoleState, event: Of<'address'>): Step => {
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
    asking: { asking: 'question', text, yes: { deed: 'select-reach', reach } },
  });
};
