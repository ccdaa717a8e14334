import type { CaseFilter } from '../../domain/sessions/case-filter.ts';
import type { MessageQuery, MessageScope, SessionQuery } from '../../case/lists/list-queries.ts';
import type { SessionLine } from '../../case/lists/session-pages.ts';
import { rowUnderCursor } from './paged-list.ts';
import { topLevel } from './levels.ts';
import type { ConsoleState } from '../state.ts';

export const sessionKey = (session: SessionLine): string => session.key;

/** What the Sessions pane shows, as a question to the case. */
export const sessionQueryOf = (state: ConsoleState): SessionQuery => ({
  filter: state.filter,
  sort: state.sessionSort,
  search: state.sessionSearch,
  ...(state.group === null ? { grouped: true } : { group: state.group.key }),
});

/** Of a selected context only what it accessed itself, not its whole session. */
const selectedKeys = ({ selection }: ConsoleState): readonly string[] => [
  ...selection.sessions,
  ...selection.contexts.keys(),
];

const scopeOf = (state: ConsoleState): MessageScope | null => {
  if (state.scope === 'malicious') return { of: 'malicious' };
  const selected = selectedKeys(state);
  if (selected.length > 0) return { of: 'sessions', keys: selected };
  const level = topLevel(state, 'records') ?? topLevel(state, 'contexts');
  if (level?.level === 'records') return { of: 'context', key: level.context.key };
  if (level?.level === 'contexts' && level.position.key !== null)
    return { of: 'context', key: level.position.key };
  const session = rowUnderCursor(state.sessions);
  return session === undefined ? null : { of: 'sessions', keys: [session.key] };
};

/** What the Messages pane shows; null while there is no session to show messages of. */
export const messageQueryOf = (state: ConsoleState): MessageQuery | null => {
  const scope = scopeOf(state);
  return scope === null
    ? null
    : { scope, filter: state.filter, sort: state.messageSort, search: state.messageSearch };
};

const sameFilter = (one: CaseFilter, other: CaseFilter): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);

export const sameSessionQuery = (one: SessionQuery, other: SessionQuery): boolean =>
  one.sort === other.sort &&
  one.search === other.search &&
  one.grouped === other.grouped &&
  one.group === other.group &&
  sameFilter(one.filter, other.filter);

const sameKeys = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((key, index) => key === other[index]);

const sameScope = (one: MessageScope, other: MessageScope): boolean => {
  if (one.of === 'sessions') return other.of === 'sessions' && sameKeys(one.keys, other.keys);
  if (one.of === 'context') return other.of === 'context' && one.key === other.key;
  return one.of === other.of;
};

/** The same messages, maybe in another order or fewer of them. */
export const sameMessages = (one: MessageQuery, other: MessageQuery): boolean =>
  sameScope(one.scope, other.scope);

export const sameMessageQuery = (one: MessageQuery, other: MessageQuery): boolean =>
  one.sort === other.sort &&
  one.search === other.search &&
  sameScope(one.scope, other.scope) &&
  sameFilter(one.filter, other.filter);
