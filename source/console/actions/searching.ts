import { unless, type Actions } from './action.ts';
import { onlyInLists, listHere } from './filtering.ts';
import { paneInFocus } from '../keys/key-context.ts';
import { openPrompt } from '../prompts.ts';
import { topLevel, lastLevel, replaceLast } from '../lists/levels.ts';
import {
  type ConsoleState,
  type RawLevel,
  type Transition,
  transition,
  showStatus,
} from '../state.ts';
import type { Prompt } from '../dialog.ts';
import { layoutOf, listRows } from '../layout.ts';
import { rawLinesWith } from '../views/raw-pane.ts';
import { count } from '../words/figures.ts';
import { keyOf } from '../keys/bindings.ts';

const rawInFocus = (state: ConsoleState): RawLevel | null =>
  paneInFocus(state) === 'raw' ? topLevel(state, 'raw') : null;

const search = (state: ConsoleState): Transition => {
  const level = rawInFocus(state);
  if (level !== null) return transition(openPrompt(state, { for: 'find' }, level.find.text));
  const pane = listHere(state);
  if (pane === null) return transition(state);
  const before = pane === 'sessions' ? state.sessionSearch : state.messageSearch;
  return transition(openPrompt(state, { for: 'search', pane, before }, before));
};

/** Lines above the one found, so that it is seen what it belongs to. */
const CONTEXT = 3;

/** To the next line of the raw record with this text, from the top again after the last one. */
export const findNext = (state: ConsoleState, prompt: Prompt): Transition => {
  const level = lastLevel(state);
  const text = prompt.text;
  if (level?.level !== 'raw' || text === '') return transition({ ...state, dialog: null });
  const lines = rawLinesWith(text, level, state);
  const after = level.find.text === text ? level.find.line : -1;
  const at = lines.findIndex((line) => line > after);
  const line = lines[Math.max(0, at)];
  if (line === undefined)
    return transition({ ...state, dialog: { ...prompt, complaint: 'not in this record' } });
  const inSight = line >= level.top && line < level.top + listRows(layoutOf(state), 'left');
  const top = inSight ? level.top : Math.max(0, line - CONTEXT);
  const found = replaceLast({ ...state, dialog: null }, { ...level, top, find: { text, line } });
  const keyContext = `${count(Math.max(0, at) + 1)} of ${count(lines.length)}`;
  const next = `${keyOf('search')} ${keyOf('prompt-accept')} finds the next`;
  return transition(
    showStatus(found, lines.length === 1 ? 'found once' : `found: ${keyContext}; ${next}`),
  );
};

export const searching = {
  search: unless(
    (state) => (rawInFocus(state) === null ? onlyInLists('search works in')(state) : null),
    search,
  ),
} satisfies Actions;
