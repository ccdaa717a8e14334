/** What the keys of a terminal are called, by the sequences terminals send for them. */
import type { NamedKey } from '../../console/keys/key-press.ts';

type KeyName = NamedKey | `f${number}`;

/** Final letter of CSI (`ESC [ A`) and of SS3 (`ESC O A`), the form of "application" mode. */
const byLetter: Readonly<Record<string, KeyName>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  H: 'home',
  F: 'end',
  M: 'enter',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
};

/** First parameter of `CSI n ~`. */
const byNumber: Readonly<Record<number, KeyName>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageUp',
  6: 'pageDown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
};

const byControl: Readonly<Record<string, NamedKey | `ctrl-${string}`>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\b': 'backspace',
  '\u007F': 'backspace',
  '\u001B': 'escape',
  ' ': 'space',
  '\u0000': 'ctrl-space',
  '\u001C': 'ctrl-\\',
  '\u001D': 'ctrl-]',
  '\u001E': 'ctrl-^',
  '\u001F': 'ctrl-_',
};

/** The key for one typed character, or undefined for characters no keyboard types (C1, U+FFFD). */
export function nameOfCharacter(character: string): string | undefined {
  const named = byControl[character];
  if (named !== undefined) return named;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return `ctrl-${String.fromCodePoint(code + 0x60)}`;
  if ((code >= 0x80 && code < 0xa0) || code === 0xfffd) return undefined;
  return character;
}

/** The key for a whole CSI sequence, given what stands between `ESC [` and the final character. */
export function nameOfCsi(parameters: string, final: string): string | undefined {
  if (!/^[\d;:]*$/.test(parameters)) return undefined;
  const [first = 0, modifiers = 1, third = 0] = parameters
    .split(';')
    .map((part) => parseInt(part, 10) || 0);
  if (final === 'Z') return 'shift-tab';
  if (final === '~' && first === 27) return withModifiers(nameOfCode(third), modifiers);
  if (final === '~') return withModifiers(byNumber[first], modifiers);
  if (final === 'u') return withModifiers(nameOfCode(first), modifiers);
  // Without parameters R and M are reports (cursor place, mouse), not keys.
  if (final === 'M' || (final === 'R' && parameters !== '1')) return undefined;
  return withModifiers(byLetter[final], modifiers);
}

/** The key for `ESC O x`. */
export function nameOfSs3(letter: string): string | undefined {
  return byLetter[letter];
}

function nameOfCode(code: number): string | undefined {
  return code > 0 && code <= 0x10ffff ? nameOfCharacter(String.fromCodePoint(code)) : undefined;
}

/** Terminals send 1 plus a sum of 1 (Shift), 2 (Alt), 4 (Ctrl). */
function withModifiers(name: string | undefined, modifiers: number): string | undefined {
  if (name === undefined) return undefined;
  const held = Math.max(0, modifiers - 1);
  const shifted = (held & 1) !== 0 && [...name].length > 1 ? 'shift-' : '';
  return `${(held & 4) === 0 ? '' : 'ctrl-'}${(held & 2) === 0 ? '' : 'alt-'}${shifted}${name}`;
}
