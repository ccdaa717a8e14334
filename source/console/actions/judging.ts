import type { EventOf } from '../event.ts';
import type { SessionLine } from '../../case/lists/session-pages.ts';
import type { Verdict } from '../../domain/sessions/session.ts';
import { cursorMoved } from '../lists/dependent-panes.ts';
import { moveTo, rowUnderCursor } from '../lists/paged-list.ts';
import { moveToIndex } from '../lists/short-list.ts';
import {
  contextUnderCursor,
  lastLevel,
  replaceLast,
  topLevel,
  loadingReason,
} from '../lists/levels.ts';
import { openPrompt } from '../prompts.ts';
import { sessionKey } from '../lists/queries.ts';
import {
  type ConsoleState,
  type ContextsLevel,
  type Transition,
  transition,
  showStatus,
} from '../state.ts';
import { askRange, isGroup, markGroup } from './ranges.ts';
import { namedContext, namedSession, subjectOf } from '../words/people.ts';
import { keyOf } from '../keys/bindings.ts';
import { type Action, type Actions, always, unless, noCase } from './action.ts';
import type { DecisionOutcome } from '../../case/judging/judging.ts';
import { many, signed } from '../words/figures.ts';
import { caseChanged } from '../lists/answers.ts';
import { markSelection } from './mark-selection.ts';

const isSelected = ({ selection }: ConsoleState): boolean =>
  selection.sessions.size + selection.contexts.size > 0;

/** The only place whose address stands for the whole row. */
const onlyOne = (values: readonly (string | null)[]): string | null =>
  values.length === 1 ? (values[0] ?? null) : null;

/** The session whose comparison is on the screen: it is judged there. */
const sessionCompared = (state: ConsoleState): SessionLine | null => {
  const level = lastLevel(state);
  return level?.level === 'comparison' && 'session' in level.subject ? level.subject.session : null;
};

const markSession = (state: ConsoleState, verdict: Verdict | null): Transition => {
  const compared = sessionCompared(state);
  const session = compared ?? rowUnderCursor(state.sessions);
  if (session === undefined) return transition(state);
  if (isGroup(session)) return markGroup(state, session, verdict);
  // What may be asked first is asked about the row that it is about.
  const mayAsk = verdict === 'benign' && session.contextCount > 1;
  const stays = mayAsk || compared !== null;
  const sessions = stays
    ? state.sessions
    : moveTo(state.sessions, state.sessions.cursor + 1, sessionKey);
  const next = { ...state, sessions, reason: null };
  const moved = stays ? transition(next) : cursorMoved(state, next);
  return transition(moved.state, ...moved.effects, {
    effect: 'mark',
    request: {
      verdict,
      sessions: [session.key],
      contexts: [],
      reason: state.reason,
      seen: { [session.key]: session.records },
    },
    subject: subjectOf(namedSession(session)),
    address: onlyOne(session.addresses),
    moveOnFrom: mayAsk && compared === null ? session.key : null,
    confirm: 'where-needed',
  });
};

/** In the records and the raw record it is their context that is judged. */
const markContext = (state: ConsoleState, verdict: Verdict | null): Transition => {
  const context = contextInSight(state);
  if (context === null) return transition(state);
  const level = lastLevel(state);
  const moved = level?.level === 'contexts' ? nextContext(state, level) : state;
  const next = cursorMoved(state, { ...moved, reason: null });
  return transition(next.state, ...next.effects, {
    effect: 'mark',
    request: {
      verdict,
      sessions: [],
      contexts: [context.key],
      reason: state.reason,
      seen: { [context.key]: context.records },
    },
    subject: subjectOf(namedContext(context)),
    address: context.address,
    moveOnFrom: null,
    confirm: 'where-needed',
  });
};

const nextContext = (state: ConsoleState, level: ContextsLevel): ConsoleState => {
  const keys = (level.contexts ?? []).map(({ key }) => key);
  return replaceLast(state, {
    ...level,
    position: moveToIndex(level.position, keys, level.position.index + 1),
  });
};

