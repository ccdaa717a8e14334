import type { ContextLine, SessionLine } from '../../case/lists/session-pages.ts';
import type {
  Compared,
  ComparisonLevel,
  ConsoleState,
  ContextsLevel,
  Level,
  RawLevel,
  RecordsLevel,
} from '../state.ts';
import { type PagedList, rowUnderCursor } from './paged-list.ts';

interface LevelOf {
  readonly contexts: ContextsLevel;
  readonly records: RecordsLevel;
  readonly raw: RawLevel;
  readonly comparison: ComparisonLevel;
}

/** The innermost thing opened in the place of the sessions. */
export const lastLevel = (state: ConsoleState): Level | null => state.opened.at(-1) ?? null;

/** The innermost level of that kind, if one is open. */
export const topLevel = <Kind extends Level['level']>(
  state: ConsoleState,
  kind: Kind,
): LevelOf[Kind] | null =>
  (state.opened.findLast((level) => level.level === kind) as LevelOf[Kind] | undefined) ?? null;

export const replaceLast = (state: ConsoleState, level: Level): ConsoleState => ({
  ...state,
  opened: [...state.opened.slice(0, -1), level],
});

export const comparedRow = (subject: Compared): SessionLine | ContextLine =>
  'session' in subject ? subject.session : subject.context;

export const contextUnderCursor = (level: ContextsLevel): ContextLine | undefined =>
  level.contexts?.find((context) => context.key === level.position.key);

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
    case 'comparison':
      return null;
  }
};
