import { EventEmitter } from 'node:events';
import type { FrameOutput } from './frame-output.ts';
import { sizeOf, type TerminalOutput } from './terminal-streams.ts';

/**
 * The stdout ink is given. With `debug: true` ink writes each frame whole, as plain lines with
 * styles, in one write; anything else it writes (an empty write as a barrier, cursor shown at the
 * end) does not belong to a frame and goes no further: the terminal's modes are ours alone.
 */
export function createInkStdout(output: TerminalOutput, frames: FrameOutput): NodeJS.WriteStream {
  const stdout = Object.assign(new EventEmitter(), {
    isTTY: true,
    writable: true,
    write(text: string, done?: () => void): boolean {
      if (!isControl.test(text)) frames.show(text);
      // Never at once: ink does not expect its barrier to call back before write() has returned.
      if (done !== undefined) queueMicrotask(done);
      return true;
    },
  });
  Object.defineProperty(stdout, 'columns', { get: () => sizeOf(output).columns });
  Object.defineProperty(stdout, 'rows', { get: () => sizeOf(output).rows });
  return stdout as unknown as NodeJS.WriteStream;
}

/** Nothing at all, or a private mode set or reset. */
const isControl = /^(\u001B\[\?[\d;]*[hl])*$/;
