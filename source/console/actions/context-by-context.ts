import { ask } from '../prompts.ts';
import type { EventOf } from '../event.ts';
import { always, type Actions } from './action.ts';
import type { MarkPreview } from '../../case/judging/marks.ts';
import type { MarkEffect } from '../effect.ts';
import { NOTHING_SELECTED } from '../selection.ts';
import { type ConsoleState, type Transition, showStatus, transition } from '../state.ts';
import type { ContextDialog } from '../dialog.ts';
import { markQuestion } from '../words/context-by-context.ts';
import { many } from '../words/figures.ts';

/** A verdict on more sessions than this asks first. */
const MANY_SESSIONS = 20;

/** Whether it has to be looked at before it is made: what it touches is known to the case only. */
export const mayConfirm = ({ confirm, request }: MarkEffect): boolean => {
  if (confirm !== 'where-needed') return confirm === 'always';
  const { verdict, sessions, contexts } = request;
  return (
    sessions.length + contexts.length > MANY_SESSIONS ||
    (verdict === 'benign' && sessions.length > 0)
  );
};

/** Whether all of it is asked for with one question, in numbers. */
const confirmsInNumbers = ({ confirm }: MarkEffect, preview: MarkPreview): boolean =>
  confirm === 'always' ||
  preview.sessions > MANY_SESSIONS ||
  preview.partlyMalicious > 0 ||
  preview.leftOut > 0;

export const mustConfirm = (mark: MarkEffect, preview: MarkPreview): boolean =>
  confirmsInNumbers(mark, preview) || preview.contextsToAsk.length > 0;

/** A mark that was given up: what it was about is selected again, and its reason waits again. */
export const notMarked = (state: ConsoleState, { request }: MarkEffect): ConsoleState => {
  const { putAside, selection } = state;
  const wasSelected =
    selection.sessions.size + selection.contexts.size === 0 &&
    [...request.sessions].every((key) => putAside.sessions.has(key)) &&
    [...request.contexts].every((key) => putAside.contexts.has(key));
  const selected = wasSelected ? { selection: putAside, putAside: NOTHING_SELECTED } : {};
  const reason = state.reason ?? request.reason;
  return showStatus({ ...state, dialog: null, reason, ...selected }, 'nothing was judged');
};

type Previewed = { readonly mark: MarkEffect; readonly preview: MarkPreview };

const askContexts = (state: ConsoleState, { mark, preview }: Previewed): ConsoleState => ({
  ...state,
  dialog: { dialog: 'contexts', mark, preview, at: 0, affirmed: [] },
});

/** What a mark would change came: it is asked for before it is made. */
export const onMarkPreviewed = (
  state: ConsoleState,
  { mark, preview }: EventOf<'mark-previewed'>,
): Transition => {
  // Whatever holds the keyboard by now keeps it.
  if (state.dialog !== null) {
    const { dialog } = state;
    return transition({ ...notMarked(state, mark), dialog });
  }
  if (!confirmsInNumbers(mark, preview)) return transition(askContexts(state, { mark, preview }));
  const text = markQuestion(mark, preview);
  return transition(ask(state, text, { action: 'mark', mark, preview }));
};

/** Without those that are asked for, or could not be. */
const uniform = ({ mark, preview }: Previewed): readonly string[] => {
  const varied = new Set(preview.varied);
  return mark.request.sessions.filter((key) => !varied.has(key));
};

/** After a yes: each context that must be asked for, or the mark itself. */
export const markAffirmed = (state: ConsoleState, previewed: Previewed): Transition => {
  const { mark, preview } = previewed;
  if (preview.contextsToAsk.length > 0) return transition(askContexts(state, previewed));
  const sessions = uniform(previewed);
  const { request } = mark;
  if (sessions.length + request.contexts.length === 0) return transition(notMarked(state, mark));
  return transition(state, { ...mark, request: { ...request, sessions }, confirm: 'answered' });
};

/** `stopped`: only what was affirmed by itself is judged. */
const judgeAffirmed = (
  state: ConsoleState,
  dialog: ContextDialog,
  stopped: boolean,
): Transition => {
  const { mark, preview, affirmed } = dialog;
  const sessions = stopped ? [] : uniform(dialog);
  const contexts = [...(stopped ? [] : mark.request.contexts), ...affirmed];
  if (sessions.length + contexts.length === 0) return transition(notMarked(state, mark));
  const asked = preview.contextsToAsk.filter(({ key }) => affirmed.includes(key));
  const seen = {
    ...mark.request.seen,
    ...Object.fromEntries(asked.map(({ key, records }) => [key, records])),
  };
  const left = preview.contextsToAsk.length - affirmed.length;
  const subject = `${mark.subject}, ${many(affirmed.length, 'context')} affirmed and ${left} left`;
  return transition(
    { ...state, dialog: null },
    {
      ...mark,
      subject,
      request: { ...mark.request, sessions, contexts, seen },
      confirm: 'answered',
    },
  );
};

const answerContext = (state: ConsoleState, isBenign: boolean): Transition => {
  const { dialog } = state;
  if (dialog?.dialog !== 'contexts') return transition(state);
  const { at, affirmed, preview } = dialog;
  const key = preview.contextsToAsk[at]?.key;
  const next = {
    ...dialog,
    at: at + 1,
    affirmed: isBenign && key !== undefined ? [...affirmed, key] : affirmed,
  };
  return next.at < preview.contextsToAsk.length
    ? transition({ ...state, dialog: next })
    : judgeAffirmed(state, next, false);
};

const affirmContext = (state: ConsoleState): Transition => answerContext(state, true);
const leaveContext = (state: ConsoleState): Transition => answerContext(state, false);

const stopContexts = (state: ConsoleState): Transition =>
  state.dialog?.dialog === 'contexts'
    ? judgeAffirmed(state, state.dialog, true)
    : transition(state);

export const contextByContext = {
  'affirm-context': always(affirmContext),
  'leave-context': always(leaveContext),
  'stop-asking': always(stopContexts),
} satisfies Actions;
