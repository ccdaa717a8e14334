import type { SessionLine } from '../../case/case-service.ts';
import { GLYPHS } from '../glyphs.ts';
import type { Span, Tone } from '../view.ts';
import { span } from './spans.ts';

interface Slice {
  /** On average in each of the slices that the cell stands for: cells of two and of three are alike. */
  readonly records: number;
  readonly gap: boolean;
}

/** Neighbouring slices together, so that they fill at most `width` cells. */
const folded = (session: SessionLine, width: number): readonly Slice[] => {
  const { activity, gapSlices } = session;
  const cells = Math.max(1, Math.min(width, activity.length));
  const start = (cell: number): number => Math.floor((cell * activity.length) / cells);
  return Array.from({ length: cells }, (_, cell) => {
    const [from, to] = [start(cell), start(cell + 1)];
    const records = activity.slice(from, to).reduce((sum, value) => sum + value, 0);
    return {
      records: records / (to - from),
      gap: gapSlices.slice(from, to).some((inGap) => inGap),
    };
  });
};

const barOf = (records: number, most: number, bars: readonly string[]): string => {
  if (records === 0) return bars[0] ?? ' ';
  const highest = bars.length - 1;
  return bars[Math.max(1, Math.ceil((records / most) * highest))] ?? ' ';
};

/** When a session was active over the span of the case; where the log has a gap, a cross. */
export const activityStrip = (session: SessionLine, width: number, tone: Tone): readonly Span[] => {
  const slices = folded(session, width);
  const most = Math.max(...slices.map(({ records }) => records));
  const spans = slices.map(({ records, gap }) =>
    gap && records === 0
      ? span(GLYPHS.gap, 'warning')
      : span(barOf(records, most, GLYPHS.bars), gap ? 'warning' : tone),
  );
  return [...joined(spans), span(' '.repeat(Math.max(0, width - slices.length)))];
};

/** Neighbours of one tone as one span: fewer pieces to draw. */
const joined = (spans: readonly Span[]): readonly Span[] => {
  const result: Span[] = [];
  for (const part of spans) {
    const last = result.at(-1);
    if (last !== undefined && last.tone === part.tone)
      result[result.length - 1] = { ...last, text: last.text + part.text };
    else result.push(part);
  }
  return result;
};
