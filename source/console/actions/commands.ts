import type { Transition } from '../transition.ts';
import { say, step } from '../transition.ts';
import type { ConsoleState } from '../state.ts';
import { BINDINGS, COMMAND_IDS } from '../keys/bindings.ts';
import type { Binding, CommandId, KeyContext } from '../keys/bindings.ts';
import { caseCommands } from './leaving.ts';
import type { Behaviour } from './action.ts';
import { caseSearching } from './case-search-keys.ts';
import { details } from './details.ts';
import { fetchingCommands } from './fetching.ts';
import { filtering } from './filtering.ts';
import { judging } from './judging.ts';
import { looking } from './lists.ts';
import { lookingUp } from './lookup-keys.ts';
import { moving } from './moving.ts';
import { opening } from './opening.ts';
import { paletteKeys } from './palette.ts';
import { unlessReadOnly } from './read-only.ts';
import { selecting } from './selecting.ts';
import { takingOut } from './taking-out.ts';
import { TEXTS } from '../keys/texts.ts';
import type { CommandText } from '../keys/texts.ts';
import { typing } from './typing.ts';

/** All that a key can do. Dispatch, footer, help, palette and the README's table are made of this. */
export interface Command extends Binding, CommandText, Behaviour {
  readonly id: CommandId;
}

const BEHAVIOURS: Readonly<Record<CommandId, Behaviour>> = {
  ...judging,
  ...selecting,
  ...opening,
  ...details,
  ...looking,
  ...caseSearching,
  ...filtering,
  ...moving,
  ...takingOut,
  ...caseCommands,
  ...fetchingCommands,
  ...lookingUp,
  ...typing,
  ...paletteKeys,
};

const behaviourOf = (id: CommandId): Behaviour => unlessReadOnly(id, BEHAVIOURS[id]);

export const commandOf = (id: CommandId): Command => ({
  id,
  ...BINDINGS[id],
  ...TEXTS[id],
  ...behaviourOf(id),
});

export const COMMANDS: readonly Command[] = COMMAND_IDS.map(commandOf);

export const commandFor = (place: KeyContext, key: string): Command | undefined =>
  COMMANDS.find(({ keys, places }) => places.includes(place) && keys.includes(key));

/** Does what the command does, or says in one line why it can do nothing here. */
export const runCommand = (state: ConsoleState, id: CommandId): Transition => {
  const behaviour = behaviourOf(id);
  const reason = behaviour.unavailable(state);
  return reason === null ? behaviour.run(state, runCommand) : step(say(state, reason));
};
