import { counted, withoutIdToo } from '../count-words.ts';
import type { Unresolved } from '../lookups/trace.ts';
import { notBenign, type OpenBecause, type PresumedBy } from './exposure-class.ts';
import type { Beyond, Gap, GapKind, Headline, Summary } from './exposure.ts';
import type { Message } from './message.ts';

/**
 * The exposure in words, the same on the screen, in commands and in exports. Never "at most": the log
 * cannot state a maximum (`domain.md`, Exposure, "Two figures and a sentence").
 */

const mailboxes = (count: number): string => counted(count, 'mailbox', 'mailboxes');

const messages = (identified: number, unidentified: number): string =>
  unidentified === 0
    ? counted(identified, 'message')
    : `${withoutIdToo(identified, unidentified)} messages`;

/** Where what is not judged yet lies: "in 6 others", or "in 7 mailboxes (6 others)". */
const notJudgedIn = ({ mailboxes: all, others }: Headline['notJudged']): string => {
  const inOthers = counted(others, 'other');
  return others === all ? inOthers : `${mailboxes(all)} (${inOthers})`;
};

/** Its three parts are never said apart. */
export const headlineWords = (headline: Headline): string => {
  const { maliciousMailboxes, logMissingMailboxes, notJudged } = headline;
  const where = notJudged.messages === 0 ? '' : ` in ${notJudgedIn(notJudged)}`;
  return (
    `recorded malicious access: ${mailboxes(maliciousMailboxes)}; ` +
    `log missing in the period: ${mailboxes(logMissingMailboxes)}; ` +
    `not yet judged: ${counted(notJudged.messages, 'message')}${where}`
  );
};

/** The same in less than 60 cells. */
export const headlineInBrief = ({
  maliciousMailboxes,
  logMissingMailboxes,
  notJudged,
}: Headline): string =>
  `mailboxes: ${maliciousMailboxes} malicious, ${logMissingMailboxes} log missing; ` +
  `${notJudged.messages.toLocaleString('en')} not judged`;

/** The same in some 78 cells. */
export const headlineInShort = (headline: Headline): string => {
  const { maliciousMailboxes, logMissingMailboxes, notJudged } = headline;
  const where = notJudged.messages === 0 ? '' : ` in ${mailboxes(notJudged.mailboxes)}`;
  return (
    `malicious access: ${mailboxes(maliciousMailboxes)}; log missing: ${logMissingMailboxes}; ` +
    `not judged: ${notJudged.messages.toLocaleString('en')}${where}`
  );
};

export const figuresWords = ({
  recorded,
  namedNotBenign,
  unidentified,
}: Pick<Summary, 'recorded' | 'namedNotBenign' | 'unidentified'>): string =>
  `${messages(recorded, unidentified.confirmed)} recorded in contexts judged malicious; ` +
  `${withoutIdToo(namedNotBenign, notBenign(unidentified))} named by the log and not judged benign; ` +
  'the log cannot state a maximum';

const BEYOND_WORDS: Readonly<Record<Beyond['reason'], (number: number) => string>> = {
  presumedWhole: (number) => `${mailboxes(number)} presumed whole`,
  gap: (number) => `${counted(number, 'gap')} of the log in the period`,
  suspectedGap: (number) => `${counted(number, 'suspected gap')} in the period`,
  itemsMissing: (number) => `at least ${counted(number, 'item')} declared by records and not named`,
  withoutId: (number) => `${counted(number, 'item')} without a message id`,
  damagedRows: (number) => counted(number, 'damaged row'),
  conflicts: (number) => counted(number, 'contradicting row'),
  itemlessSource: (number) => `${counted(number, 'source')} without any items`,
  notFetched: (number) => `${counted(number, 'fetch', 'fetches')} with holes`,
};

export const beyondWords = ({ reason, number }: Beyond): string => BEYOND_WORDS[reason](number);

/** What may lie beyond the figures; null: nothing is known of. */
export const beyondSentence = (beyond: readonly Beyond[]): string | null =>
  beyond.length === 0 ? null : `beyond that may lie: ${beyond.map(beyondWords).join(', ')}`;

/** Malicious records outside the stated access window; null: there are none. */
export const outsideWords = ({ outsideWindow }: Pick<Summary, 'outsideWindow'>): string | null =>
  outsideWindow === null
    ? null
    : `${counted(outsideWindow.records, 'malicious record')} outside the stated access window, ` +
      (outsideWindow.from === outsideWindow.to
        ? outsideWindow.from
        : `${outsideWindow.from} to ${outsideWindow.to}`);

