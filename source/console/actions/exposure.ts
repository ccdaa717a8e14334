import type { EventOf } from '../event.ts';
import { unless, noCase, type Actions } from './action.ts';
import { exposureRowUnderCursor } from '../lists/exposure-rows.ts';
import { openPrompt, type For, refuse, closeDialog } from '../prompts.ts';
import { type ConsoleState, type Transition, transition, showStatus } from '../state.ts';
import type { Prompt } from '../dialog.ts';
import { windowText, periodWords, readPeriod } from '../words/window.ts';
import { keyOf } from '../keys/bindings.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import type { Effect } from '../effect.ts';
import { mailboxesOf, mailboxNamed } from './filtering.ts';
import { caseChanged } from '../lists/answers.ts';
import { change } from './judging.ts';

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
  if (row?.row !== 'gap' || row.mailbox.guid === null) return transition(state);
  const { from, to, kind } = row.gap;
  return transition(
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
  if (row?.row !== 'gap' || row.mailbox.guid === null) return transition(state);
  const purpose = { for: 'rebuttal', mailbox: row.mailbox.guid, gap: row.gap } as const;
  return transition(openPrompt(state, purpose, state.reason ?? ''));
};

const askWindow = (state: ConsoleState): Transition => {
  const row = state.focus === 'exposure' ? exposureRowUnderCursor(state) : undefined;
  const mailbox = row === undefined || row.row === 'case' ? null : row.mailbox;
  return transition(openPrompt(state, { for: 'window' }, windowText(state.overview, mailbox)));
};

export const acceptRebuttal = (
  state: ConsoleState,
  prompt: Prompt,
  purpose: For<'rebuttal'>,
): Transition => {
  const reason = prompt.text.trim();
  if (reason === '')
    return refuse(state, prompt, 'a rebuttal needs a reason: an expert will ask for it');
  const { from, to, kind } = purpose.gap;
  const effect: Effect = {
    effect: 'rebut-gap',
    mailbox: purpose.mailbox,
    gap: { from, to, kind },
    rebutted: true,
    reason,
  };
  return transition({ ...closeDialog(state), reason: null }, effect);
};

export const acceptWindow = (state: ConsoleState, prompt: Prompt): Transition => {
  const words = periodWords(prompt.text);
  const period = readPeriod(words);
  if (typeof period === 'string') return refuse(state, prompt, period);
  const [, , typed, more] = words;
  if (more !== undefined)
    return refuse(state, prompt, `"${forTerminal(more)}" is too much: FROM TO [MAILBOX]`);
  const mailbox = typed === undefined ? null : (mailboxNamed(state, typed)?.guid ?? null);
  if (typed !== undefined && mailbox === null)
    return refuse(state, prompt, `no such mailbox in the case; ${mailboxesOf(state)}`);
  const { reason } = state;
  return transition(
    { ...closeDialog(state), reason: null },
    { effect: 'set-window', mailbox, ...period, reason },
  );
};

export const onWindowSet = (state: ConsoleState, event: EventOf<'window-set'>): Transition => {
  const { decision } = event.outcome;
  const none = decision.act === 'window' && decision.from === null && decision.to === null;
  const what = none ? 'access window taken away' : 'access window set';
  return transition(
    caseChanged(
      showStatus(state, `${what}; ${change(event.outcome)} (${keyOf('undo')} undoes it)`),
    ),
  );
};

export const onGapRebutted = (state: ConsoleState, event: EventOf<'gap-rebutted'>): Transition => {
  const { decision } = event.outcome;
  const rebutted = decision.act === 'rebut' && decision.rebutted;
  const what = rebutted
    ? 'gap rebutted: it presumes nothing any more'
    : 'rebuttal taken back: the gap counts again';
  return transition(caseChanged(showStatus(state, `${what} (${keyOf('undo')} undoes it)`)));
};

export const exposure = {
  'rebut-gap': unless((state) => gapReason(state, true), rebutGap),
  'accept-gap': unless((state) => gapReason(state, false), acceptGap),
  'access-window': unless(noCase, askWindow),
} satisfies Actions;
