import type { Verdict } from '../../domain/sessions/session.ts';
import { exposureRowUnderCursor } from '../lists/exposure-rows.ts';
import { moveTo, rowUnderCursor } from '../lists/paged-list.ts';
import { stepTo } from '../lists/short-list.ts';
import { contextUnderCursor, lastLevel, replaceLast, topLevel } from '../lists/levels.ts';
import { notHereYet } from '../lists/loading.ts';
import { openPrompt } from '../prompts.ts';
import { sessionKey } from '../lists/queries.ts';
import type { ConsoleState, ContextsLevel } from '../state.ts';
import type { Transition } from '../transition.ts';
import { step } from '../transition.ts';
import { askRange, markSelection } from './decisions.ts';
import { namedContext, namedSession, subjectOf } from '../words/people.ts';
import { windowText } from '../words/window.ts';
import { keyOf } from '../keys/bindings.ts';
import { isGroup, markGroup } from './session-groups.ts';
import { affirmContext, leaveContext, stopAsking } from './context-by-context.ts';
import type { Behaviour, BehavioursOf } from './action.ts';
import { always, unless } from './action.ts';
import { noCase } from './no-case.ts';

const isSelected = ({ selection }: ConsoleState): boolean =>
  selection.sessions.size + selection.contexts.size > 0;

/** The only place whose address stands for the whole row. */
const onlyOne = (values: readonly (string | null)[]): string | null =>
  values.length === 1 ? (values[0] ?? null) : null;

const markSession = (state: ConsoleState, verdict: Verdict | null): Transition => {
  const session = rowUnderCursor(state.sessions);
  if (session === undefined) return step(state);
  if (isGroup(session)) return markGroup(state, session, verdict);
  // What may be asked first is asked about the row that it is about.
  const mayAsk = verdict === 'benign' && session.contextCount > 1;
  const sessions = mayAsk
    ? state.sessions
    : moveTo(state.sessions, state.sessions.cursor + 1, sessionKey);
  return step(
    { ...state, sessions, reason: null },
    {
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
      stepFrom: mayAsk ? session.key : null,
      asks: 'where-needed',
    },
  );
};

/** In the records and the raw record it is their context that is judged. */
const markContext = (state: ConsoleState, verdict: Verdict | null): Transition => {
  const context = contextInSight(state);
  if (context === null) return step(state);
  const level = lastLevel(state);
  const moved = level?.level === 'contexts' ? stepContexts(state, level) : state;
  return step(
    { ...moved, reason: null },
    {
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
      stepFrom: null,
      asks: 'where-needed',
    },
  );
};

const stepContexts = (state: ConsoleState, level: ContextsLevel): ConsoleState => {
  const keys = (level.contexts ?? []).map(({ key }) => key);
  return replaceLast(state, {
    ...level,
    position: stepTo(level.position, keys, level.position.index + 1),
  });
};

const contextInSight = (state: ConsoleState) => {
  const records = topLevel(state, 'records');
  if (records !== null) return records.context;
  const contexts = topLevel(state, 'contexts');
  return contexts === null ? null : (contextUnderCursor(contexts) ?? null);
};

const mark = (verdict: Verdict | null): Behaviour => ({
  unavailable: (state) => {
    if (state.range !== null || isSelected(state)) return null;
    if (state.focus === 'exposure')
      return `a verdict sits on sessions and contexts: ${keyOf('next-pane')} leads there`;
    if (state.focus === 'messages' || state.focus === 'details')
      return `a verdict sits on sessions and contexts, not on messages: ${keyOf('next-pane')} leads there`;
    const waiting = lastLevel(state)?.level === 'records' ? null : notHereYet(state);
    if (waiting !== null) return waiting;
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
    return state.opened.length > 0 ? markContext(state, verdict) : markSession(state, verdict);
  },
});

const gapReason = (state: ConsoleState, wanted: boolean): string | null => {
  const row = exposureRowUnderCursor(state);
  if (row?.row !== 'gap') return 'only a gap can be rebutted: move to one';
  if (row.mailbox.guid === null) return 'the log does not state whose mailbox this gap is in';
  if (row.gap.rebutted === wanted)
    return wanted
      ? `this gap is rebutted already: ${keyOf('accept-gap')} takes it back`
      : 'this gap is not rebutted';
  return null;
};

const acceptGap = (state: ConsoleState): Transition => {
  const row = exposureRowUnderCursor(state);
  if (row?.row !== 'gap' || row.mailbox.guid === null) return step(state);
  const { from, to, kind } = row.gap;
  return step(
    { ...state, reason: null },
    {
      effect: 'rebut-gap',
      mailbox: row.mailbox.guid,
      gap: { from, to, kind },
      rebutted: false,
      reason: state.reason ?? 'rebuttal taken back',
    },
  );
};

const rebutGap = (state: ConsoleState): Transition => {
  const row = exposureRowUnderCursor(state);
  if (row?.row !== 'gap' || row.mailbox.guid === null) return step(state);
  const purpose = { for: 'rebuttal', mailbox: row.mailbox.guid, gap: row.gap } as const;
  return step(openPrompt(state, purpose, state.reason ?? ''));
};

const askWindow = (state: ConsoleState): Transition => {
  const row = state.focus === 'exposure' ? exposureRowUnderCursor(state) : undefined;
  const mailbox = row === undefined || row.row === 'case' ? null : row.mailbox;
  return step(openPrompt(state, { for: 'window' }, windowText(state.overview, mailbox)));
};

export const judging: BehavioursOf<
  | 'mark-malicious'
  | 'mark-benign'
  | 'clear-verdict'
  | 'rebut-gap'
  | 'accept-gap'
  | 'access-window'
  | 'undo'
  | 'redo'
  | 'reason'
  | 'affirm-context'
  | 'leave-context'
  | 'stop-asking'
> = {
  'mark-malicious': mark('malicious'),
  'mark-benign': mark('benign'),
  'clear-verdict': mark(null),
  'rebut-gap': unless((state) => gapReason(state, true), rebutGap),
  'accept-gap': unless((state) => gapReason(state, false), acceptGap),
  'access-window': unless(noCase, askWindow),
  undo: always((state) => step(state, { effect: 'undo' })),
  redo: always((state) => step(state, { effect: 'redo' })),
  'affirm-context': always(affirmContext),
  'leave-context': always(leaveContext),
  'stop-asking': always(stopAsking),
  reason: unless(noCase, (state) => step(openPrompt(state, { for: 'reason' }, state.reason ?? ''))),
};
