/**
 * What the keyboard says, whatever terminal sent it.
 *
 * `key` is either one typed character as it came ('j', 'G', '/', 'é': case matters, Shift is in the
 * character), or one of `NamedKey`, or 'f1' to 'f12', or any of these behind 'ctrl-' or 'alt-' or,
 * for named ones, 'shift-' ('ctrl-c', 'alt-x', 'shift-up'). The space bar is 'space', never ' '.
 * Unknown sequences never become key presses.
 */
export interface KeyPress {
  readonly key: string;
}

/** Text pasted in one go (bracketed paste): line ends are '\n', tabs are kept, other control characters are gone. */
export interface Paste {
  readonly paste: string;
}

export type Input = KeyPress | Paste;

export type NamedKey =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'pageUp'
  | 'pageDown'
  | 'home'
  | 'end'
  | 'insert'
  | 'delete'
  | 'enter'
  | 'escape'
  | 'tab'
  | 'shift-tab'
  | 'space'
  | 'backspace';

/**
 * The character a key press types into a text field, or undefined for keys that type nothing
 * (named keys but the space bar, and anything with Ctrl or Alt).
 */
export function typedCharacter(press: KeyPress): string | undefined {
  if (press.key === 'space') return ' ';
  return isOneCharacter(press.key) ? press.key : undefined;
}

/** One grapheme would do for emoji; one code point is what the reader hands over at a time. */
function isOneCharacter(key: string): boolean {
  const [first, second] = key;
  return first !== undefined && second === undefined;
}
