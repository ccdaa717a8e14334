import type { FetchWait, FetchProgress, FetchStep } from '../../domain/fetches/fetch-progress.ts';
import { waitEnd, HOLE_WORDS, progressWords } from '../../domain/fetches/fetch-words.ts';
import type { FetchStatement } from '../../domain/fetches/fetch.ts';
import { openHoles } from '../../domain/fetches/fetch-status.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import type { FetchStatus } from '../../case/fetch-status.ts';
import { cellWidth } from '../cells.ts';
import { count, many, wholeMinute } from './figures.ts';
import type { LookupService } from '../../domain/lookups/lookup.ts';
import type { LookupProgress, LookupStatement } from '../../domain/lookups/lookup-progress.ts';

const WHY: Readonly<Record<FetchWait['why'], string>> = {
  pace: 'next',
  throttled: 'tenant asks to wait until',
  retry: 'tries again',
  poll: 'next look',
};

/** The same in full where the short word leaves open what for: nobody has asked for this wait. */
const whyAndUntil = (wait: FetchWait | null): string =>
  wait?.why === 'pace' ? `, waits for the tenant's limit until ${waitEnd(wait)}` : untilWords(wait);

/** ", next look 08:14:30": what a job in the tenant waits for and until when; empty where for nothing. */
const untilWords = (wait: FetchWait | null): string =>
  wait === null ? '' : `, ${WHY[wait.why]} ${waitEnd(wait)}`;

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
  const variants = [
    `fetch: ${inSentence(progressWords(progress))}`,
    `${started}${asked}${paged}${came}${until}`,
    `${started}${paged}${came}${until}`,
    `${started}${came}${until}`,
    `${state}${came}${until}`,
    `${state}${came}`,
  ];
  return variants.find((variant) => cellWidth(variant) <= room) ?? SHORT_STEPS[step];
};

const sum = (statements: readonly FetchStatement[], of: (one: FetchStatement) => number): number =>
  statements.reduce((all, one) => all + of(one), 0);

/** "140 of 140 announced"; how many came where any of them announced no number. */
const ofAnnounced = (statements: readonly FetchStatement[], what: string): string => {
  const received = many(
    sum(statements, ({ records }) => records),
    what,
  );
  if (statements.some(({ announced }) => announced === null)) return received;
  const announced = sum(statements, (one) => one.announced ?? 0);
  return `${count(sum(statements, (one) => one.received))} of ${count(announced)} announced`;
};

/** What came and what is missing, in one line; what is missing comes first. */
export const endWords = (
  statements: readonly FetchStatement[],
): { readonly whole: boolean; readonly text: string } => {
  const what = statements.every(({ api }) => api === 'signIns') ? 'sign-in' : 'record';
  const whole = statements.every(({ outcome }) => outcome === 'nothingKnownMissing');
  const fresh = count(sum(statements, ({ newRecords }) => newRecords));
  const came = `${ofAnnounced(statements, what)} received, ${fresh} new to the case`;
  if (whole) {
    const late = statements
      .map(({ lateUntil }) => lateUntil)
      .toSorted()
      .at(-1);
    const now =
      statements
        .map(({ startedAt }) => startedAt)
        .toSorted()
        .at(-1) ?? '';
    const more = late !== undefined && late > now ? `, late ones until ${wholeMinute(late)}` : '';
    return { whole, text: `fetched: ${came}, nothing known to be missing${more}` };
  }
  const holes = statements.flatMap(openHoles);
  const [hole] = holes;
  const why =
    hole === undefined
      ? ''
      : ` ${many(holes.length, 'hole')}, the first ${wholeMinute(hole.from)} to ${wholeMinute(hole.to)}: ${HOLE_WORDS[hole.why]}.`;
  const damaged = sum(statements, (one) => one.damaged);
  const rows = damaged === 0 ? '' : ` ${many(damaged, 'damaged row')}.`;
  return { whole, text: `Not all is here.${why}${rows} ${came}.` };
};

/** Judged sessions that hold more by now; empty where there is none. */
export const grownWords = ({ benign, malicious }: FetchStatus['grown']): string => {
  if (benign + malicious === 0) return '';
  const parts = [
    benign > 0 ? `${count(benign)} benign, open again` : '',
    malicious > 0 ? `${count(malicious)} malicious` : '',
  ].filter((part) => part !== '');
  return `${many(benign + malicious, 'judged session has', 'judged sessions have')} grown (${parts.join(', ')})`;
};

/** "a fetch of 2026-09-26 08:00 is unfinished, 1 of 3 queries done". */
export const unfinishedWords = (unfinished: FetchStatus['unfinished']): string => {
  const [first] = unfinished;
  if (first === undefined) return '';
  const { done, all } = first.queries;
  if (unfinished.length > 1) return `${count(unfinished.length)} fetches are unfinished`;
  return `the fetch of ${wholeMinute(first.startedAt)} is unfinished, ${count(done)} of ${many(all, 'query', 'queries')} done`;
};

const SERVICES: Readonly<Record<LookupService, string>> = {
  messageTrace: 'trace',
  mailbox: 'mailbox',
};

/** A running lookup in at most `room` cells; empty while nothing is wanted. */
export const lookupLine = (progress: LookupProgress, room: number): string => {
  const { step, since, service, messages, rows, wait } = progress;
  if (step === 'idle') return '';
  if (step === 'signingIn') return 'signing in';
  if (step === 'otherImport') return 'metadata waits for an import';
  const of = `metadata ${count(messages.done)} of ${count(messages.all)}`;
  const who = service === null ? '' : ` (${SERVICES[service]})`;
  const came = rows === 0 ? '' : `, ${many(rows, 'row')}`;
  const until = whyAndUntil(wait);
  const variants = [
    `${of}${who} since ${since.slice(11, 16)}${came}${until}`,
    `${of}${who}${came}${until}`,
    `${of}${until}`,
    `${of}${untilWords(wait)}`,
  ];
  return variants.find((variant) => cellWidth(variant) <= room) ?? of;
};

/** At the end of what was wanted, while the connection stays. */
export const answeredWords = (messages: number): string =>
  `${many(messages, 'message')} looked up; those without metadata say why`;

/** What a lookup came to; a service that could not be asked comes first. */
export const statementWords = (
  statement: LookupStatement,
): { readonly refused: boolean; readonly text: string } => {
  const { asked, found, refused } = statement;
  const [first] = refused;
  const came = `${count(found)} of ${many(asked, 'message')} with metadata`;
  if (first === undefined) return { refused: false, text: came };
  return {
    refused: true,
    text: `${forTerminal(first.problem)} ${forTerminal(first.hint)} (${came})`,
  };
};
