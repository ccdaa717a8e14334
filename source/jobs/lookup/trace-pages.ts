import { Problem } from '../../domain/problem.ts';
import { type RefusalKind, TenantRefusal } from '../../tenant/http/refusal.ts';
import {
  askTracePage,
  type TracePage,
  tracePage,
  tracePath,
  type TraceSubject,
} from '../../tenant/message-trace/ask-trace.ts';
import { traceStart, type TraceWindow } from '../../tenant/message-trace/trace-windows.ts';
import { type KeptAnswer, keptAnswer } from './answered-question.ts';
import type { Question } from './look-up-state.ts';
import { asking, type LookUpWork } from './look-up-work.ts';

/** So often are the pages of a window walked from the first on, where the tenant lost the place. */
const PASSES = 3;
/** A clock is not further ahead than this, or it is no use to ask. */
const SKEW = 3_600_000;

const LOST: ReadonlySet<RefusalKind> = new Set(['request', 'not-found']);
const ONE_WINDOW: ReadonlySet<RefusalKind> = new Set([
  'request',
  'not-found',
  'server',
  'throttled',
]);

/** It ends this window alone; others may still be had. */
export const endsOneWindow = (error: unknown): error is Problem =>
  error instanceof TenantRefusal ? ONE_WINDOW.has(error.kind) : error instanceof BrokenPage;

/** HTTP 200, and no page of a trace. */
class BrokenPage extends Problem {
  constructor() {
    super('The tenant answered with something that is no message trace.', 'Try again later.');
  }
}

/** The tenant's own time, where its clock is behind ours and the end asked for lies in its future. */
const endByItsClock = (error: unknown, { to }: TraceWindow): number | null => {
  if (!(error instanceof TenantRefusal) || error.kind !== 'request') return null;
  const date = Date.parse(error.attempts.at(-1)?.date ?? '');
  return date < to && date > to - SKEW ? date : null;
};

/** Pages of one question within one window, in their order. */
class WindowWalk {
  readonly #work: LookUpWork;
  readonly #question: Question;
  readonly #part: string;
  readonly #subject: TraceSubject;
  #window: TraceWindow;

  constructor(
    work: LookUpWork,
    question: Question,
    part: string,
    subject: TraceSubject,
    window: TraceWindow,
  ) {
    this.#work = work;
    this.#question = question;
    this.#part = part;
    this.#subject = subject;
    this.#window = window;
  }

  async *pages(): AsyncGenerator<KeptAnswer & TracePage, TraceWindow> {
    for (let pass = 1; ; pass += 1) {
      const lost = yield* this.#pass(pass);
      if (lost === null) return this.#window;
      if (pass === PASSES) throw lost;
    }
  }

  /** null: walked to its end. */
  async *#pass(pass: number): AsyncGenerator<KeptAnswer & TracePage, Problem | null> {
    let place = tracePath(this.#subject, this.#window);
    const seen = new Set<string>();
    for (let number = 1; ; number += 1) {
      // Pages that lead back to one of them have no end.
      if (seen.has(place)) return new BrokenPage();
      seen.add(place);
      try {
        const answer = await this.#answer(`${this.#part}-p${pass}-${number}`, place);
        const page = tracePage(answer.body);
        if (page === null) return new BrokenPage();
        this.#work.teller.page(page.rows);
        yield { ...answer, ...page };
        if (page.nextLink === null) return null;
        place = page.nextLink;
      } catch (error) {
        const end = number === 1 ? endByItsClock(error, this.#window) : null;
        if (end !== null) {
          this.#window = { ...this.#window, to: end };
          return error as TenantRefusal;
        }
        const lost = number > 1 && error instanceof TenantRefusal && LOST.has(error.kind);
        if (!lost) throw error;
        return error;
      }
    }
  }

  #answer(part: string, place: string): Promise<Omit<KeptAnswer, 'rows'>> {
    return keptAnswer(this.#work, this.#question, part, () =>
      askTracePage(this.#work.client, place, asking(this.#work)),
    );
  }
}

/**
 * The pages of a trace in a window, those on the disk first; nextLinks as they came. `part`: unique
 * within the question. Nothing where the window has become too old to be asked for. Returns what was
 * asked in the end, null: nothing.
 * @throws TenantRefusal, BrokenPage (`endsOneWindow`), the signal's reason.
 */
export async function* windowPages(
  work: LookUpWork,
  question: Question,
  part: string,
  subject: TraceSubject,
  { from, to }: TraceWindow,
): AsyncGenerator<KeptAnswer & TracePage, TraceWindow | null> {
  const start = traceStart(work.clock.now());
  if (to < start) return null;
  const window = { from: Math.max(from, start), to };
  return yield* new WindowWalk(work, question, part, subject, window).pages();
}
