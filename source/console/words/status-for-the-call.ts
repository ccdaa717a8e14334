import {
  byRuleWords,
  contestedWords,
  figuresWords,
  headlineWords,
  outsideWords,
} from '../../domain/exposure/exposure-words.ts';
import type { MailboxExposure, Summary } from '../../domain/exposure/exposure.ts';
import type { Overview } from '../../case/overview.ts';
import { limitPhrases } from './exposure.ts';
import { count, many, wholeMinute } from './figures.ts';
import { mailboxName } from './people.ts';

/** Named one by one; a sentence that is said holds no more. */
const MOST_NAMES = 3;

const isMalicious = ({ firstAttributed }: MailboxExposure): boolean => firstAttributed !== null;

const names = (mailboxes: readonly MailboxExposure[]): string => {
  const worst = mailboxes.toSorted((one, other) => other.confirmed - one.confirmed);
  const named = worst.slice(0, MOST_NAMES).map(mailboxName).join(', ');
  const more = mailboxes.length - MOST_NAMES;
  return more > 0 ? `${named} and ${count(more)} more` : named;
};

const period = (from: string | undefined, to: string | undefined): string =>
  from === undefined || to === undefined
    ? ''
    : ` from ${wholeMinute(from)} to ${wholeMinute(to)} UTC`;

const ofSessions = ({ sessions }: Summary): string => {
  const open = sessions.undecided + sessions.mixed;
  const all = open + sessions.malicious + sessions.benign;
  return (
    `${count(sessions.malicious)} of ${many(all, 'session')} malicious, ` +
    `${count(sessions.benign)} benign, ${count(open)} not or not wholly judged`
  );
};

/** Whose mailboxes and when: of what is judged malicious, else of all records. */
const accessWords = ({ summary, rows, span }: Overview): string => {
  const mailboxes = summary.mailboxes.filter(isMalicious);
  const judged = `(${ofSessions(summary)})`;
  if (mailboxes.length === 0) {
    const records = many(rows.accepted, 'log record');
    return `No malicious access so far in ${records}${period(span?.from, span?.to)} ${judged}`;
  }
  const from = mailboxes.flatMap((mailbox) => mailbox.firstAttributed ?? []).toSorted()[0];
  const to = mailboxes
    .flatMap((mailbox) => mailbox.lastAttributed ?? [])
    .toSorted()
    .at(-1);
  const number = many(mailboxes.length, 'mailbox', 'mailboxes');
  return `Recorded malicious access to ${number}, ${names(mailboxes)},${period(from, to)} ${judged}`;
};

/**
 * The status in two sentences for the call (`contract.md`, `Y`): whose mail and when, with the other
 * parts of the headline; then the figures and what they cannot say. Record text in it is escaped.
 */
export const statusForTheCall = (overview: Overview): string => {
  const { summary } = overview;
  const [, ...others] = headlineWords(summary.headline).split('; ');
  const limits = [
    outsideWords(summary),
    byRuleWords(summary),
    contestedWords(summary),
    ...limitPhrases(overview).map((phrase) => phrase?.text ?? null),
  ].filter((text) => text !== null);
  const beyond = limits.length === 0 ? '' : `; to be said with that: ${limits.join(', ')}`;
  return (
    `${[accessWords(overview), ...others].join('; ')}. ` +
    `In figures: ${figuresWords(summary)}${beyond}; a record proves access, not that anybody ` +
    'looked at the message, and what is not listed is not proved untouched.'
  );
};
