import type { ConsoleState, Transition } from '../state.ts';
import { type CommandId, keyOf } from '../keys/bindings.ts';

/** What a command does, and when it cannot. */
export interface Action {
  /** Why it can do nothing here, in one line; null when it can. */
  readonly unavailable: (state: ConsoleState) => string | null;
  readonly run: (state: ConsoleState, runCommand: RunCommand) => Transition;
}

/** Runs another command, or says why it can't: the palette is given this. */
export type RunCommand = (state: ConsoleState, id: CommandId) => Transition;

/** Of some commands; together they are those of all (`commands.ts`). */
export type Actions = Readonly<Partial<Record<CommandId, Action>>>;

const ALWAYS = (): null => null;

export const always = (run: Action['run']): Action => ({ unavailable: ALWAYS, run });

export const unless = (unavailable: Action['unavailable'], run: Action['run']): Action => ({
  unavailable,
  run,
});

/** Why nothing can be asked of the records: the case has told nothing of itself, or holds none. */
export const noCase = ({ overview }: ConsoleState): string | null => {
  if (overview === null) return 'the case is not open yet';
  return overview.span === null
    ? `there are no records yet: ${keyOf('import')} imports some`
    : null;
};
