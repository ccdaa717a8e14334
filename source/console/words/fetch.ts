import type { FetchStatement } from '../../domain/fetch.ts';
import type { FetchProgress, FetchStep } from '../../domain/fetch-progress.ts';
import { openHoles } from '../../domain/fetch-standing.ts';
import { HOLE_WORDS, progressWords } from '../../domain/fetch-words.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import type { FetchStanding } from '../../jobs/case-service.ts';
import { cellWidth } from '../cells.ts';
import { count, many, wholeMinute } from './figures.ts';
import { untilWords } from './waiting.ts';

const SHORT_STEPS: Readonly<Record<FetchStep, string>> = {
  signingIn: 'signing in',
  asking: 'fetch hands over queries',
  waiting: 'fetch',
  reading: 'fetch reads',
  otherImport: 'fetch waits for an import',
};

const inSentence = (text: string): string => `${text.slice(0, 1).toLowerCase()}${text.slice(1)}`;

/**
 * A running fetch in at most `room` cells: all of it where that is possible, else first without the
 * seconds and the queries, then without the pages.
 */
export const fetchLine = (progress: FetchProgress, room: number): string => {
  const { step, status, since, pages, records, queries, wait } = progress;
  const state = `${SHORT_STEPS[step]}${step === 'waiting' && status !== null ? ` ${forTerminal(status)}` : ''}`;
  const started = `${state} since ${since.slice(11, 16)}`;
  const asked =
    queries.all > 1 ? `, query ${Math.min(queries.done + 1, queries.all)}/${queries.all}` : '';
  const came = records === 0 && pages === 0 ? '' : `, ${many(records, 'record')}`;
  const paged = pages === 0 ? '' : `, ${many(pages, 'page')}`;
  const until = untilWords(wait);
  const ways = [
    `fetch: ${inSentence(progressWords(progress))}`,
    `${started}${asked}${paged}${came}${until}`,
    `${started}${paged}${came}${until}`,
    `${started}${came}${until}`,
    `${state}${came}${until}`,
    `${state}${came}`,
  ];
  return ways.find((way) => cellWidth(way) <= room) ?? SHORT_STEPS[step];
};

const sum = (statements: readonly FetchStatement[], of: (one: FetchStatement) => number): number =>
  statements.reduce((all, one) => all + of(one), 0);

/** How complete what was fetched is, in one line; what is missing comes first. */
export const endWords = (
  statements: readonly FetchStatement[],
): { readonly complete: boolean; readonly text: string } => {
  const what = statements.every(({ api }) => api === 'signIns') ? 'sign-in' : 'record';
  const complete = statements.every(({ outcome }) => outcome === 'complete');
  const came = `${many(
    sum(statements, ({ records }) => records),
    what,
  )}, ${count(sum(statements, ({ newRecords }) => newRecords))} new to the case`;
  if (complete) return { complete, text: `fetch complete: ${came}` };
  const holes = statements.flatMap(openHoles);
  const [hole] = holes;
  const why =
    hole === undefined
      ? ''
      : ` ${many(holes.length, 'hole')}, the first ${wholeMinute(hole.from)} to ${wholeMinute(hole.to)}: ${HOLE_WORDS[hole.why]}.`;
  return { complete, text: `The fetch is NOT complete.${why} ${came}.` };
};

/** Judged sessions that hold more by now; empty where there is none. */
export const grownWords = ({ benign, malicious }: FetchStanding['grown']): string => {
  if (benign + malicious === 0) return '';
  const parts = [
    benign > 0 ? `${count(benign)} benign, open again` : '',
    malicious > 0 ? `${count(malicious)} malicious` : '',
  ].filter((part) => part !== '');
  return `${many(benign + malicious, 'judged session has', 'judged sessions have')} grown (${parts.join(', ')})`;
};

/** "a fetch of 2026-09-26 08:00 is unfinished, 1 of 3 queries done". */
export const unfinishedWords = (unfinished: FetchStanding['unfinished']): string => {
  const [first] = unfinished;
  if (first === undefined) return '';
  const { done, all } = first.queries;
  if (unfinished.length > 1) return `${count(unfinished.length)} fetches are unfinished`;
  return `the fetch of ${wholeMinute(first.startedAt)} is unfinished, ${count(done)} of ${many(all, 'query', 'queries')} done`;
};
