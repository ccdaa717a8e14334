import { counted } from './counted.ts';
import type { Beyond, ClassCounts, Headline, Summary } from './exposure.ts';

/**
 * The exposure in words, the same on the screen, in commands and in exports. Never "at most": the log
 * cannot state a maximum (`domain.md`, Exposure, "Two figures and a sentence").
 */

const mailboxes = (count: number): string => counted(count, 'mailbox', 'mailboxes');

/** 113 messages, 113 + 3 without id. */
export const withoutId = (identified: number, unidentified: number): string =>
  `${counted(identified, 'message')}${unidentified === 0 ? '' : ` + ${unidentified.toLocaleString('en')} without id`}`;

/** Its three parts are never said apart. */
export const headlineWords = ({
  maliciousMailboxes,
  logMissingMailboxes,
  notJudged,
}: Headline): string => {
  const { messages, mailboxes: all, others } = notJudged;
  const where =
    others === all ? `${all.toLocaleString('en')} others` : `${mailboxes(all)} (${others} others)`;
  return (
    `recorded malicious access: ${mailboxes(maliciousMailboxes)}; ` +
    `log missing in the period: ${mailboxes(logMissingMailboxes)}; ` +
    `not yet judged: ${counted(messages, 'message')}${messages === 0 ? '' : ` in ${where}`}`
  );
};

const notBenign = ({ confirmed, presumed, open }: ClassCounts): number =>
  confirmed + presumed + open;

export const figuresWords = ({
  recorded,
  namedNotBenign,
  unidentified,
}: Pick<Summary, 'recorded' | 'namedNotBenign' | 'unidentified'>): string =>
  `${withoutId(recorded, unidentified.confirmed)} recorded in contexts judged malicious; ` +
  `${withoutId(namedNotBenign, notBenign(unidentified))} named by the log and not judged benign; ` +
  'the log cannot state a maximum';

const BEYOND_WORDS: Readonly<Record<Beyond['reason'], (number: number) => string>> = {
  presumedWhole: (number) => `${mailboxes(number)} presumed whole`,
  gap: (number) => `${counted(number, 'gap')} of the log in the period`,
  suspectedGap: (number) => `${counted(number, 'suspected gap')} in the period`,
  itemsMissing: (number) =>
    `at least ${counted(number, 'item')} declared by records and not named`,
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
      `${outsideWindow.from} to ${outsideWindow.to}`;

/** Records that no analyst has seen under their verdict; null: there are none. */
export const byRuleWords = ({ byRule }: Pick<Summary, 'byRule'>): string | null =>
  byRule.records === 0
    ? null
    : `${counted(byRule.records, 'malicious record')} by rule, not seen by an analyst: ` +
      'they came after the verdict on their session';
