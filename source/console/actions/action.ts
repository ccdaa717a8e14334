import type { ConsoleState } from '../state.ts';
import type { Transition } from '../transition.ts';
import type { CommandId } from '../keys/bindings.ts';

/** What a command does, and when it cannot. */
export interface Behaviour {
  /** Why it can do nothing here, in one line; null when it can. */
  readonly unavailable: (state: ConsoleState) => string | null;
  readonly run: (state: ConsoleState, runCommand: RunCommand) => Transition;
}

/** Runs another command, or says why it can't: the palette is given this. */
export type RunCommand = (state: ConsoleState, id: CommandId) => Transition;

export type BehavioursOf<Id extends CommandId> = Readonly<Record<Id, Behaviour>>;

const ALWAYS = (): null => null;

export const always = (run: Behaviour['run']): Behaviour => ({ unavailable: ALWAYS, run });

export const unless = (
  unavailable: Behaviour['unavailable'],
  run: Behaviour['run'],
): Behaviour => ({ unavailable, run });