export const contextInSight = (state: ConsoleState) => {
  const records = topLevel(state, 'records');
  if (records !== null) return records.context;
  const contexts = topLevel(state, 'contexts');
  return contexts === null ? null : (contextUnderCursor(contexts) ?? null);
};

const mark = (verdict: Verdict | null): Action => ({
  unavailable: (state) => {
    if (state.range !== null || isSelected(state)) return null;
    if (state.focus === 'exposure')
      return `a verdict sits on sessions and contexts: ${keyOf('next-pane')} leads there`;
    if (state.focus === 'messages' || state.focus === 'details')
      return `a verdict sits on sessions and contexts, not on messages: ${keyOf('next-pane')} leads there`;
    const waiting = lastLevel(state)?.level === 'records' ? null : loadingReason(state);
    if (waiting !== null) return waiting;
    if (sessionCompared(state) !== null) return null;
    if (state.opened.length > 0)
      return contextInSight(state) === null
        ? `this record was opened from a row, not from its context: ${keyOf('back')} leads back`
        : null;
    return rowUnderCursor(state.sessions) === undefined
      ? 'there is no session here to judge'
      : null;
  },
  run: (state) => {
    if (state.range !== null) return askRange(state, { mark: verdict });
    if (isSelected(state)) return markSelection(state, verdict);
    return state.opened.length > 0 && sessionCompared(state) === null
      ? markContext(state, verdict)
      : markSession(state, verdict);
  },
});

const verdictWord = (verdict: Verdict | null): string => verdict ?? 'open again';

export const change = ({ confirmedBefore, confirmedAfter }: DecisionOutcome): string =>
  confirmedBefore === confirmedAfter
    ? 'confirmed messages as before'
    : `${signed(confirmedAfter - confirmedBefore)} confirmed messages`;

/** From the row that was judged, if the cursor still is on it. */
const movedOn = (state: ConsoleState, from: string | null): ConsoleState =>
  from === null || state.sessions.cursorKey !== from
    ? state
    : { ...state, sessions: moveTo(state.sessions, state.sessions.cursor + 1, sessionKey) };

export const onMarked = (state: ConsoleState, event: EventOf<'marked'>): Transition => {
  const { decision, replaced } = event.outcome;
  const verdict = decision.act === 'mark' ? verdictWord(decision.verdict) : 'noted';
  const own = replaced > 0 ? `; ${many(replaced, 'verdict')} of single contexts replaced` : '';
  const same =
    event.openAtAddress > 0
      ? `; same address: ${many(event.openAtAddress, 'more open context')} (${keyOf('same-address')})`
      : '';
  const text = `${event.subject}: ${verdict}; ${change(event.outcome)}${own}${same} (${keyOf('undo')} undoes it)`;
  const moved = movedOn(state, event.moveOnFrom);
  const next = caseChanged(showStatus(moved, text));
  return moved === state ? transition(next) : cursorMoved(state, next);
};

export const onUndone = (state: ConsoleState, event: EventOf<'undone' | 'redone'>): Transition => {
  const again = event.event === 'redone';
  const { outcome } = event;
  if (outcome === null)
    return transition(
      showStatus(
        state,
        again ? 'nothing was undone here that could be redone' : 'nothing of this console to undo',
      ),
    );
  const { sessions, contexts } = outcome;
  const touched =
    sessions + contexts === 0 ? '' : `${many(sessions, 'session')}, ${many(contexts, 'context')}; `;
  const hint = again ? `${keyOf('undo')} undoes it` : `${keyOf('redo')} redoes it`;
  const text = `${again ? 'done again' : 'undone'}: ${touched}${change(outcome)} (${hint})`;
  return transition(caseChanged(showStatus(state, text)));
};

export const judging = {
  'mark-malicious': mark('malicious'),
  'mark-benign': mark('benign'),
  'clear-verdict': mark(null),
  undo: always((state) => transition(state, { effect: 'undo' })),
  redo: always((state) => transition(state, { effect: 'redo' })),
  reason: unless(noCase, (state) =>
    transition(openPrompt(state, { for: 'reason' }, state.reason ?? '')),
  ),
} satisfies Actions;
