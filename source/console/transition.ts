import type { Effect } from './effect.ts';
import type { ConsoleState } from './state.ts';

/** What an event leads to. */
export interface Transition {
  readonly state: ConsoleState;
  readonly effects: readonly Effect[];
}

const STATUS_SECONDS = 8;
/** For what took so long that nobody sits and waits for it. */
const STATUS_SECONDS_AFTER_LONG = 120;

export const transition = (state: ConsoleState, ...effects: readonly Effect[]): Transition => ({
  state,
  effects,
});

/** Says what just happened; it goes away by itself. */
export const showStatus = (
  state: ConsoleState,
  text: string,
  seconds = STATUS_SECONDS,
): ConsoleState => ({
  ...state,
  status: { text, until: state.now + seconds * 1000 },
});

export const showLongStatus = (state: ConsoleState, text: string): ConsoleState =>
  showStatus(state, text, STATUS_SECONDS_AFTER_LONG);

/** Says what went wrong and what to do; it stays until Esc. */
export const showError = (state: ConsoleState, problem: string): ConsoleState => ({
  ...state,
  error: problem,
});
