import type { Gap, GapKind } from './exposure.ts';

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
