import type { ContextLine } from '../../case/lists/session-pages.ts';
import type { ConsoleState, ContextsLevel, Level, RawLevel, RecordsLevel } from '../state.ts';

interface LevelOf {
  readonly contexts: ContextsLevel;
  readonly records: RecordsLevel;
  readonly raw: RawLevel;
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

export const contextUnderCursor = (level: ContextsLevel): ContextLine | undefined =>
  level.contexts?.find((context) => context.key === level.position.key);
