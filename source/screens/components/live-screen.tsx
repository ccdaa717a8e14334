import { useSyncExternalStore, type ReactElement } from 'react';
import type { ScreenView } from '../../console/view.ts';
import { LookContext, type ScreenLook } from './look.ts';
import { Screen } from './screen.tsx';

export interface ViewFeed {
  /** Calls `listener` after each change; what it returns ends that. */
  subscribe(listener: () => void): () => void;
  /** The view as it is now: the same object until something changes. */
  currentView(): ScreenView;
}

interface LiveScreenProps {
  readonly feed: ViewFeed;
  readonly look: ScreenLook;
}

/** The screen, kept up with the console's store. */
export function LiveScreen({ feed, look }: LiveScreenProps): ReactElement {
  const view = useSyncExternalStore(feed.subscribe, feed.currentView);
  return (
    <LookContext value={look}>
      <Screen view={view} />
    </LookContext>
  );
}
