/** Fetches in words for people. */
import { counted } from './counted.ts';
import { durationWords } from './duration-words.ts';
import type { FetchHole, FetchStatement } from './fetch.ts';
import { openHoles } from './fetch-standing.ts';
import type { FetchProgress, FetchStep, FetchWait } from './fetch-progress.ts';
import { forTerminal } from './terminal-text.ts';

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

/** Shorter ones are over before anybody has read of them. Milliseconds. */
const LONG_WAIT = 30_000;

/** "08:14:30", and the day before it where that is not the one on which the wait begins; UTC. */
export const waitEnd = (wait: FetchWait): string => {
  const begins = wait.why === 'poll' ? wait.until : beginOf(wait);
  const day = wait.until.slice(0, 10);
  return `${begins.startsWith(day) ? '' : `${day} `}${wait.until.slice(11, 19)}`;
};

const beginOf = ({ until, milliseconds }: Exclude<FetchWait, { readonly why: 'poll' }>): string =>
  new Date(Date.parse(until) - milliseconds).toISOString();

/** A sentence for a wait that is worth one; null: it is short, or we only look again. */
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

/** Why a stretch is missing. */
export const HOLE_WORDS: Readonly<Record<FetchHole['why'], string>> = {
  spoiled: 'some of it is broken or gone in the tenant',
  limit: 'more records than one query gives',
  failed: 'the query ended without a result',
  outOfReach: 'older than the tenant gives',
  notOffered:
    'the non-interactive sign-ins, and those of applications: the tenant answers under v1.0 only, which gives the interactive ones alone',
  refused: 'the tenant refused a page of it, or its pages have no end',
};

const OUTCOMES: Readonly<Record<FetchStatement['outcome'], string>> = {
  complete: 'complete: nothing is known to be missing',
  incomplete: 'NOT complete',
  unfinished: 'not finished',
};

const passWords = (passes: readonly number[]): string =>
  passes.length === 0
    ? 'no pass'
    : `${passes.join(' / ')} in ${counted(passes.length, 'pass', 'passes')}`;

/** What came, and why not all of it is new: queries overlap, and what is asked again is there already. */
const receivedWords = ({
  api,
  records,
  newRecords,
}: Pick<FetchStatement, 'api' | 'records' | 'newRecords'>): string => {
  const rest = Math.max(0, records - newRecords);
  // The feed cannot be asked for one operation.
  const kind = api === 'activity' ? 'of other operations, ' : '';
  const others =
    rest === 0 ? '' : `, ${rest.toLocaleString('en')} ${kind}already in the case or received twice`;
  return `${records.toLocaleString('en')} received, ${newRecords.toLocaleString('en')} new${others}`;
};

/** The completeness statement of one fetch. `resume`: what goes on with it, where it has not ended. */
export const statementLines = (
  fetch: FetchStatement,
  resume = 'mia fetch --resume',
): readonly string[] => {
  const goesOn = fetch.outcome === 'unfinished' ? `: ${resume} goes on` : '';
  const { asked, emptyHours, holes, queries } = fetch;
  const names = [...asked.users, ...asked.mailboxes, ...asked.addresses];
  const open = openHoles(fetch);
  const [longest] = emptyHours.longest.toSorted(
    (one, other) =>
      Date.parse(other.to) - Date.parse(other.from) - (Date.parse(one.to) - Date.parse(one.from)),
  );
  return [
    `  Fetch ${fetch.id}, ${fetch.startedAt}: ${OUTCOMES[fetch.outcome]}${goesOn}`,
    `    asked      ${forTerminal(names.length === 0 ? 'the whole tenant' : names.join(', '))}, ${asked.from} to ${asked.to}`,
    `    of         ${forTerminal(fetch.tenantId)} (${forTerminal(fetch.cloud)}) ${forTerminal(fetch.endpoint)}`,
    ...queries.map(
      ({ filter, passes, limitExceeded, status }) =>
        `    query      ${forTerminal(filter)}: ${status === 'planned' ? 'not asked yet' : `${passWords(passes)}, ${forTerminal(status)}`}${limitExceeded === true ? ', cut at the limit' : ''}`,
    ),
    `    records    ${receivedWords(fetch)}`,
    `    requests   ${fetch.requests.toLocaleString('en')}, ${fetch.retries.toLocaleString('en')} repeated`,
    `    hours      ${emptyHours.hours} of ${emptyHours.of} without any record${longest === undefined ? '' : `; the longest ${longest.from} to ${longest.to}`}`,
    ...open.map(({ from, to, why }) => `    hole       ${from} to ${to}: ${HOLE_WORDS[why]}`),
    ...(holes.length > open.length
      ? [`    filled     ${counted(holes.length - open.length, 'hole')}, asked for anew`]
      : []),
  ];
};
