import { Problem } from '../../domain/problem.ts';
import { isoTime } from '../../tenant/http/clock.ts';
import { WaitGivenUp } from '../../tenant/http/refusal.ts';
import type { TraceWindow } from '../../tenant/message-trace/trace-windows.ts';
import type { KeptAnswer } from './answered-batch.ts';
import type { Batch } from './lookup-state.ts';
import type { LookupWork } from './lookup-work.ts';
import { endsOneWindow, windowPages } from './trace-pages.ts';
import { type Half, halfWindows, type WindowEnd } from './traffic-halves.ts';

/** So many windows of one batch may fail before it is the service that fails. */
const FAILING = 3;

type Walk = ReturnType<typeof windowPages>;

/** What came of the windows of a half. Filled while its pages are read. */
export interface HalfRead {
  readonly ended: WindowEnd[];
  /** Rows came. */
  any: boolean;
  /** What ended it for all windows that were left, after rows had come. */
  broke: Problem | null;
}

export const nothingRead = (): HalfRead => ({ ended: [], any: false, broke: null });

const walksOf = (
  work: LookupWork,
  { address, direction }: Half,
  batch: Batch,
  left: AbortSignal,
): readonly Walk[] => {
  const by = direction === 'received' ? 'recipient' : 'sender';
  const overtaken = (): AbortSignal => AbortSignal.any([work.overtaken(), left]);
  return halfWindows(batch).map((window, at) =>
    windowPages({ ...work, overtaken }, batch, `w${at + 1}`, { by, address }, window),
  );
};

async function* windowRead(
  pages: Walk,
  first: ReturnType<Walk['next']>,
  rows: { count: number },
  read: HalfRead,
): AsyncGenerator<KeptAnswer> {
  let next = await first;
  for (; next.done !== true; next = await pages.next()) {
    rows.count += next.value.rows;
    read.any ||= next.value.rows > 0;
    yield next.value;
  }
  if (next.value !== null) read.ended.push({ ...next.value, rows: rows.count, problem: null });
}

/** Notes how a window broke. false: the batch stays open, since nothing came of it. */
const tookBreak = (
  error: unknown,
  window: TraceWindow & { readonly rows: number },
  read: HalfRead,
): error is Problem => {
  if (!(error instanceof Problem)) return false;
  const failing = read.ended.filter(({ problem }) => problem !== null).length + 1;
  const isOne = endsOneWindow(error) && failing < FAILING;
  if (!isOne && !read.any) return false;
  if (!isOne) read.broke = error;
  read.ended.push({ ...window, problem: error.message });
  return true;
};

const sayBroken = (
  { emit }: LookupWork,
  { address, direction }: Half,
  { from, to }: TraceWindow,
  { message }: Problem,
): void => {
  const text = `What ${address} ${direction} from ${isoTime(from)} to ${isoTime(to)} could not be had: ${message}`;
  emit({ event: 'note', text });
};

/**
 * The pages of a half's windows. A window that breaks is a hole; what ends all of them, as a sign-in
 * that counts no more, is a hole from there on, if rows came before: they are for the case.
 * @throws TenantRefusal, Problem: none came, and the batch goes on from its answers another time.
 * WaitGivenUp, the signal's reason.
 */
export async function* halfPages(
  work: LookupWork,
  half: Half,
  batch: Batch,
  read: HalfRead,
): AsyncGenerator<KeptAnswer> {
  const left = new AbortController();
  const windows = halfWindows(batch);
  const walks = walksOf(work, half, batch, left.signal);
  let ahead: ReturnType<Walk['next']> | undefined;
  try {
    for (const [at, window] of windows.entries()) {
      const rows = { count: 0 };
      const pages = walks[at] as Walk;
      const first = ahead ?? pages.next();
      // Two at once, as the tenant lets us; not before it has answered at all.
      ahead = at === 0 ? undefined : walks[at + 1]?.next();
      ahead?.catch(() => undefined);
      try {
        yield* windowRead(pages, first, rows, read);
      } catch (error) {
        if (!tookBreak(error, { ...window, rows: rows.count }, read)) throw error;
        sayBroken(work, half, window, error);
        if (read.broke === null) continue;
        // The others were not asked, but for the page that came meanwhile.
        const next = await ahead?.catch(() => undefined);
        if (next !== undefined && next.done !== true) yield next.value;
        const problem = error.message;
        for (const one of windows.slice(at + 1)) read.ended.push({ ...one, rows: 0, problem });
        return;
      }
    }
  } finally {
    // What is on its way comes and is kept, before anybody else may go on with the batch; what
    // only waits for its turn is given up.
    left.abort(new WaitGivenUp());
    await ahead?.catch(() => undefined);
  }
}
