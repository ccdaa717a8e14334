import { TOPIC_NAMES, topicTitle } from '../../help/topic-text.ts';
import { paneInFocus, keyContextOf } from '../keys/key-context.ts';
import { type ConsoleState, type Transition, showStatus, transition } from '../state.ts';
import type { Palette } from '../dialog.ts';
import {
  BINDINGS,
  COMMAND_IDS,
  keyOf,
  type Binding,
  type CommandId,
  type KeyContext,
  keyName,
  LEFT,
  MENUS,
  PANES,
} from '../keys/bindings.ts';
import { type Action, type Actions, type RunCommand, always } from './action.ts';
import { TEXTS } from '../keys/texts.ts';

const palette = (state: ConsoleState): Transition =>
  transition({ ...state, dialog: { dialog: 'palette', search: '', index: 0 } });

const PLACE_NAMES: Readonly<Record<(typeof PANES)[number], string>> = {
  sessions: 'Sessions',
  contexts: 'an opened session',
  records: 'its records',
  raw: 'a raw record',
  comparison: 'a comparison',
  messages: 'Messages',
  exposure: 'Exposure',
  details: 'Details',
};

/** Keys that lead to a menu, from any pane. The others open in the course of something else. */
const MENU_COMMANDS: { readonly [Menu in KeyContext]?: readonly CommandId[] } = {
  filterMenu: ['filter'],
  verdictMenu: ['filter', 'filter-verdict'],
  exportMenu: ['export'],
  fetchMenu: ['fetch'],
};

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

/** "Sessions, Messages and Details": the other panes where a command works; null: it works in `here`, or in no pane. */
export const otherPanes = (id: CommandId, here: KeyContext): string | null => {
  const { keyContexts } = bindingOf(id);
  if (keyContexts.includes(here)) return null;
  const panes = PANES.filter((pane) => keyContexts.includes(pane));
  if (panes.length === 0) return null;
  // What works in everything on the left is said by what stands there first.
  const isWholeLeft = LEFT.every((pane) => keyContexts.includes(pane));
  const named = panes.filter(
    (pane) => pane === 'sessions' || !isWholeLeft || !LEFT.some((left) => left === pane),
  );
  return listed(named.map((pane) => PLACE_NAMES[pane]));
};

/** The menu that holds a command, and the commands that lead there; null: none does, or it is no choice. */
export const menuOf = (
  id: CommandId,
): { readonly menu: KeyContext; readonly through: readonly CommandId[] } | null => {
  const menu = MENUS.find((one) => bindingOf(id).keyContexts.includes(one));
  const through = menu === undefined ? undefined : MENU_COMMANDS[menu];
  return menu === undefined || through === undefined || id === 'close-menu'
    ? null
    : { menu, through };
};

/** All keys to press for it from a pane: "x v m". */
export const keysFromPane = (id: CommandId): string => {
  const found = menuOf(id);
  if (found === null)
    return bindingOf(id)
      .keys.map((key) => keyName(key))
      .join(' ');
  return [...found.through, id].map(keyOf).join(' ');
};

const bindingOf = (id: CommandId): Binding => BINDINGS[id];

const matches = (id: CommandId, terms: readonly string[]): boolean => {
  const { label, description, group } = TEXTS[id];
  const haystack = `${label} ${description} ${group} ${keysFromPane(id)}`.toLowerCase();
  return terms.every((term) => haystack.includes(term));
};

const termsOf = ({ search }: Palette): readonly string[] =>
  search
    .toLowerCase()
    .split(' ')
    .filter((term) => term !== '');

/**
 * Commands that hold every word typed: those of the pane in focus in the order of the list, then
 * those of menus and of other panes.
 */
export const paletteCommands = (state: ConsoleState): readonly CommandId[] => {
  const { dialog } = state;
  if (dialog?.dialog !== 'palette') return [];
  const keyContext = paneInFocus(state);
  const terms = termsOf(dialog);
  const found = COMMAND_IDS.filter((id) => matches(id, terms));
  const here = found.filter((id) => bindingOf(id).keyContexts.includes(keyContext));
  const elsewhere = found.filter(
    (id) => !here.includes(id) && (menuOf(id) !== null || otherPanes(id, keyContext) !== null),
  );
  return [...here, ...elsewhere];
};

/** Help topics that hold every word typed; "help" and "topic" find them all. */
export const paletteTopics = (state: ConsoleState): readonly string[] => {
  const { dialog } = state;
  if (dialog?.dialog !== 'palette') return [];
  const terms = termsOf(dialog);
  return TOPIC_NAMES.filter((name) => {
    const words = `help topic ${name} ${topicTitle(name)}`.toLowerCase();
    return terms.every((term) => words.includes(term));
  });
};

const moveBy = (by: (page: number) => number): Action =>
  always((state) => {
    const { dialog } = state;
    if (dialog?.dialog !== 'palette') return transition(state);
    const last = paletteCommands(state).length + paletteTopics(state).length - 1;
    const index = Math.max(0, Math.min(last, dialog.index + by(state.size.rows - 8)));
    return transition({ ...state, dialog: { ...dialog, index } });
  });

/** A command of a menu: as if the keys that lead to it had been pressed. */
const runThrough = (state: ConsoleState, id: CommandId, runCommand: RunCommand): Transition => {
  const found = menuOf(id);
  if (found === null) return runCommand(state, id);
  let done = transition(state);
  for (const one of found.through) {
    const next = runCommand(done.state, one);
    done = { state: next.state, effects: [...done.effects, ...next.effects] };
  }
  if (keyContextOf(done.state) !== found.menu) return done;
  const chosen = runCommand(done.state, id);
  return { state: chosen.state, effects: [...done.effects, ...chosen.effects] };
};

const openTopic = (state: ConsoleState, palette: Palette, index: number): Transition => {
  const topic = paletteTopics(state)[index];
  return transition(
    topic === undefined ? state : { ...state, dialog: { dialog: 'topic', topic, top: 0, palette } },
  );
};

/** To the first topic, and from the topics to the first command. */
const switchToTopics: Action = always((state) => {
  const { dialog } = state;
  if (dialog?.dialog !== 'palette') return transition(state);
  const first = paletteCommands(state).length;
  const index = dialog.index < first && paletteTopics(state).length > 0 ? first : 0;
  return transition({ ...state, dialog: { ...dialog, index } });
});

const run: Action = always((state, runCommand) => {
  const { dialog } = state;
  if (dialog?.dialog !== 'palette') return transition(state);
  const commands = paletteCommands(state);
  const id = commands[dialog.index];
  if (id === undefined) return openTopic(state, dialog, dialog.index - commands.length);
  const closed = { ...state, dialog: null };
  const panes = otherPanes(id, paneInFocus(state));
  if (panes === null) return runThrough(closed, id, runCommand);
  const text = `"${TEXTS[id].label}" works in ${panes}: ${keyOf('next-pane')} leads there`;
  return transition(showStatus(closed, text));
});

export const paletteActions = {
  palette: always(palette),
  help: always(palette),
  'palette-down': moveBy(() => 1),
  'palette-up': moveBy(() => -1),
  'palette-page-down': moveBy((page) => page),
  'palette-page-up': moveBy((page) => -page),
  'palette-run': run,
  'palette-topics': switchToTopics,
  'topic-close': always((state) =>
    transition(
      state.dialog?.dialog === 'topic' ? { ...state, dialog: state.dialog.palette } : state,
    ),
  ),
  'palette-close': always((state) => transition({ ...state, dialog: null })),
} satisfies Actions;
