/** Fetches in words for people. */
import { counted, durationWords } from '../count-words.ts';
import type { FetchedQuery, FetchHole, FetchStatement } from './fetch.ts';
import { openHoles } from './fetch-status.ts';
import type { FetchProgress, FetchStep, FetchWait } from './fetch-progress.ts';
import { forTerminal } from '../terminal-text.ts';

const STEPS: Readonly<Record<FetchStep, string>> = {
  signingIn: 'Signing in',
  asking: 'Handing the queries to the tenant',
  waiting: 'The tenant works on it',
  reading: 'Reading pages',
  otherImport: 'Waiting for another import into this case',
};

const WAITS: Readonly<Record<FetchWait['why'], string>> = {
  pace: 'keeps to its own pace',
  throttled: 'the tenant asks to wait',
  retry: 'tries again',
  poll: 'looks again',
};

/** Time of day of an ISO time, UTC. */
const clockTime = (time: string): string => `${time.slice(11, 19)}Z`;

/** Shorter waits are not worth a sentence. Milliseconds. */
const LONG_WAIT = 30_000;

/**
 * Time of day at which a wait ends (UTC), with the date where it ends on a later day than it
 * begins.
 */
export const waitEnd = (wait: FetchWait): string => {
  const begins = wait.why === 'poll' ? wait.until : beginOf(wait);
  const day = wait.until.slice(0, 10);
  return `${begins.startsWith(day) ? '' : `${day} `}${wait.until.slice(11, 19)}`;
};

const beginOf = ({ until, milliseconds }: Exclude<FetchWait, { readonly why: 'poll' }>): string =>
  new Date(Date.parse(until) - milliseconds).toISOString();

/** A sentence for a long wait; null for a short one, and while only the tenant works. */
export const longWaitWords = (wait: FetchWait): string | null => {
  if (wait.why === 'poll' || wait.milliseconds < LONG_WAIT) return null;
  const after = wait.after === null ? '' : ` (${wait.after})`;
  const until = `${durationWords(Math.round(wait.milliseconds / 1000))}, until ${waitEnd(wait)} UTC`;
  switch (wait.why) {
    case 'throttled':
      return `The tenant asks to wait${after}: ${until}. Then it goes on by itself; Ctrl-C loses nothing.`;
    case 'retry':
      return `The tenant did not answer as it should${after}: it is asked again in ${until}.`;
    case 'pace':
      return `The tenant's limit is reached: the next request is in ${until}. Such waits come again.`;
  }
};

export const waitWords = (wait: FetchWait | null): string => {
  if (wait === null) return '';
  const after = wait.why !== 'poll' && wait.after !== null ? ` after ${wait.after}` : '';
  return `; ${WAITS[wait.why]}${after} at ${waitEnd(wait)}Z`;
};

export const stepWords = ({ step, status }: FetchProgress): string =>
  step === 'waiting' && status !== null ? `${STEPS[step]} (${forTerminal(status)})` : STEPS[step];

/** One calm line: what it does and since when, what came, what it waits for. */
export const progressWords = (progress: FetchProgress): string => {
  const { since, pages, records, queries, wait } = progress;
  const came = pages === 0 ? '' : `, ${counted(pages, 'page')}, ${counted(records, 'record')}`;
  const asked =
    queries.all === 0 ? '' : `, ${queries.done} of ${counted(queries.all, 'query', 'queries')}`;
  return `${stepWords(progress)} since ${clockTime(since)}${asked}${came}${waitWords(wait)}`;
};

/** Why a range is missing. */
export const HOLE_WORDS: Readonly<Record<FetchHole['why'], string>> = {
  spoiled: 'some of it is broken or gone in the tenant',
  unreadable: 'no answer could be read',
  limit: 'more records than one query gives',
  failed: 'the query ended without a result',
  refused: 'the tenant refused a page of it, or its pages have no end',
  unasked: 'not asked for to its end yet',
  announced: 'the tenant announced more records than came',
  foundNothing: 'the keyword found nothing, which does not show that there is nothing',
  outOfReach: 'older than the tenant gives',
  notOffered:
    'the non-interactive sign-ins, and those of applications: the tenant answers under v1.0 only, which gives the interactive ones alone',
  withdrawn: 'its source was taken out of the case',
};

const number = (value: number): string => value.toLocaleString('en');

/** "12 of 12 announced received"; what the tenant announced no number for is said apart. */
const receivedWords = (fetch: FetchStatement): string => {
  const { announced, received, records } = fetch;
  const what = fetch.api === 'signIns' ? 'sign-in' : 'record';
  if (announced === null) return `${counted(records, what)} received, no number announced`;
  const others = records - received;
  const more = others > 0 ? ` (and ${number(others)} of queries without a number)` : '';
  return `${number(received)} of ${number(announced)} announced received${more}`;
};

