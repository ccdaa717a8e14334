/** Questions for something secret: the text stays outside, the state knows how much was typed. */
import type { EventOf } from '../event.ts';
import { always, type Actions } from './action.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import type { Dialog } from '../dialog.ts';
import { type ConsoleState, type Transition, transition } from '../state.ts';
import { tenantJobs, withTenantJob } from '../tenant.ts';
import { cancelTenantJob } from './tenant-jobs.ts';

type Secret = Extract<Dialog, { dialog: 'secret' }>;

/** It waits until nothing else is being typed: nobody's search may become a password. */
export const onSecretAsked = (state: ConsoleState, event: EventOf<'secret-asked'>): Transition =>
  transition(withTenantJob(state, event.job, { secretWanted: event.question }));

/** Opens the question that waits, as soon as it may. */
export const raiseSecret = (state: ConsoleState): ConsoleState => {
  if (state.dialog !== null) return state;
  const job = tenantJobs(state).find(({ secretWanted }) => secretWanted !== null);
  if (job === undefined) return state;
  const question = forTerminal(job.secretWanted ?? '').replace(/:\s*$/, '');
  return {
    ...withTenantJob(state, job.id, { secretWanted: null }),
    dialog: { dialog: 'secret', job: job.id, question, typed: 0 },
  };
};

const counting = (state: ConsoleState, dialog: Secret, typed: number): ConsoleState => ({
  ...state,
  dialog: { ...dialog, typed: Math.max(0, typed) },
});

const LINE_END = /\n[^]*$/;

/** Text typed or pasted; of several lines the first. */
export const secretTyped = (state: ConsoleState, text: string): Transition => {
  const { dialog } = state;
  const line = text.replace(LINE_END, '');
  if (dialog?.dialog !== 'secret' || line === '') return transition(state);
  return transition(counting(state, dialog, dialog.typed + [...line].length), {
    effect: 'secret-typed',
    text: line,
  });
};

const secretErased = (state: ConsoleState, all: boolean): Transition => {
  const { dialog } = state;
  if (dialog?.dialog !== 'secret') return transition(state);
  return transition(counting(state, dialog, all ? 0 : dialog.typed - 1), {
    effect: 'secret-erased',
    all,
  });
};

const secretAccepted = (state: ConsoleState): Transition => {
  const { dialog } = state;
  if (dialog?.dialog !== 'secret') return transition(state);
  return transition({ ...state, dialog: null }, { effect: 'secret-taken', job: dialog.job });
};

/** Without it nobody signs in: what asked for it ends. */
export const secretGivenUp = (state: ConsoleState): Transition => {
  const { dialog } = state;
  if (dialog?.dialog !== 'secret') return transition(state);
  const cancelled = cancelTenantJob({ ...state, dialog: null }, dialog.job);
  return {
    state: cancelled.state,
    effects: [{ effect: 'secret-erased', all: true }, ...cancelled.effects],
  };
};

export const secrets = {
  'secret-accept': always(secretAccepted),
  'secret-give-up': always(secretGivenUp),
  'secret-erase': always((state) => secretErased(state, false)),
  'secret-erase-all': always((state) => secretErased(state, true)),
} satisfies Actions;
