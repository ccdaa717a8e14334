import { nameOfCharacter, nameOfCsi, nameOfSs3 } from './key-names.ts';

/**
 * What stands at the beginning of what was typed: `length` UTF-16 units that are one key, the start
 * of a paste, or (without a key) something to be passed over; or the beginning of a sequence whose
 * rest has not come yet.
 */
export type KeySequence =
  | { readonly kind: 'key'; readonly length: number; readonly key: string }
  | { readonly kind: 'nothing'; readonly length: number }
  | { readonly kind: 'pasteBegins'; readonly length: number }
  | { readonly kind: 'incomplete' };

const escape = '\u001B';
const incomplete: KeySequence = { kind: 'incomplete' };
const controlSequence = /^\u001B\[([0-?]*)[ -/]*([@-~])/;
const controlSequenceBegun = /^\u001B\[[0-?]*[ -/]*/;
/** OSC and DCS: a terminal's late answer to what another program asked, up to its terminator. */
const stringSequence = /^\u001B[\]P][^\u0007\u001B]*(?:\u0007|\u001B\\)/;
const stringSequenceBegun = /^\u001B[\]P][^\u0007\u001B]*\u001B?$/;

/** Reads the first key from `text`, which must not be empty. */
export function nextKeySequence(text: string): KeySequence {
  if (!text.startsWith(escape)) return characterKey(text, 0);
  switch (text[1]) {
    case undefined:
      return incomplete;
    case '[':
      return csiKey(text);
    case 'O':
      return ss3Key(text);
    case escape:
      return escapedEscape(text);
    case ']':
    case 'P':
      return stringReply(text);
    default:
      return characterKey(text, 1);
  }
}

/** A typed character; with Alt held, terminals put an Esc before it. */
function characterKey(text: string, at: 0 | 1): KeySequence {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  const length = at + (text.startsWith('\r\n', at) ? 2 : character.length);
  const name = nameOfCharacter(character);
  if (name === undefined) return { kind: 'nothing', length };
  return { kind: 'key', length, key: at === 1 ? `alt-${name}` : name };
}

function csiKey(text: string): KeySequence {
  // The Linux console sends ESC [ [ A for F1: its fourth character would otherwise be typed text.
  if (text[2] === '[') return text.length < 4 ? incomplete : { kind: 'nothing', length: 4 };
  const whole = controlSequence.exec(text);
  if (whole === null) {
    const begun = controlSequenceBegun.exec(text)?.[0].length ?? 2;
    return begun === text.length ? incomplete : { kind: 'nothing', length: begun };
  }
  const [{ length }, parameters = '', final = ''] = whole;
  if (parameters === '200' && final === '~') return { kind: 'pasteBegins', length };
  return keyOrNothing(nameOfCsi(parameters, final), length);
}

function ss3Key(text: string): KeySequence {
  const letter = text[2];
  if (letter === undefined) return incomplete;
  if (!/[A-Za-z]/.test(letter)) return { kind: 'key', length: 2, key: 'alt-O' };
  return keyOrNothing(nameOfSs3(letter), 3);
}

/** Some terminals send Alt with an arrow as Esc and the arrow's sequence; else it is just Esc twice. */
function escapedEscape(text: string): KeySequence {
  const third = text[2];
  if (third === undefined) return incomplete;
  if (third !== '[' && third !== 'O') return { kind: 'key', length: 1, key: 'escape' };
  const inner = nextKeySequence(text.slice(1));
  if (inner.kind === 'key') return { ...inner, length: inner.length + 1, key: `alt-${inner.key}` };
  if (inner.kind === 'incomplete') return incomplete;
  return { kind: 'key', length: 1, key: 'escape' };
}

function stringReply(text: string): KeySequence {
  const whole = stringSequence.exec(text);
  if (whole !== null) return { kind: 'nothing', length: whole[0].length };
  return stringSequenceBegun.test(text) ? incomplete : { kind: 'nothing', length: 2 };
}

function keyOrNothing(key: string | undefined, length: number): KeySequence {
  return key === undefined ? { kind: 'nothing', length } : { kind: 'key', length, key };
}
