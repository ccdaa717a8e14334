import type { TerminalAbilities } from './terminal-abilities.ts';

const alternateScreenOn = '\u001B[?1049h';
const alternateScreenOff = '\u001B[?1049l';
const cursorHidden = '\u001B[?25l';
const cursorShown = '\u001B[?25h';
const pasteBracketed = '\u001B[?2004h';
const pastePlain = '\u001B[?2004l';
/** Without automatic wrapping the bottom right cell can be written on every terminal and nothing scrolls. */
const wrapOff = '\u001B[?7l';
const wrapOn = '\u001B[?7h';
const wholeScrollRegion = '\u001B[r';
const plainStyle = '\u001B[m';
const home = '\u001B[H';
const eraseBelow = '\u001B[J';
/** Cancels an escape sequence that was cut in the middle, so that what follows is understood. */
const cancel = '\u0018';

/** Takes the terminal over: a screen of our own, no cursor, pastes told from typing. */
export function enterSequence(abilities: TerminalAbilities): string {
  if (!abilities.addressable) return home + eraseBelow;
  return (
    alternateScreenOn + cursorHidden + pasteBracketed + wrapOff + plainStyle + home + eraseBelow
  );
}

/**
 * Gives the terminal back as it was. Harmless when given twice and when a frame was cut short;
 * the screen is cleared first for terminals that have no alternate screen to leave.
 */
export function leaveSequence(abilities: TerminalAbilities): string {
  if (!abilities.addressable) return '\r\n';
  return (
    cancel +
    plainStyle +
    wholeScrollRegion +
    home +
    eraseBelow +
    wrapOn +
    pastePlain +
    cursorShown +
    alternateScreenOff
  );
}
