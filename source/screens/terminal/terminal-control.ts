import type { After } from './frame-pacer.ts';
import type { TerminalAbilities } from './terminal-abilities.ts';
import type { TerminalInput, TerminalOutput } from './terminal-streams.ts';
import { closeSync, constants, openSync, writeSync } from 'node:fs';

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
function enterSequence(abilities: TerminalAbilities): string {
  if (!abilities.addressable) return home + eraseBelow;
  return (
    alternateScreenOn + cursorHidden + pasteBracketed + wrapOff + plainStyle + home + eraseBelow
  );
}

/**
 * Gives the terminal back as it was. Harmless when given twice and when a frame was cut short;
 * the screen is cleared first for terminals that have no alternate screen to leave.
 */
function leaveSequence(abilities: TerminalAbilities): string {
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

/** How long a terminal that takes nothing is waited for, in ms, and how often it is asked. */
const patience = 500;
const pause = 20;

/**
 * Writes past whatever is queued, before this returns: for a process about to end or to stop. On a
 * line that hangs the ordinary write would wait for ever, and a signal could not end the program;
 * so the terminal is opened once more, such that it says when it takes nothing, and given up on.
 */
function writeAtOnce(output: TerminalOutput, text: string): void {
  const { fd } = output;
  if (fd === undefined) {
    output.write(text);
    return;
  }
  let terminal: number;
  try {
    terminal = openSync('/dev/tty', constants.O_WRONLY | constants.O_NONBLOCK | constants.O_NOCTTY);
  } catch {
    // No terminal by that name (Windows, a process without one): the output itself must do.
    writeSync(fd, text);
    return;
  }
  try {
    writePatiently(terminal, Buffer.from(text));
  } finally {
    closeSync(terminal);
  }
}

function writePatiently(terminal: number, bytes: Uint8Array): void {
  const clock = new Int32Array(new SharedArrayBuffer(4));
  let written = 0;
  for (let waited = 0; written < bytes.length && waited < patience;) {
    try {
      written += writeSync(terminal, bytes, written);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(clock, 0, 0, pause);
      waited += pause;
    }
  }
}

export interface TerminalControl {
  /** Takes the terminal over: modes, raw input. */
  enter(): void;
  /** Gives it back behind everything still to be written; does not wait for a terminal that hangs. */
  leave(): Promise<void>;
  /** Gives it back at once, past whatever is still queued: for crashes, signals and Ctrl-Z. */
  leaveNow(): void;
}

export interface TerminalControlOptions {
  readonly input: TerminalInput;
  readonly output: TerminalOutput;
  readonly abilities: TerminalAbilities;
  readonly after: After;
  onBytes(bytes: Uint8Array): void;
}

/** A terminal that takes nothing for so long (in ms) is left without another word. */
const answerPatience = 1000;

export function createTerminalControl(options: TerminalControlOptions): TerminalControl {
  const { input, output, abilities, after, onBytes } = options;
  let entered = false;

  const releaseInput = (): void => {
    input.off('data', onBytes);
    attempt(() => input.setRawMode?.(false));
    input.pause();
  };
  const leaveNow = (): void => {
    if (!entered) return;
    entered = false;
    attempt(() => writeAtOnce(output, leaveSequence(abilities)));
    releaseInput();
  };

  return {
    enter() {
      entered = true;
      // Node makes writes to a terminal wait; then a stalled line would stop keys and signals too.
      setBlocking(output, false);
      // The shell may have taken raw mode away unseen (SIGSTOP, fg); Node, which remembers having set
      // it, would not set it again.
      attempt(() => input.setRawMode?.(false));
      attempt(() => input.setRawMode?.(true));
      input.off('data', onBytes);
      input.on('data', onBytes);
      input.resume();
      output.write(enterSequence(abilities));
    },
    leaveNow,
    async leave() {
      if (!entered) return;
      const written = new Promise<boolean>((resolve) => {
        const cancel = after(answerPatience, () => resolve(false));
        output.write(leaveSequence(abilities), (error) => {
          cancel();
          resolve(!error);
        });
      });
      if (!(await written)) return leaveNow();
      entered = false;
      setBlocking(output, true);
      releaseInput();
    },
  };
}

/** A terminal that is gone answers everything with an error; there is nothing left to restore then. */
function attempt(act: () => void): void {
  try {
    act();
  } catch {
    // Gone: the end of input or SIGHUP says so to those who can act on it.
  }
}

/** Not in Node's documented interface, so it may be missing: writes then wait, as Node has it. */
function setBlocking(output: TerminalOutput, blocking: boolean): void {
  const { _handle: handle } = output as { _handle?: { setBlocking?(blocking: boolean): void } };
  attempt(() => handle?.setBlocking?.(blocking));
}
