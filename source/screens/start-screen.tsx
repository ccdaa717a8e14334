import { PassThrough } from 'node:stream';
import { render } from 'ink';
import type { KeyPress } from '../console/keys/key-press.ts';
import type { ScreenLook } from './components/look.ts';
import { LiveScreen, type ViewFeed } from './components/screen.tsx';
import { createPacedFeed } from './paced-feed.ts';
import { createFrameOutput, type FrameOutput } from './terminal/frame-output.ts';
import { afterRealTime, type After } from './terminal/frame-pacer.ts';
import { createInputReader } from './terminal/input-reader.ts';
import { watchStopAndContinue } from './terminal/stop-and-continue.ts';
import type { TerminalAbilities } from './terminal/terminal-abilities.ts';
import { createTerminalControl } from './terminal/terminal-control.ts';
import {
  sizeOf,
  type SignalSource,
  type TerminalInput,
  type TerminalOutput,
  type TerminalSize,
} from './terminal/terminal-streams.ts';
import { paintFor } from './theme.ts';
import { EventEmitter } from 'node:events';

/**
 * The stdout ink is given. With `debug: true` ink writes each frame whole, as plain lines with
 * styles, in one write; anything else it writes (an empty write as a barrier, cursor shown at the
 * end) does not belong to a frame and goes no further: the terminal's modes are ours alone.
 */
function createInkStdout(output: TerminalOutput, frames: FrameOutput): NodeJS.WriteStream {
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

/** Why the screen ended without being asked to; the terminal is restored by then. */
export type ScreenEnd =
  | { readonly end: 'signal'; readonly signal: 'SIGTERM' | 'SIGHUP' | 'SIGINT' }
  | { readonly end: 'failed'; readonly error: unknown };

export interface ScreenOptions extends ViewFeed {
  readonly stdin: TerminalInput;
  readonly stdout: TerminalOutput;
  /** `process`, whose signals are listened to while the screen runs. */
  readonly signals: SignalSource;
  readonly environment: TerminalAbilities;
  onKey(press: KeyPress): void;
  onPaste(text: string): void;
  /** The terminal has another size: `currentView` should soon be of that size. */
  onResize(size: TerminalSize): void;
  /** The caller stops its work and ends the process. */
  onEnd(reason: ScreenEnd): void;
  readonly after?: After;
}

export interface RunningScreen {
  /** Gives the terminal back and resolves when it has been. */
  stop(): Promise<void>;
  /** Ctrl-Z: gives the terminal back and stops the job; when it goes on, everything is drawn anew. */
  suspend(): void;
  /** Ctrl-L: draws everything anew. */
  redraw(): void;
  /** Gives the terminal back at once, for the caller's uncaughtException and unhandledRejection. */
  restore(): void;
  /** Sends a sequence that shows nothing (`clipboardSequence`) to the terminal. */
  send(sequence: string): void;
}

/**
 * Draws the console on a terminal and hears its keys, until stopped. React must have been imported
 * with NODE_ENV=production: its other build is slower and keeps memory with every key.
 */
export function startScreen(options: ScreenOptions): RunningScreen {
  const { stdin, stdout, signals, environment, after = afterRealTime } = options;
  const reader = createInputReader(after, (input) => {
    if ('paste' in input) options.onPaste(input.paste);
    else options.onKey(input);
  });
  const onBytes = (bytes: Uint8Array): void => reader.push(bytes);
  const control = createTerminalControl({
    input: stdin,
    output: stdout,
    abilities: environment,
    after,
    onBytes,
  });
  const frames = createFrameOutput({
    output: stdout,
    after,
    scrollRegions: environment.addressable,
    refresh: () => feed.refresh(),
  });
  const feed = createPacedFeed(options, frames.request);
  const inkStdout = createInkStdout(stdout, frames);

  const leave = (): void => {
    frames.pause();
    reader.reset();
    control.leaveNow();
  };
  const onSize = (): void => {
    frames.forget();
    options.onResize(sizeOf(stdout));
    inkStdout.emit('resize');
  };
  const enter = (): void => {
    control.enter();
    frames.resume();
    onSize();
  };

  control.enter();
  const job = watchStopAndContinue({ signals, after, leave, enter });
  const instance = drawWithInk(options, feed, inkStdout);
  const endings = watchEndings(options, onSize, (reason) => {
    end();
    control.leaveNow();
    options.onEnd(reason);
  });
  const end = (): void => {
    endings.forget();
    job.end();
    frames.stop();
    instance.unmount();
  };
  void instance.waitUntilExit().catch((error: unknown) => endings.report({ end: 'failed', error }));
  signals.on('exit', control.leaveNow);

  return {
    async stop() {
      end();
      await control.leave();
      signals.off('exit', control.leaveNow);
    },
    suspend: job.stopJob,
    redraw: frames.forget,
    restore: leave,
    send: frames.send,
  };
}

/** ink draws, and nothing else: it gets no keys, no signals to act on and no console to patch. */
function drawWithInk(
  { environment }: ScreenOptions,
  feed: ViewFeed,
  stdout: NodeJS.WriteStream,
): ReturnType<typeof render> {
  const look: ScreenLook = { paint: paintFor(environment), unicode: environment.unicode };
  return render(<LiveScreen feed={feed} look={look} />, {
    stdout,
    stdin: new PassThrough() as unknown as NodeJS.ReadStream,
    // Whole frames, each in one write; the difference is made by the frame output.
    debug: true,
    interactive: true,
    exitOnCtrlC: false,
    patchConsole: false,
    isScreenReaderEnabled: false,
  });
}

interface Endings {
  report(reason: ScreenEnd): void;
  forget(): void;
}

/** Listens for everything that ends the screen from outside, and for its size; reports one end only. */
function watchEndings(
  { stdin, stdout, signals }: ScreenOptions,
  onSize: () => void,
  onEnd: (reason: ScreenEnd) => void,
): Endings {
  let ended = false;
  const report = (reason: ScreenEnd): void => {
    if (ended) return;
    ended = true;
    onEnd(reason);
  };
  const onTerminate = (): void => report({ end: 'signal', signal: 'SIGTERM' });
  const onInterrupt = (): void => report({ end: 'signal', signal: 'SIGINT' });
  // Input or output that fails is a terminal that has gone away, even where no signal says so.
  const onHangUp = (): void => report({ end: 'signal', signal: 'SIGHUP' });
  signals.on('SIGTERM', onTerminate);
  signals.on('SIGINT', onInterrupt);
  signals.on('SIGHUP', onHangUp);
  stdin.on('end', onHangUp);
  stdin.on('error', onHangUp);
  // Stays for good: a late error without a listener would end the process with a stack trace.
  stdout.on('error', onHangUp);
  stdout.on('resize', onSize);
  return {
    report,
    forget() {
      ended = true;
      signals.off('SIGTERM', onTerminate);
      signals.off('SIGINT', onInterrupt);
      signals.off('SIGHUP', onHangUp);
      stdin.off('end', onHangUp);
      stdin.off('error', onHangUp);
      stdout.off('resize', onSize);
    },
  };
}