/** What is known to be missing of one that has ended; null: nothing. */
const missingWords = (fetch: FetchStatement): string | null => {
  const holes = openHoles(fetch).length;
  const parts = [
    holes > 0 ? counted(holes, 'hole') : '',
    fetch.damaged > 0 ? counted(fetch.damaged, 'damaged row') : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? null : `NOT ALL IS HERE: ${parts.join(', ')}`;
};

const lateWords = ({ lateUntil, startedAt }: FetchStatement): string =>
  Date.parse(lateUntil) > Date.parse(startedAt)
    ? `late records possible until ${lateUntil}`
    : `late records were possible until ${lateUntil}, before it was asked`;

/** The statement of a fetch in one sentence. */
export const fetchSentence = (fetch: FetchStatement): string => {
  const came = receivedWords(fetch);
  const missing = missingWords(fetch);
  if (fetch.outcome === 'unfinished')
    return `${came} so far, not finished${missing === null ? '' : `, ${missing}`}`;
  return `${came}, ${missing ?? 'nothing known to be missing'}, ${lateWords(fetch)}`;
};

const passWords = (passes: readonly number[]): string =>
  passes.length === 0
    ? 'no pass'
    : `${passes.join(' / ')} in ${counted(passes.length, 'pass', 'passes')}`;

/** What came, and why not all of it is new: queries overlap, and what is asked again is there already. */
const newWords = ({ api, records, newRecords, damaged }: FetchStatement): string => {
  // Damaged rows are received, too, and have a line of their own.
  const rest = Math.max(0, records - newRecords - damaged);
  // The feed cannot be asked for one operation.
  const kind = api === 'activity' ? 'of other operations, ' : '';
  const others = rest === 0 ? '' : `, ${number(rest)} ${kind}already in the case or received twice`;
  return `${number(records)} received, ${number(newRecords)} new${others}`;
};

const queryLine = (query: FetchedQuery): string => {
  const { filter, passes, matching, announced, limitExceeded, status } = query;
  if (status === 'planned') return `    query      ${forTerminal(filter)}: not asked yet`;
  const parts = [
    passWords(passes),
    matching === null ? '' : `${number(matching)} from that address`,
    announced === null ? '' : `${number(announced)} announced`,
    forTerminal(status),
    limitExceeded === true ? 'cut at the limit' : '',
  ];
  return `    query      ${forTerminal(filter)}: ${parts.filter((part) => part !== '').join(', ')}`;
};

/** Holes that get a line each. */
const MOST_HOLES = 20;

const holeLine = ({ from, to, why, users, addresses, said }: FetchHole): string => {
  const whose = [...users, ...addresses].map(forTerminal).join(', ');
  const words = said === null ? '' : ` (${forTerminal(said)})`;
  return `    hole       ${from} to ${to}${whose === '' ? '' : ` of ${whose}`}: ${HOLE_WORDS[why]}${words}`;
};

const holeLines = (fetch: FetchStatement): readonly string[] => {
  const open = openHoles(fetch);
  const filled = fetch.holes.length - open.length;
  const more = open.length - MOST_HOLES;
  return [
    ...open.slice(0, MOST_HOLES).map(holeLine),
    ...(more > 0
      ? [`    hole       and ${counted(more, 'more hole')}: mia sources --json has all`]
      : []),
    ...(filled > 0 ? [`    filled     ${counted(filled, 'hole')}, asked for anew`] : []),
  ];
};

/**
 * The statement of a fetch, line by line. `resume`: the command that goes on with an unfinished
 * one.
 */
export const statementLines = (
  fetch: FetchStatement,
  resume = 'mia fetch --resume',
): readonly string[] => {
  const goesOn = fetch.outcome === 'unfinished' ? `: ${resume} goes on` : '';
  const { asked, emptyHours, queries } = fetch;
  const names = [...asked.users, ...asked.mailboxes, ...asked.addresses];
  const [longest] = emptyHours.longest.toSorted(
    (one, other) =>
      Date.parse(other.to) - Date.parse(other.from) - (Date.parse(one.to) - Date.parse(one.from)),
  );
  return [
    `  Fetch ${fetch.id}, ${fetch.startedAt}: ${fetchSentence(fetch)}${goesOn}`,
    `    asked      ${forTerminal(names.length === 0 ? 'the whole tenant' : names.join(', '))}, ${asked.from} to ${asked.to}`,
    `    of         ${forTerminal(fetch.tenantId)} (${forTerminal(fetch.cloud)}) ${forTerminal(fetch.endpoint)}`,
    ...queries.map(queryLine),
    `    records    ${newWords(fetch)}`,
    ...(fetch.damaged > 0
      ? [`    damaged    ${counted(fetch.damaged, 'row')} that could not be read`]
      : []),
    `    requests   ${number(fetch.requests)}, ${number(fetch.retries)} repeated`,
    `    hours      ${emptyHours.hours} of ${emptyHours.of} without any record${longest === undefined ? '' : `; the longest ${longest.from} to ${longest.to}`}`,
    ...holeLines(fetch),
  ];
};
