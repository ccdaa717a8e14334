/** Commands that do not work in the pane in focus: where they do, for the palette. */
import type { CommandId, KeyContext } from '../keys/bindings.ts';
import { BINDINGS, keyName, keyOf, LEFT, MENUS, PANES } from '../keys/bindings.ts';
import type { Binding } from '../keys/bindings.ts';

const bindingOf = (id: CommandId): Binding => BINDINGS[id];

const PLACE_NAMES: Readonly<Record<(typeof PANES)[number], string>> = {
  sessions: 'Sessions',
  contexts: 'an opened session',
  records: 'its records',
  raw: 'a raw record',
  messages: 'Messages',
  exposure: 'Exposure',
  details: 'Details',
};

/** Keys that lead to a menu, from any pane. The others open in the course of something else. */
const WAYS: { readonly [Menu in KeyContext]?: readonly CommandId[] } = {
  filterMenu: ['filter'],
  verdictMenu: ['filter', 'filter-verdict'],
  exportMenu: ['export'],
  fetchMenu: ['fetch'],
};

const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;

/** "Sessions, Messages and Details": the other panes where a command works; null: it works in `here`, or in no pane. */
export const otherPanes = (id: CommandId, here: KeyContext): string | null => {
  const { places } = bindingOf(id);
  if (places.includes(here)) return null;
  const panes = PANES.filter((pane) => places.includes(pane));
  if (panes.length === 0) return null;
  // What works in everything on the left is said by what stands there first.
  const isWholeLeft = LEFT.every((pane) => places.includes(pane));
  const named = panes.filter(
    (pane) => pane === 'sessions' || !isWholeLeft || !LEFT.some((left) => left === pane),
  );
  return listed(named.map((pane) => PLACE_NAMES[pane]));
};

/** The menu that holds a command, and the commands that lead there; null: none does, or it is no choice. */
export const menuOf = (
  id: CommandId,
): { readonly menu: KeyContext; readonly way: readonly CommandId[] } | null => {
  const menu = MENUS.find((one) => bindingOf(id).places.includes(one));
  const way = menu === undefined ? undefined : WAYS[menu];
  return menu === undefined || way === undefined || id === 'close-menu' ? null : { menu, way };
};

/** All keys to press for it from a pane: "x v m". */
export const keysFromPane = (id: CommandId): string => {
  const found = menuOf(id);
  if (found === null)
    return bindingOf(id)
      .keys.map((key) => keyName(key))
      .join(' ');
  return [...found.way, id].map(keyOf).join(' ');
};