/** Records that no analyst has seen under their verdict; null: there are none. */
export const byRuleWords = ({ byRule }: Pick<Summary, 'byRule'>): string | null =>
  byRule.records === 0
    ? null
    : `${counted(byRule.records, 'malicious record')} by rule, not seen by an analyst: ` +
      'they came after the verdict on their session';

/** Items that only contradicting records tie to the intruder; null: there are none. */
export const contestedWords = ({ contested }: Pick<Summary, 'contested'>): string | null =>
  contested === 0
    ? null
    : `${counted(contested, 'message')} contested: not all versions of a record name ${contested === 1 ? 'it' : 'them'}`;

const PRESUMED_WORDS: Readonly<Record<PresumedBy, string>> = {
  folder: 'its folder was synchronised',
  sync: 'its mailbox is presumed copied whole',
  gap: 'the log has a gap',
};

const OPEN_WORDS: Readonly<Record<OpenBecause, string>> = {
  undecided: 'accessed in a context nobody has judged yet',
  contested: 'contested: not all versions of a record name it',
  repeat: 'the intruder may have repeated a benign access, which is not logged within the hour',
};

/** The class of a message with its reason. */
export const classInWords = (
  message: Pick<Message, 'class' | 'presumedBy' | 'openBecause'>,
): string => {
  switch (message.class) {
    case 'confirmed':
      return 'confirmed: accessed in a malicious context';
    case 'presumed':
      return `presumed: ${message.presumedBy.map((by) => PRESUMED_WORDS[by]).join(', ')}`;
    case 'open':
      return `open: ${OPEN_WORDS[message.openBecause ?? 'undecided']}`;
    case 'benignOnly':
      return 'accessed in benign contexts only';
  }
};

/** Why the log cannot vouch for a period; wherever people read of a gap. */
export const GAP_KIND_WORDS: Readonly<Record<GapKind, string>> = {
  throttled: 'the log was throttled',
  suspected: 'over 1,000 records in 24 h, logging may have stopped',
  notFetched: 'a hole of a fetch',
  unreadable: 'rows that could not be read',
};

/** The same in a word or two, for a row. */
export const GAP_KIND_SHORT: Readonly<Record<GapKind, string>> = {
  throttled: 'throttled',
  suspected: 'suspected',
  notFetched: 'not fetched',
  unreadable: 'unreadable',
};

/**
 * What a gap means for its mailbox, wherever it is said (`domain.md`, Exposure 1). Before a colon
 * stands what may stand alone where there is no room for all of it.
 */
export const gapMeaning = ({ meets, rebutted }: Gap): string => {
  if (rebutted) return 'rebutted';
  if (meets === null) return 'no recorded malicious activity nearby so far';
  const met = meets === 'accessWindow' ? 'the access window' : 'malicious activity';
  return `overlaps ${met}: all mail of this mailbox cannot be excluded`;
};

/** Of a mailbox that is `nearLimit`. */
export const NEAR_LIMIT_WORDS = '800 or more records in 24 h: close to the throttling limit';

/**
 * Why a message has no metadata: what was done and seen, never what became of the message. For a row,
 * and behind a count: "12 looked up in vain".
 */
export const UNRESOLVED_SHORT: Readonly<Record<Unresolved, string>> = {
  notLookedUp: 'not looked up',
  olderThanTrace: 'too old for traces',
  draftOrNeverSent: 'only seen in Drafts',
  notFound: 'looked up in vain',
  lookupFailed: 'lookup failed',
};

export const UNRESOLVED: Readonly<Record<Unresolved, string>> = {
  notLookedUp: 'not looked up yet, and nothing in the case has it',
  olderThanTrace:
    'the message is older than the 90 days that message trace reached back when asked',
  draftOrNeverSent:
    'seen in a drafts folder only: message trace lists mail that was sent, and no drafts',
  notFound: 'looked up and not found, which says nothing about what became of the message',
  lookupFailed: 'the lookup failed; the next one tries again',
};

/** Of a document, which may be of a later version. */
export const unresolvedShort = (reason: string): string =>
  Object.entries(UNRESOLVED_SHORT).find(([name]) => name === reason)?.[1] ?? reason;
