import type { KeyContext } from './bindings.ts';
import { lastLevel } from '../lists/levels.ts';
import type { ConsoleState } from '../state.ts';

/** The pane that has the keys once nothing holds them above the panes. */
export const paneInFocus = (state: ConsoleState): KeyContext =>
  state.focus === 'sessions' ? (lastLevel(state)?.level ?? 'sessions') : state.focus;

/** Where the next key goes. */
export const keyContextOf = (state: ConsoleState): KeyContext => {
  const { dialog } = state;
  if (dialog === null) return paneInFocus(state);
  if (dialog.dialog === 'method') return 'methodMenu';
  if (dialog.dialog === 'contexts') return 'contextByContext';
  if (dialog.dialog !== 'menu') return dialog.dialog;
  switch (dialog.menu) {
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
