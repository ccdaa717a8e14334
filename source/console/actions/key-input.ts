import { forTerminal } from '../../domain/terminal-text.ts';
import { keyName, keyOf } from '../keys/bindings.ts';
import { withoutAsking } from './leaving.ts';
import { commandFor, runCommand } from './commands.ts';
import { typedCharacter } from '../keys/key-press.ts';
import { isTooSmall } from '../layout.ts';
import { placeOf } from '../keys/key-context.ts';
import type { ConsoleState, Typed } from '../state.ts';
import type { Transition } from '../transition.ts';
import { say, step } from '../transition.ts';
import { secretTyped } from './secrets.ts';
import { insert } from './typed.ts';

/** Only the commands that copy look at what was copied before: any other key forgets it. */
const forgetCopy = (before: ConsoleState, after: Transition): Transition =>
  before.lastCopied !== null && after.state.lastCopied === before.lastCopied
    ? { ...after, state: { ...after.state, lastCopied: null } }
    : after;

const keyPressed = (state: ConsoleState, key: string): Transition => {
  const place = placeOf(state);
  const command = commandFor(place, key);
  if (command !== undefined && (!isTooSmall(state) || command.id === 'interrupt'))
    return forgetCopy(state, runCommand(state, command.id));
  if (isTooSmall(state)) return step(state);
  if (place === 'secret') return secretTyped(state, typedCharacter({ key }) ?? '');
  if (place === 'prompt' || place === 'palette' || place === 'found') {
    const typed = typedCharacter({ key });
    return step(typed === undefined ? state : insert(state, typed));
  }
  if (state.asking !== null)
    return step(place === 'text' || place === 'contextByContext' ? state : withoutAsking(state));
  return step(
    say(state, `${forTerminal(keyName(key))} does nothing here; ${keyOf('help')} lists the keys`),
  );
};

/** What a key press or a paste does, wherever the keys are. */
export const type = (state: ConsoleState, typed: Typed): Transition => {
  if ('key' in typed) return keyPressed(state, typed.key);
  return state.asking?.asking === 'secret'
    ? secretTyped(state, typed.paste)
    : step(insert(state, typed.paste));
};
