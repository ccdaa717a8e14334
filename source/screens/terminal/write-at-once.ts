import { closeSync, constants, openSync, writeSync } from 'node:fs';
import type { TerminalOutput } from './terminal-streams.ts';

/** How long a terminal that takes nothing is waited for, in ms, and how often it is asked. */
const patience = 500;
const pause = 20;

/**
 * Writes past whatever is queued, before this returns: for a process about to end or to stop. On a
 * line that hangs the ordinary write would wait for ever, and a signal could not end the program;
 * so the terminal is opened once more, such that it says when it takes nothing, and given up on.
 */
export function writeAtOnce(output: TerminalOutput, text: string): void {
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
