import type { KeyContext } from './bindings.ts';
import { lastLevel } from '../lists/levels.ts';
import type { ConsoleState } from '../state.ts';

/** The pane that has the keys once nothing holds them above the panes. */
export const paneInFocus = (state: ConsoleState): KeyContext =>
  state.focus === 'sessions' ? (lastLevel(state)?.level ?? 'sessions') : state.focus;

/** Where the next key goes. */
export const placeOf = (state: ConsoleState): KeyContext => {
  const { asking } = state;
  if (asking === null) return paneInFocus(state);
  if (asking.asking === 'method') return 'methodMenu';
  if (asking.asking === 'contexts') return 'contextByContext';
  if (asking.asking !== 'menu') return asking.asking;
  switch (asking.menu) {
    case 'filter':
      return 'filterMenu';
    case 'verdict':
      return 'verdictMenu';
    case 'export':
      return 'exportMenu';
    case 'fetch':
      return 'fetchMenu';
  }
};
