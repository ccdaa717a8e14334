import { createHash } from 'node:crypto';
import { Problem } from '../../domain/problem.ts';
import { type RefusalKind, TenantRefusal } from '../../tenant/http/refusal.ts';
import {
  askTracePage,
  startIsTooOld,
  TRACE_ROWS,
  type TracePage,
  tracePage,
  tracePath,
  type TraceSubject,
} from '../../tenant/message-trace/ask-trace.ts';
import type { TraceWindow } from '../../tenant/message-trace/trace-windows.ts';
import { PageBounds } from '../../tenant/page-bounds.ts';
import { IdSet } from '../fetch/id-set.ts';
import { type KeptAnswer, keptAnswer } from './answered-batch.ts';
import type { Batch } from './lookup-state.ts';
import { asking, type LookupWork } from './lookup-work.ts';

/** So often are the pages of a window walked from the first on, where the tenant lost the place. */
const PASSES = 3;
/** So often is a window made narrower because an end of it is out of reach. */
const NARROWED = 6;
/** A clock is not further ahead than this, or it is no use to ask. */
const SKEW = 2 * 86_400_000;
const SECOND = 1_000;

const LOST: ReadonlySet<RefusalKind> = new Set(['request', 'not-found']);
const ONE_WINDOW: ReadonlySet<RefusalKind> = new Set([
  'request',
  'not-found',
  'server',
  'throttled',
]);

/** Pages of one window that could not be had to their end. */
class BrokenWindow extends Problem {}

/** It ends this window alone; others may still be had. */
export const endsOneWindow = (error: unknown): error is Problem =>
  error instanceof TenantRefusal ? ONE_WINDOW.has(error.kind) : error instanceof BrokenWindow;

const noTrace = (): BrokenWindow =>
  new BrokenWindow(
    'The tenant answered with something that is no message trace.',
    'Try again later.',
  );

const endless = (why: string): BrokenWindow =>
  new BrokenWindow(
    `The pages of this message trace have no end that could be reached: ${why}.`,
    'What came is kept. Try again later.',
  );

/** 128 bits of a row's name, as a set of ids keeps them without the text. */
const rowKey = (rowId: string): string =>
  createHash('sha256')
    .update(rowId)
    .digest('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');

/** The tenant's own time, where its clock is behind ours and the end asked for lies in its future. */
const endByItsClock = (error: unknown, { to }: TraceWindow): number | null => {
  if (!(error instanceof TenantRefusal) || error.kind !== 'request') return null;
  const date = Date.parse(error.attempts.at(-1)?.date ?? '');
  return date < to && date > to - SKEW ? date : null;
};

type Pages<End> = AsyncGenerator<KeptAnswer & TracePage, End>;

/** Pages of one batch within one window, in their order. */
class WindowWalk {
  readonly #work: LookupWork;
  readonly #batch: Batch;
  readonly #subject: TraceSubject;
  #part: string;
  #window: TraceWindow;

  constructor(
    work: LookupWork,
    batch: Batch,
    part: string,
    subject: TraceSubject,
    window: TraceWindow,
  ) {
    this.#work = work;
    this.#batch = batch;
    this.#part = part;
    this.#subject = subject;
    this.#window = window;
  }

  async *pages(): Pages<TraceWindow | null> {
    for (let pass = 1, narrowed = 0; ;) {
      const end = yield* this.#pass(pass);
      if (end === 'walked') return this.#window;
      if ('from' in end && narrowed < NARROWED) {
        narrowed += 1;
        if (end.from >= end.to) return null;
        this.#narrow(end);
        continue;
      }
      if ('from' in end) throw noTrace();
      if (pass === PASSES) throw end;
      pass += 1;
    }
  }

  /** Its pages have names of their own: after a crash none is taken for one of another window. */
  #narrow({ from, to }: TraceWindow): void {
    this.#window = { from, to };
    const [part] = this.#part.split('-n');
    this.#part = `${part}-n${from / SECOND}-${to / SECOND}`;
  }

  /** `walked`: to its end. A window: what to ask instead. A problem: the tenant lost the place. */
  async *#pass(pass: number): Pages<'walked' | TraceWindow | Problem> {
    let { to } = this.#window;
    let place = tracePath(this.#subject, this.#window);
    const places = new Set<string>();
    const rows = new IdSet();
    const bounds = new PageBounds();
    for (let number = 1; ; number += 1) {
      // Pages that lead back to one of them have no end.
      if (places.has(place)) return endless('they lead back to one of them');
      places.add(place);
      const read = await this.#read(pass, number, place);
      if (!('body' in read)) return read;
      const before = rows.size;
      for (const id of read.rowIds) rows.add(rowKey(id));
      const fresh = rows.size - before;
      this.#work.reporter.page(read.rows);
      yield read;
      const next = read.nextLink ?? this.#afterFullPage(read, to, fresh);
      if (next === null) return 'walked';
      const why = bounds.take(fresh, read.body.length);
      if (why !== null) throw endless(why);
      if (typeof next === 'string') place = next;
      else {
        ({ to } = next);
        place = tracePath(this.#subject, next);
      }
    }
  }

  /**
   * A full page without a next one may be the last, or may have lost its link: the service is asked
   * once more for what is older than its last row. null: nothing is left to ask.
   */
  #afterFullPage({ rows, earliest }: TracePage, to: number, fresh: number): TraceWindow | null {
    if (rows < TRACE_ROWS || fresh === 0) return null;
    const { from } = this.#window;
    const end = earliest === null ? to : Math.ceil(earliest / SECOND) * SECOND;
    if (end < to) return { from, to: Math.max(from, end) };
    throw endless('a full page names no next one, and its rows no time to go on from');
  }

  /** A page; else what to ask instead, or why the place is lost. */
  async #read(
    pass: number,
    number: number,
    place: string,
  ): Promise<(KeptAnswer & TracePage) | TraceWindow | Problem> {
    const work = this.#work;
    try {
      const answer = await keptAnswer(work, this.#batch, `${this.#part}-p${pass}-${number}`, () =>
        askTracePage(work.client, place, asking(work)),
      );
      const page = tracePage(answer.body);
      return page === null ? noTrace() : { ...answer, ...page };
    } catch (error) {
      const narrower = number === 1 ? this.#narrower(error) : null;
      if (narrower !== null) return narrower;
      if (number === 1 || !(error instanceof TenantRefusal)) throw error;
      if (LOST.has(error.kind)) return error;
      // The link leads elsewhere, which says nothing of the other windows.
      if (error.kind === 'elsewhere') throw new BrokenWindow(error.message, error.hint);
      throw error;
    }
  }

  #narrower(error: unknown): TraceWindow | null {
    const { from, to } = this.#window;
    if (startIsTooOld(error)) {
      const later = this.#work.reach.after(from);
      return later === null ? null : { from: later, to };
    }
    const end = endByItsClock(error, this.#window);
    return end === null ? null : { from, to: end };
  }
}

/**
 * The pages of a trace in a window, those on the disk first; nextLinks as they came. `part`: unique
 * within the batch. Nothing where the window has become too old to be asked for. Returns what was
 * asked in the end, null: nothing.
 * @throws TenantRefusal, BrokenWindow (`endsOneWindow`), the signal's reason.
 */
export async function* windowPages(
  work: LookupWork,
  batch: Batch,
  part: string,
  subject: TraceSubject,
  { from, to }: TraceWindow,
): Pages<TraceWindow | null> {
  const start = work.reach.start();
  if (to < start) return null;
  const window = { from: Math.max(from, start), to };
  return yield* new WindowWalk(work, batch, part, subject, window).pages();
}
