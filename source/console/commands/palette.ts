import { paneInFocus } from '../place.ts';
import type { ConsoleState } from '../state.ts';
import { step } from '../step.ts';
import { BINDINGS, COMMAND_IDS, keyName } from './bindings.ts';
import type { Binding, CommandId } from './bindings.ts';
import type { Behaviour, BehavioursOf } from './command.ts';
import { always } from './command.ts';
import { TEXTS } from './texts.ts';

const bindingOf = (id: CommandId): Binding => BINDINGS[id];

const matches = (id: CommandId, terms: readonly string[]): boolean => {
  const { label, description, group } = TEXTS[id];
  const keys = bindingOf(id)
    .keys.map((key) => keyName(key))
    .join(' ');
  const haystack = `${label} ${description} ${group} ${keys}`.toLowerCase();
  return terms.every((term) => haystack.includes(term));
};

/** The commands of the pane in focus that hold every word typed, in the order of the list. */
export const paletteCommands = (state: ConsoleState): readonly CommandId[] => {
  const { asking } = state;
  if (asking?.asking !== 'palette') return [];
  const place = paneInFocus(state);
  const terms = asking.search
    .toLowerCase()
    .split(' ')
    .filter((term) => term !== '');
  return COMMAND_IDS.filter((id) => bindingOf(id).places.includes(place) && matches(id, terms));
};

const moveBy = (by: (page: number) => number): Behaviour =>
  always((state) => {
    const { asking } = state;
    if (asking?.asking !== 'palette') return step(state);
    const last = paletteCommands(state).length - 1;
    const index = Math.max(0, Math.min(last, asking.index + by(state.size.rows - 8)));
    return step({ ...state, asking: { ...asking, index } });
  });

const run: Behaviour = always((state, runCommand) => {
  const { asking } = state;
  if (asking?.asking !== 'palette') return step(state);
  const id = paletteCommands(state)[asking.index];
  return id === undefined ? step(state) : runCommand({ ...state, asking: null }, id);
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
