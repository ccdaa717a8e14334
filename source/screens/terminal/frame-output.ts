import { createFrameReader, type Frame } from './frame.ts';
import { frameDifference, type DifferenceOptions } from './frame-difference.ts';
import { createFramePacer, type After } from './frame-pacer.ts';
import { sizeOf, type TerminalOutput } from './terminal-streams.ts';

/** About 30 frames a second, as ink does when it writes by itself. */
const frameGap = 33;

export interface FrameOutput {
  /** There is something new: `refresh` will be called when the terminal can take a frame. */
  request(): void;
  /** The text of a whole frame; only the newest one counts. */
  show(text: string): void;
  /** Writes a sequence of the caller's own between two frames (the clipboard). */
  send(sequence: string): void;
  /** What the terminal shows is no longer known: the next frame is written whole. */
  forget(): void;
  /** Draws nothing until `resume`: the terminal belongs to someone else. */
  pause(): void;
  resume(): void;
  stop(): void;
}

export interface FrameOutputOptions extends DifferenceOptions {
  readonly output: TerminalOutput;
  readonly after: After;
  /** Makes the newest frame, by calling `show` before the next microtask or so, if anything changed. */
  refresh(): void;
}

/** Writes frames to a terminal as the difference to the frame before, no faster than it takes them. */
export function createFrameOutput(options: FrameOutputOptions): FrameOutput {
  const { output, after } = options;
  const reader = createFrameReader();
  let text: string | undefined;
  let shown: Frame | undefined;
  let paused = false;

  let drawing = false;

  const write = (done: () => void): void => {
    drawing = false;
    if (text === undefined || paused) return done();
    const { columns, rows } = sizeOf(output);
    const frame = reader.read(text, columns, rows);
    const bytes = frameDifference(shown, frame, options);
    shown = frame;
    if (bytes === '') return done();
    // The callback comes when the bytes are out: later than write() on a line that is backed up.
    output.write(bytes, () => done());
  };
  const pacer = createFramePacer({
    gap: frameGap,
    after,
    draw(done) {
      if (paused) return done();
      drawing = true;
      options.refresh();
      // React renders in a microtask that `refresh` has queued; this one is behind it.
      queueMicrotask(() => write(done));
    },
  });

  return {
    request: () => pacer.request(),
    show(newest) {
      text = newest;
      if (!drawing) pacer.request();
    },
    send: (sequence) => void output.write(sequence),
    forget() {
      shown = undefined;
      pacer.request();
    },
    pause() {
      paused = true;
    },
    resume() {
      paused = false;
      shown = undefined;
      pacer.request();
    },
    stop: () => pacer.stop(),
  };
}
