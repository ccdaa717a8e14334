import { type Transition, showStatus, transition, type ConsoleState } from '../state.ts';
import {
  BINDINGS,
  COMMAND_IDS,
  type Binding,
  type CommandId,
  type KeyContext,
} from '../keys/bindings.ts';
import type { Action } from './action.ts';
import { comparing } from './comparing.ts';
import { caseSearch } from './case-search.ts';
import { fetching } from './fetching.ts';
import { authenticating } from './authenticating.ts';
import { secrets } from './secrets.ts';
import { filtering } from './filtering.ts';
import { leaving } from './leaving.ts';
import { searching } from './searching.ts';
import { judging } from './judging.ts';
import { exposure } from './exposure.ts';
import { contextByContext } from './context-by-context.ts';
import { importing } from './importing.ts';
import { paletteActions } from './palette.ts';
import { lookingUp } from './lookup-keys.ts';
import { moving } from './moving.ts';
import { opening } from './opening.ts';
import { selecting } from './selecting.ts';
import { takingOut } from './taking-out.ts';
import { typing } from './typing.ts';
import { TEXTS, type CommandText } from '../keys/texts.ts';

/** What would change the case, or take something into it. */
const WRITES: ReadonlySet<CommandId> = new Set([
  ...(['mark-malicious', 'mark-benign', 'clear-verdict', 'rebut-gap', 'accept-gap'] as const),
  ...(['access-window', 'undo', 'redo', 'reason', 'import'] as const),
  ...(['fetch', 'lookup', 'lookup-mailbox', 'authenticate'] as const),
] satisfies readonly CommandId[]);

/** In a case that can only be read, what would write says why it can't, before anything else. */
const unlessReadOnly = (id: CommandId, action: Action): Action => {
  if (!WRITES.has(id)) return action;
  return {
    ...action,
    unavailable(state) {
      const why = state.overview?.readOnly ?? null;
      if (why === null) return action.unavailable(state);
      return `read-only (${why}): nothing can be marked or imported here`;
    },
  };
};

/** All that a key can do. Dispatch, footer, help, palette and the README's table are made of this. */
export interface Command extends Binding, CommandText, Action {
  readonly id: CommandId;
}

const ACTIONS: Readonly<Record<CommandId, Action>> = {
  ...caseSearch,
  ...comparing,
  ...fetching,
  ...authenticating,
  ...secrets,
  ...filtering,
  ...leaving,
  ...searching,
  ...judging,
  ...exposure,
  ...contextByContext,
  ...importing,
  ...paletteActions,
  ...lookingUp,
  ...moving,
  ...opening,
  ...selecting,
  ...takingOut,
  ...typing,
};

const actionOf = (id: CommandId): Action => unlessReadOnly(id, ACTIONS[id]);

export const commandOf = (id: CommandId): Command => ({
  id,
  ...BINDINGS[id],
  ...TEXTS[id],
  ...actionOf(id),
});

export const COMMANDS: readonly Command[] = COMMAND_IDS.map(commandOf);

export const commandFor = (keyContext: KeyContext, key: string): Command | undefined =>
  COMMANDS.find(({ keys, keyContexts }) => keyContexts.includes(keyContext) && keys.includes(key));

/** Does what the command does, or says in one line why it can do nothing here. */
export const runCommand = (state: ConsoleState, id: CommandId): Transition => {
  const action = actionOf(id);
  const reason = action.unavailable(state);
  return reason === null ? action.run(state, runCommand) : transition(showStatus(state, reason));
};
