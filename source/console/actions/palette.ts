import { paneInFocus, placeOf } from '../keys/key-context.ts';
import type { ConsoleState } from '../state.ts';
import type { Transition } from '../transition.ts';
import { say, step } from '../transition.ts';
import { BINDINGS, COMMAND_IDS, keyOf } from '../keys/bindings.ts';
import type { Binding, CommandId } from '../keys/bindings.ts';
import type { Behaviour, BehavioursOf, RunCommand } from './action.ts';
import { always } from './action.ts';
import { keysFromPane, menuOf, otherPanes } from './other-panes.ts';
import { TEXTS } from '../keys/texts.ts';

const bindingOf = (id: CommandId): Binding => BINDINGS[id];

const matches = (id: CommandId, terms: readonly string[]): boolean => {
  const { label, description, group } = TEXTS[id];
  const haystack = `${label} ${description} ${group} ${keysFromPane(id)}`.toLowerCase();
  return terms.every((term) => haystack.includes(term));
};

/**
 * Commands that hold every word typed: those of the pane in focus in the order of the list, then
 * those of menus and of other panes.
 */
export const paletteCommands = (state: ConsoleState): readonly CommandId[] => {
  const { asking } = state;
  if (asking?.asking !== 'palette') return [];
  const place = paneInFocus(state);
  const terms = asking.search
    .toLowerCase()
    .split(' ')
    .filter((term) => term !== '');
  const found = COMMAND_IDS.filter((id) => matches(id, terms));
  const here = found.filter((id) => bindingOf(id).places.includes(place));
  const elsewhere = found.filter(
    (id) => !here.includes(id) && (menuOf(id) !== null || otherPanes(id, place) !== null),
  );
  return [...here, ...elsewhere];
};

const moveBy = (by: (page: number) => number): Behaviour =>
  always((state) => {
    const { asking } = state;
    if (asking?.asking !== 'palette') return step(state);
    const last = paletteCommands(state).length - 1;
    const index = Math.max(0, Math.min(last, asking.index + by(state.size.rows - 8)));
    return step({ ...state, asking: { ...asking, index } });
  });

/** A command of a menu: as if the keys that lead to it had been pressed. */
const runThrough = (state: ConsoleState, id: CommandId, runCommand: RunCommand): Transition => {
  const found = menuOf(id);
  if (found === null) return runCommand(state, id);
  let done = step(state);
  for (const one of found.way) {
    const next = runCommand(done.state, one);
    done = { state: next.state, effects: [...done.effects, ...next.effects] };
  }
  if (placeOf(done.state) !== found.menu) return done;
  const chosen = runCommand(done.state, id);
  return { state: chosen.state, effects: [...done.effects, ...chosen.effects] };
};

const run: Behaviour = always((state, runCommand) => {
  const { asking } = state;
  if (asking?.asking !== 'palette') return step(state);
  const id = paletteCommands(state)[asking.index];
  if (id === undefined) return step(state);
  const closed = { ...state, asking: null };
  const panes = otherPanes(id, paneInFocus(state));
  if (panes === null) return runThrough(closed, id, runCommand);
  const text = `"${TEXTS[id].label}" works in ${panes}: ${keyOf('next-pane')} leads there`;
  return step(say(closed, text));
});

export const paletteKeys: BehavioursOf<
  | 'palette-down'
  | 'palette-up'
  | 'palette-page-down'
  | 'palette-page-up'
  | 'palette-run'
  | 'palette-close'
> = {
  'palette-down': moveBy(() => 1),
  'palette-up': moveBy(() => -1),
  'palette-page-down': moveBy((page) => page),
  'palette-page-up': moveBy((page) => -page),
  'palette-run': run,
  'palette-close': always((state) => step({ ...state, asking: null })),
};
