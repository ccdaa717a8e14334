import type { Effect } from './effect.ts';
import type { ConsoleState } from './state.ts';

/** What an event leads to. */
export interface Step {
  readonly state: ConsoleState;
  readonly effects: readonly Effect[];
}

const STATUS_SECONDS = 8;

export const step = (state: ConsoleState, ...effects: readonly Effect[]): Step => ({
  state,
  effects,
});

/** Says what just happened; it goes away by itself. */
export const say = (state: ConsoleState, text: string): ConsoleState => ({
  ...state,
  status: { text, until: state.now + STATUS_SECONDS * 1000 },
});

/** Says what went wrong and what to do; it stays until Esc. */
export const complain = (state: ConsoleState, problem: string): ConsoleState => ({
  ...state,
  error: problem,
});
