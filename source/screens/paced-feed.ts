import type { ViewFeed } from './components/screen.tsx';

export interface PacedFeed extends ViewFeed {
  /** Tells the screen of what has changed since the last time. */
  refresh(): void;
}

/**
 * Stands between the console's store and React, so that a frame is only made when it can be shown:
 * laying out a large screen takes far longer than a key. `request` is called at each change and
 * answers with `refresh` when the terminal is ready for a frame.
 */
export function createPacedFeed(feed: ViewFeed, request: () => void): PacedFeed {
  const listeners = new Set<() => void>();
  let changed = false;
  let unsubscribe: (() => void) | undefined;
  return {
    currentView: feed.currentView,
    subscribe(listener) {
      listeners.add(listener);
      unsubscribe ??= feed.subscribe(() => {
        changed = true;
        request();
      });
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        unsubscribe?.();
        unsubscribe = undefined;
      };
    },
    refresh() {
      if (!changed) return;
      changed = false;
      for (const listener of listeners) listener();
    },
  };
}
