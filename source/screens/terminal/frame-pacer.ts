/** Runs something after so many milliseconds; what it returns takes that back. Tests give their own. */
export type After = (milliseconds: number, run: () => void) => () => void;

export const afterRealTime: After = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};

export interface FramePacerOptions {
  /** The least time between two frames, in milliseconds. */
  readonly gap: number;
  readonly after: After;
  /** Draws the newest frame; `done` is called once the terminal has taken all of it. */
  draw(done: () => void): void;
}

export interface FramePacer {
  /** There is something new to draw. The last request is always honoured, those before may not be. */
  request(): void;
  stop(): void;
}

/**
 * Decides when to draw: at once after a rest (but once for all that happens in one turn), at most
 * every `gap` milliseconds, and never while the terminal is still busy with the frame before: on a
 * slow line frames are left out, so that what one sees is never older than one frame.
 */
export function createFramePacer({ gap, after, draw }: FramePacerOptions): FramePacer {
  let wanted = false;
  let drawing = false;
  let pause: (() => void) | undefined;
  let stopped = false;

  const waitThenDraw = (milliseconds: number): void => {
    pause = after(milliseconds, () => {
      pause = undefined;
      drawIfPossible();
    });
  };
  const drawIfPossible = (): void => {
    if (!wanted || drawing || pause !== undefined || stopped) return;
    wanted = false;
    drawing = true;
    waitThenDraw(gap);
    draw(() => {
      drawing = false;
      drawIfPossible();
    });
  };

  return {
    request() {
      wanted = true;
      if (pause === undefined && !drawing && !stopped) waitThenDraw(0);
    },
    stop() {
      stopped = true;
      pause?.();
    },
  };
}
