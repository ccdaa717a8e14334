import { forTerminal } from '../../domain/terminal-text.ts';
import { keyOf } from '../commands/bindings.ts';
import { GLYPHS } from '../glyphs.ts';
import type { ConsoleState } from '../state.ts';
import type { Line, Span } from '../view.ts';
import type { FetchJob } from '../tenant.ts';
import { fetchLine } from '../words/fetch.ts';
import { count } from '../words/figures.ts';
import { cut } from '../cells.ts';
import { cutLine, leftAndRight, lineWidth, span } from './spans.ts';

const verdicts = (state: ConsoleState): readonly Span[] => {
  if (state.overview === null || state.overview.span === null) return [];
  const { malicious, benign, mixed, undecided } = state.overview.summary.sessions;
  return [
    span(`  ${count(malicious)} malicious`, malicious > 0 ? 'malicious' : 'plain'),
    span(`  ${count(benign)} benign`, benign > 0 ? 'benign' : 'plain'),
    ...(mixed > 0 ? [span(`  ${count(mixed)} mixed`, 'warning')] : []),
    span(`  ${count(undecided)} open`),
  ];
};

/** The name of the program, whatever runs. */
const LEAST_LEFT = 8;

/** What runs; a fetch stands behind what is done with sooner. */
const runs = ({ job, fetch }: ConsoleState, width: number): Line => {
  const first: Line = job === null ? [] : [span(`${job.line} `, 'accent')];
  if (fetch === null) return first;
  const room = width - lineWidth(first) - 1;
  return [...first, span(`${fetchWords(fetch, room)} `, 'accent')];
};

const fetchWords = ({ progress, cancelling }: FetchJob, room: number): string => {
  if (cancelling) return 'cancelling the fetch';
  return progress === null ? 'signing in' : fetchLine(progress, room);
};

/** Where nothing runs that could be told. */
const unfinished = ({ tenant }: ConsoleState): Line =>
  (tenant?.unfinished.length ?? 0) === 0
    ? []
    : [span(`unfinished fetch: ${keyOf('fetch')} `, 'warning')];

/** What case this is, how far it is judged, and at the right what runs. */
export const headerLine = (state: ConsoleState, width: number): Line => {
  const { ellipsis } = GLYPHS;
  const { overview } = state;
  const name = overview === null ? '' : forTerminal(overview.title || overview.folder);
  const empty = overview !== null && overview.sources.length === 0 && overview.span === null;
  const title = empty ? `an empty case in ${forTerminal(overview.folder)}` : name;
  const left: Line = [
    span(' mia', 'strong'),
    span(`  ${cut(title, Math.max(10, Math.floor(width / 3)), ellipsis)}  `),
    ...verdicts(state),
  ];
  if (state.job === null && state.fetch === null)
    return leftAndRight(cutLine(left, width - 1, ellipsis), unfinished(state), width, ellipsis);
  const right = runs(state, width - LEAST_LEFT);
  // What runs gives way to nothing: it is what one waits for.
  const room = width - lineWidth(right) - 1;
  return leftAndRight(cutLine(left, room, ellipsis), right, width, ellipsis);
};
