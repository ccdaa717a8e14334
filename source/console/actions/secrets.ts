/** Questions for something secret: the text stays outside, the state knows how much was typed. */
import type { EventOf } from '../event.ts';
import { always, type Actions } from './action.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import type { Asking, ConsoleState } from '../state.ts';
import { type Transition, step } from '../transition.ts';
import { tenantJobs, withTenantJob } from '../tenant.ts';
import { cancelTenantJob } from './tenant-jobs.ts';

type Secret = Extract<Asking, { asking: 'secret' }>;

/** It waits until nothing else is being typed: nobody's search may become a password. */
export const secretAsked = (state: ConsoleState, event: EventOf<'secret-asked'>): Transition =>
  step(withTenantJob(state, event.job, { secretWanted: event.question }));

/** Opens the question that waits, as soon as it may. */
export const raiseSecret = (state: ConsoleState): ConsoleState => {
  if (state.asking !== null) return state;
  const job = tenantJobs(state).find(({ secretWanted }) => secretWanted !== null);
  if (job === undefined) return state;
  const question = forTerminal(job.secretWanted ?? '').replace(/:\s*$/, '');
  return {
    ...withTenantJob(state, job.id, { secretWanted: null }),
    asking: { asking: 'secret', job: job.id, question, typed: 0 },
  };
};

const counting = (state: ConsoleState, asking: Secret, typed: number): ConsoleState => ({
  ...state,
  asking: { ...asking, typed: Math.max(0, typed) },
});

const LINE_END = /\n[^]*$/;

/** Text typed or pasted; of several lines the first. */
export const secretTyped = (state: ConsoleState, text: string): Transition => {
  const { asking } = state;
  const line = text.replace(LINE_END, '');
  if (asking?.asking !== 'secret' || line === '') return step(state);
  return step(counting(state, asking, asking.typed + [...line].length), {
    effect: 'secret-typed',
    text: line,
  });
};

const secretErased = (state: ConsoleState, all: boolean): Transition => {
  const { asking } = state;
  if (asking?.asking !== 'secret') return step(state);
  return step(counting(state, asking, all ? 0 : asking.typed - 1), {
    effect: 'secret-erased',
    all,
  });
};

const secretAccepted = (state: ConsoleState): Transition => {
  const { asking } = state;
  if (asking?.asking !== 'secret') return step(state);
  return step({ ...state, asking: null }, { effect: 'secret-taken', job: asking.job });
};

/** Without it nobody signs in: what asked for it ends. */
export const secretGivenUp = (state: ConsoleState): Transition => {
  const { asking } = state;
  if (asking?.asking !== 'secret') return step(state);
  const cancelled = cancelTenantJob({ ...state, asking: null }, asking.job);
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
