import { keyName, PANES } from './bindings.ts';
import { COMMANDS } from '../actions/commands.ts';
import { type Group, GROUPS } from './texts.ts';

export interface KeyRow {
  readonly group: Group;
  /** As on the keyboard, e.g. "j ↓". */
  readonly keys: string;
  readonly description: string;
}

/** The key table of the README, in the order of the groups: the keys of the panes, without those of a typed line. */
export const keyTable = (): readonly KeyRow[] =>
  GROUPS.flatMap((group) =>
    COMMANDS.filter(
      (command) =>
        command.group === group &&
        PANES.some((keyContext) => command.keyContexts.includes(keyContext)),
    ).map(({ keys, description }) => ({
      group,
      keys: keys.map((key) => keyName(key)).join(' '),
      description,
    })),
  );
