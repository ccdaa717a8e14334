import type { Overview } from '../../case/overview.ts';
import { keyOf } from '../keys/bindings.ts';
import { SYMBOLS } from '../symbols.ts';
import type { ConsoleState } from '../state.ts';
import type { Line } from '../view.ts';
import { exposurePhrases } from '../words/exposure.ts';
import { many } from '../words/figures.ts';
import { lineOf, span } from './spans.ts';
import { wrapPhrases } from './wrap.ts';

/** Lines of the running summary at most, while another pane has the keys. */
const MOST_LINES = 5;
const MOST_LINES_LOW = 4;
const LOW_BELOW = 20;

/** Of a fetch that runs not all is here yet: that is no shortcoming of the case. */
const withoutRunning = (overview: Overview, { fetch }: ConsoleState): Overview =>
  fetch === null
    ? overview
    : { ...overview, fetches: overview.fetches.filter(({ endedAt }) => endedAt !== null) };

/**
 * The running summary, wrapped. Where it does not fit while another pane has the keys, its last line
 * says how many facts are missing and which key shows them: none is left out in silence.
 */
export const exposureSummary = (state: ConsoleState, width: number): readonly Line[] => {
  if (state.overview === null) return [lineOf('')];
  const phrases = exposurePhrases(withoutRunning(state.overview, state), width).map(
    ({ text, tone }) => span(text, tone),
  );
  const separator = ` ${SYMBOLS.dot} `;
  const indented = (lines: readonly Line[]): readonly Line[] =>
    lines.map((line) => [span(' '), ...line]);
  const linesOf = (first: number): readonly Line[] =>
    wrapPhrases(phrases.slice(0, first), separator, width - 2);
  const lines = linesOf(phrases.length);
  const most = state.size.rows < LOW_BELOW ? MOST_LINES_LOW : MOST_LINES;
  if (state.focus === 'exposure' || lines.length <= most) return indented(lines);
  let whole = phrases.length;
  while (whole > 0 && linesOf(whole).length > most - 1) whole -= 1;
  const more = many(phrases.length - whole, 'more fact');
  return indented([
    ...linesOf(whole),
    [span(`and ${more}: ${keyOf('next-pane')} leads there`, 'warning')],
  ]);
};
