import type { Effect } from '../console/effect.ts';
import type { ConsoleEvent } from '../console/event.ts';
import type { ConsoleState } from '../console/state.ts';
import { update } from '../console/update.ts';
import type { ScreenView } from '../console/view.ts';
import { screenView } from '../console/views/screen-view.ts';

/** The console's state and who listens to it, in the shape `useSyncExternalStore` asks for. */
export interface ConsoleStore {
  dispatch(event: ConsoleEvent): void;
  state(): ConsoleState;
  /** Drawn when it is asked for, and the same object until something changes. */
  currentView(): ScreenView;
  subscribe(listener: () => void): () => void;
}

export const createStore = (
  start: ConsoleState,
  now: () => number,
  perform: (effect: Effect) => void,
): ConsoleStore => {
  let state = start;
  let drawn: { readonly of: ConsoleState; readonly view: ScreenView } | null = null;
  const listeners = new Set<() => void>();
  return {
    dispatch(event) {
      const before = state;
      const next = update(state, event, now());
      state = next.state;
      for (const effect of next.effects) perform(effect);
      if (state !== before) for (const listener of listeners) listener();
    },
    state: () => state,
    currentView() {
      if (drawn?.of !== state) drawn = { of: state, view: screenView(state) };
      return drawn.view;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
