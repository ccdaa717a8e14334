import { blankRow, type Frame, type Row } from './frame.ts';

/** Rows `top` to `bottom` (0-based, inclusive) move up by `by` rows, down when `by` is negative. */
export interface Scroll {
  readonly top: number;
  readonly bottom: number;
  readonly by: number;
}

/** Setting and resetting the region and moving the lines costs about this many bytes. */
const scrollCost = 24;
const candidates = 2;

/** The scroll that saves the most cells between two frames of one size, or undefined if none pays. */
export function findScroll(before: Frame, after: Frame): Scroll | undefined {
  let best: { scroll: Scroll; saved: number } | undefined;
  for (const by of likelyShifts(before, after)) {
    const found = bestRegion(before, after, by);
    if (found.saved > scrollCost && found.saved > (best?.saved ?? 0)) best = found;
  }
  return best?.scroll;
}

/** What the screen holds once the terminal has carried the scroll out. */
export function scrolledFrame(frame: Frame, { top, bottom, by }: Scroll): Frame {
  const blank = blankRow(frame.columns);
  const rows = frame.rows.map((row, at) => {
    if (at < top || at > bottom) return row;
    const from = at + by;
    return from < top || from > bottom ? blank : (frame.rows[from] ?? blank);
  });
  return { columns: frame.columns, rows };
}

/** Shifts under which the most changed rows reappear just as they were, best first. */
function likelyShifts(before: Frame, after: Frame): number[] {
  const places = new Map<string, number[]>();
  for (const [at, row] of before.rows.entries()) {
    if (row.source === '') continue;
    const known = places.get(row.source);
    if (known === undefined) places.set(row.source, [at]);
    else known.push(at);
  }
  const votes = new Map<number, number>();
  for (const [at, row] of after.rows.entries()) {
    if (before.rows[at]?.source === row.source) continue;
    for (const from of places.get(row.source) ?? []) {
      votes.set(from - at, (votes.get(from - at) ?? 0) + 1);
    }
  }
  const ranked = [...votes].sort(([, one], [, other]) => other - one);
  return ranked.slice(0, candidates).map(([by]) => by);
}

/** The range of rows for which moving by `by` saves most: a maximum-sum range of savings. */
function bestRegion(before: Frame, after: Frame, by: number): { scroll: Scroll; saved: number } {
  const height = after.rows.length;
  let best = { first: 0, last: -1, sum: 0 };
  let first = 0;
  let sum = 0;
  for (let at = 0; at < height; at += 1) {
    const moved = before.rows[at + by];
    const [old, wanted] = [before.rows[at], after.rows[at]];
    if (moved === undefined || old === undefined || wanted === undefined) continue;
    if (sum <= 0) [first, sum] = [at, 0];
    sum += cellsApart(old, wanted) - cellsApart(moved, wanted);
    if (sum > best.sum) best = { first, last: at, sum };
  }
  if (best.last < best.first) return { scroll: { top: 0, bottom: 0, by }, saved: 0 };
  const top = by > 0 ? best.first : best.first + by;
  const bottom = by > 0 ? best.last + by : best.last;
  const scroll = { top: Math.max(0, top), bottom: Math.min(height - 1, bottom), by };
  return { scroll, saved: best.sum - revealedCost(before, after, scroll) };
}

/** The rows a scroll leaves blank must be written afresh: what that costs more than leaving them. */
function revealedCost(before: Frame, after: Frame, { top, bottom, by }: Scroll): number {
  const blank = blankRow(before.columns);
  const from = by > 0 ? bottom - by + 1 : top;
  let cost = 0;
  for (let at = from; at < from + Math.abs(by); at += 1) {
    const [old, wanted] = [before.rows[at], after.rows[at]];
    if (old !== undefined && wanted !== undefined) {
      cost += cellsApart(blank, wanted) - cellsApart(old, wanted);
    }
  }
  return cost;
}

function cellsApart(one: Row, other: Row): number {
  if (one.source === other.source) return 0;
  let apart = 0;
  for (let at = 0; at < other.characters.length; at += 1) {
    const same = one.characters[at] === other.characters[at] && one.styles[at] === other.styles[at];
    if (!same) apart += 1;
  }
  return apart;
}
