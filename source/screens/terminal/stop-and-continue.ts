import type { After } from './frame-pacer.ts';
import type { SignalSource } from './terminal-streams.ts';

export interface StopAndContinueOptions {
  readonly signals: SignalSource;
  readonly after: After;
  /** Gives the terminal back before the process stops. */
  leave(): void;
  /** Takes it again and draws everything anew; also after a stop that could not be announced (SIGSTOP). */
  enter(): void;
}

export interface StopAndContinue {
  /** Ctrl-Z: stops the whole job, as the terminal would have done outside raw mode. */
  stopJob(): void;
  end(): void;
}

/** A stop that does not happen (no job control, as under a service) is noticed after this, in ms. */
const noticeDelay = 100;

export function watchStopAndContinue(options: StopAndContinueOptions): StopAndContinue {
  const { signals, after, leave, enter } = options;
  let cancelNotice: (() => void) | undefined;

  /** `target` is a process, or 0 for the process group: npm and a launcher stop with us. */
  const stop = (target: number): void => {
    leave();
    // Without a listener the signal has its usual effect; with one, Node would only call it.
    signals.off('SIGTSTP', onStop);
    cancelNotice?.();
    cancelNotice = after(noticeDelay, onContinue);
    try {
      signals.kill(target, 'SIGTSTP');
    } catch {
      onContinue();
    }
  };
  const onStop = (): void => stop(signals.pid);
  const onContinue = (): void => {
    cancelNotice?.();
    cancelNotice = undefined;
    signals.off('SIGTSTP', onStop);
    signals.on('SIGTSTP', onStop);
    enter();
  };

  signals.on('SIGTSTP', onStop);
  signals.on('SIGCONT', onContinue);
  return {
    stopJob: () => stop(0),
    end() {
      cancelNotice?.();
      signals.off('SIGTSTP', onStop);
      signals.off('SIGCONT', onContinue);
    },
  };
}
