import { forTerminal } from '../../domain/terminal-text.ts';
import { keyOf } from '../keys/bindings.ts';
import { SYMBOLS } from '../symbols.ts';
import type { ConsoleState } from '../state.ts';
import type { Line, Span } from '../view.ts';
import { type TenantJob, tenantJobs } from '../tenant.ts';
import { fetchLine, lookupLine } from '../words/tenant-jobs.ts';
import { count } from '../words/figures.ts';
import { cellWidth, cut, cutFront } from '../cells.ts';
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

/** "metadata 120 of 1,214", where a fetch runs too. */
const ROOM_FOR_LOOK_UP = 24;

/** What runs: what is done with soonest comes first. */
const runs = ({ job, fetch, lookup }: ConsoleState, width: number): Line => {
  const line: Span[] = [];
  const add = (words: (room: number) => string): void => {
    const room = width - lineWidth(line) - 1;
    const text = room < LEAST_LEFT ? '' : cut(words(room), room);
    if (text !== '') line.push(span(`${text} `, 'accent'));
  };
  if (job !== null) add(() => job.line);
  const beside = lookup === null || lookup.progress?.step === 'idle' ? 0 : ROOM_FOR_LOOK_UP;
  if (fetch !== null) add((room) => tenantWords(fetch, 'the fetch', fetchLine, room - beside));
  if (lookup !== null) add((room) => tenantWords(lookup, 'the lookups', lookupLine, room));
  return line;
};

const tenantWords = <Progress>(
  job: TenantJob & { readonly progress: Progress | null },
  what: string,
  line: (progress: Progress, room: number) => string,
  room: number,
): string => {
  if (job.cancelling) return `cancelling ${what}`;
  return job.progress === null ? 'signing in' : line(job.progress, room);
};

/** The name of a case and its figures, where something else is to be said too. */
const MOST_BESIDE = 70;

/** Where nothing runs that could be told. */
const unfinished = ({ tenant }: ConsoleState): Line =>
  (tenant?.unfinished.length ?? 0) === 0
    ? []
    : [span(`unfinished fetch: ${keyOf('fetch')} `, 'warning')];

const READ_ONLY = 'read-only: nothing can be marked or imported here ';

/** Where nothing runs: that nothing can be done here, else what was not finished. */
const status = (state: ConsoleState, width: number): Line => {
  if ((state.overview?.readOnly ?? null) === null) return unfinished(state);
  const whole = cellWidth(READ_ONLY) + MOST_BESIDE <= width;
  return [span(whole ? READ_ONLY : 'read-only ', 'warning')];
};

/** What the case is called, in `width` cells; of a path its end says more than its beginning. */
const caseName = ({ overview }: ConsoleState, width: number): string => {
  if (overview === null) return '';
  const folder = forTerminal(overview.folder);
  const lead = 'an empty case in ';
  if (overview.sources.length === 0 && overview.span === null)
    return `${lead}${cutFront(folder, width - lead.length)}`;
  return overview.title === '' ? cutFront(folder, width) : cut(forTerminal(overview.title), width);
};

/** Enough of a name to know it again: when there is no room for more, the verdicts give way. */
const LEAST_NAME = 6;

/** The name takes what the verdicts leave of `room` cells. */
const caseSpans = (state: ConsoleState, room: number): Line => {
  const lead = span(' mia  ', 'strong');
  const figures = verdicts(state);
  const free = room - lineWidth([lead, ...figures]);
  const name = caseName(state, Math.max(LEAST_NAME, free));
  const gap = Math.max(0, Math.min(2, free - cellWidth(name)));
  const named = [lead, span(`${name}${' '.repeat(gap)}`)];
  return [...named, ...wholeSpans(figures, room - lineWidth(named))];
};

/** Those that fit, and that there are more: a figure that lost its last digit would be another. */
const wholeSpans = (spans: readonly Span[], room: number): Line => {
  if (lineWidth(spans) <= room) return spans;
  const more = span(`  ${SYMBOLS.ellipsis}`);
  let last = spans.length;
  while (last > 0 && lineWidth([...spans.slice(0, last), more]) > room) last -= 1;
  return [...spans.slice(0, last), more];
};

/** What case this is, how far it is judged, and at the right what runs. */
export const headerLine = (state: ConsoleState, width: number): Line => {
  const isQuiet = state.job === null && tenantJobs(state).length === 0;
  // What runs gives way to nothing: it is what one waits for.
  const right = isQuiet ? status(state, width) : runs(state, width - LEAST_LEFT);
  const room = width - lineWidth(right) - 1;
  return leftAndRight(cutLine(caseSpans(state, room), room), right, width);
};
