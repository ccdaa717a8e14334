import type { EventOf } from '../event.ts';
import { always, type Actions } from './action.ts';
import type { MarkPreview } from '../../case/judging/mark-preview.ts';
import type { MarkEffect } from '../effect.ts';
import { NOTHING_SELECTED } from '../selection.ts';
import type { ConsoleState, ContextByContext } from '../state.ts';
import { type Transition, say, step } from '../transition.ts';
import { markQuestion } from '../words/context-by-context.ts';
import { many } from '../words/figures.ts';

/** A verdict on more sessions than this asks first. */
const MANY_SESSIONS = 20;

/** Whether it has to be looked at before it is made: what it touches is known to the case only. */
export const mayAsk = ({ asks, request }: MarkEffect): boolean => {
  if (asks !== 'where-needed') return asks === 'always';
  const { verdict, sessions, contexts } = request;
  return (
    sessions.length + contexts.length > MANY_SESSIONS ||
    (verdict === 'benign' && sessions.length > 0)
  );
};

/** Whether all of it is asked for with one question, in numbers. */
const asksInNumbers = ({ asks }: MarkEffect, preview: MarkPreview): boolean =>
  asks === 'always' ||
  preview.sessions > MANY_SESSIONS ||
  preview.partlyMalicious > 0 ||
  preview.leftOut > 0;

export const mustAsk = (mark: MarkEffect, preview: MarkPreview): boolean =>
  asksInNumbers(mark, preview) || preview.contextsToAsk.length > 0;

/** A mark that was given up: what it was about is selected again, and its reason waits again. */
export const notMarked = (state: ConsoleState, { request }: MarkEffect): ConsoleState => {
  const { putAside, selection } = state;
  const wasSelected =
    selection.sessions.size + selection.contexts.size === 0 &&
    [...request.sessions].every((key) => putAside.sessions.has(key)) &&
    [...request.contexts].every((key) => putAside.contexts.has(key));
  const selected = wasSelected ? { selection: putAside, putAside: NOTHING_SELECTED } : {};
  const reason = state.reason ?? request.reason;
  return say({ ...state, asking: null, reason, ...selected }, 'nothing was judged');
};

type Previewed = { readonly mark: MarkEffect; readonly preview: MarkPreview };

const askContexts = (state: ConsoleState, { mark, preview }: Previewed): ConsoleState => ({
  ...state,
  asking: { asking: 'contexts', mark, preview, at: 0, affirmed: [] },
});

/** What a mark would change came: it is asked for before it is made. */
export const markPreviewed = (
  state: ConsoleState,
  { mark, preview }: EventOf<'mark-previewed'>,
): Transition => {
  // Whatever holds the keyboard by now keeps it.
  if (state.asking !== null) {
    const { asking } = state;
    return step({ ...notMarked(state, mark), asking });
  }
  if (!asksInNumbers(mark, preview)) return step(askContexts(state, { mark, preview }));
  const text = markQuestion(mark, preview);
  return step({
    ...state,
    asking: { asking: 'question', text, yes: { action: 'mark', mark, preview } },
  });
};

/** Without those that are asked for, or could not be. */
const uniform = ({ mark, preview }: Previewed): readonly string[] => {
  const varied = new Set(preview.varied);
  return mark.request.sessions.filter((key) => !varied.has(key));
};

/** After a yes: each context that must be asked for, or the mark itself. */
export const markAffirmed = (state: ConsoleState, previewed: Previewed): Transition => {
  const { mark, preview } = previewed;
  if (preview.contextsToAsk.length > 0) return step(askContexts(state, previewed));
  const sessions = uniform(previewed);
  const { request } = mark;
  if (sessions.length + request.contexts.length === 0) return step(notMarked(state, mark));
  return step(state, { ...mark, request: { ...request, sessions }, asks: 'answered' });
};

/** `stopped`: only what was affirmed by itself is judged. */
const judgeAffirmed = (
  state: ConsoleState,
  asking: ContextByContext,
  stopped: boolean,
): Transition => {
  const { mark, preview, affirmed } = asking;
  const sessions = stopped ? [] : uniform(asking);
  const contexts = [...(stopped ? [] : mark.request.contexts), ...affirmed];
  if (sessions.length + contexts.length === 0) return step(notMarked(state, mark));
  const asked = preview.contextsToAsk.filter(({ key }) => affirmed.includes(key));
  const seen = {
    ...mark.request.seen,
    ...Object.fromEntries(asked.map(({ key, records }) => [key, records])),
  };
  const left = preview.contextsToAsk.length - affirmed.length;
  const subject = `${mark.subject}, ${many(affirmed.length, 'context')} affirmed and ${left} left`;
  return step(
    { ...state, asking: null },
    {
      ...mark,
      subject,
      request: { ...mark.request, sessions, contexts, seen },
      asks: 'answered',
    },
  );
};

const goOn = (state: ConsoleState, isBenign: boolean): Transition => {
  const { asking } = state;
  if (asking?.asking !== 'contexts') return step(state);
  const { at, affirmed, preview } = asking;
  const key = preview.contextsToAsk[at]?.key;
  const next = {
    ...asking,
    at: at + 1,
    affirmed: isBenign && key !== undefined ? [...affirmed, key] : affirmed,
  };
  return next.at < preview.contextsToAsk.length
    ? step({ ...state, asking: next })
    : judgeAffirmed(state, next, false);
};

const affirmContext = (state: ConsoleState): Transition => goOn(state, true);
const leaveContext = (state: ConsoleState): Transition => goOn(state, false);

const stopAsking = (state: ConsoleState): Transition =>
  state.asking?.asking === 'contexts' ? judgeAffirmed(state, state.asking, true) : step(state);

export const contextByContext = {
  'affirm-context': always(affirmContext),
  'leave-context': always(leaveContext),
  'stop-asking': always(stopAsking),
} satisfies Actions;
