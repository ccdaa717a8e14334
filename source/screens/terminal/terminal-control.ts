import type { After } from './frame-pacer.ts';
import type { TerminalAbilities } from './terminal-abilities.ts';
import { enterSequence, leaveSequence } from './terminal-modes.ts';
import type { TerminalInput, TerminalOutput } from './terminal-streams.ts';
import { writeAtOnce } from './write-at-once.ts';

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
const patience = 1000;

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
        const cancel = after(patience, () => resolve(false));
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
