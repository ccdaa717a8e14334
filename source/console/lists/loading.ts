import { type PagedList, rowUnderCursor } from './paged-list.ts';
import { lastLevel } from './levels.ts';
import type { ConsoleState } from '../state.ts';

const isComing = <Query, Row>(list: PagedList<Query, Row>): boolean =>
  list.answered === null
    ? list.asked !== null
    : list.total > 0 && rowUnderCursor(list) === undefined;

/** Said instead of "there is none" while the row under the cursor is still being read; null: it is there, or is none. */
export const loadingReason = (state: ConsoleState): string | null => {
  const level = lastLevel(state);
  switch (level?.level) {
    case undefined:
      return isComing(state.sessions) ? 'this row is still being read' : null;
    case 'contexts':
      return level.contexts === null ? 'the session is being opened' : null;
    case 'records':
      return isComing(level.list) ? 'this row is still being read' : null;
    case 'raw':
      return null;
  }
};
