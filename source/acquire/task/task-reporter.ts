import { type Clock, isoTime } from '../../tenant/http/clock.ts';
import type { Wait } from '../../tenant/http/waiting.ts';

/** Says how a task stands whenever that changes. */
export abstract class TaskReporter<Step extends string, Waiting = Wait> {
  readonly #clock: Clock;
  #step: Step;
  #since: string;

  constructor(clock: Clock, step: Step) {
    this.#clock = clock;
    this.#step = step;
    this.#since = isoTime(clock.now());
  }

  /** `since`: when the step began; UTC, ISO. */
  protected abstract emit(step: Step, since: string, wait: Waiting | null): void;

  say(step: Step = this.#step, wait: Waiting | null = null): void {
    if (step !== this.#step) this.#since = isoTime(this.#clock.now());
    this.#step = step;
    this.emit(step, this.#since, wait);
  }

  /** For the client: what it waits for. */
  readonly onWait = (wait: Waiting): void => this.say(this.#step, wait);
}
