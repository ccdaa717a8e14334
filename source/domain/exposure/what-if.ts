import type { Mailbox, Verdict } from '../sessions/session.ts';
import { type ClassCounts, EXPOSURE_CLASSES } from './exposure-class.ts';
import type { Gap, MailboxExposure, Summary } from './exposure.ts';

/** What a verdict would change, were it given: nothing of it is. */
export interface WhatIf {
  readonly verdict: Verdict;
  readonly sessions: number;
  readonly contexts: number;
  /** Contexts whose own verdict it would replace. */
  readonly replaced: number;
  readonly before: Summary;
  readonly after: Summary;
}

/** What is said wherever the effect of a verdict is worked out beforehand. */
export const NOT_BY_ITS_PRICE =
  'A verdict says what the records show. It is never to be chosen by what it would cost or spare: ' +
  'judge first, and look at the effect afterwards. Nothing of this is kept.';

/** A mailbox as it would stand, of what follows from verdicts. */
export interface MailboxEffect {
  readonly messages: ClassCounts;
  readonly presumedWhole: MailboxExposure['presumedWhole'];
  readonly syncedFolders: readonly string[];
  /** Those that matter and are not rebutted. */
  readonly gaps: readonly Gap[];
}

export interface MailboxChange {
  readonly mailbox: Mailbox;
  readonly before: MailboxEffect;
  readonly after: MailboxEffect;
}

const effectOn = (mailbox: MailboxExposure): MailboxEffect => {
  const { confirmed, presumed, open, benignOnly, presumedWhole, syncedFolders, gaps } = mailbox;
  return {
    messages: { confirmed, presumed, open, benignOnly },
    ...{ presumedWhole, syncedFolders },
    gaps: gaps.filter(({ matters, rebutted }) => matters && !rebutted),
  };
};

const isSame = (one: MailboxEffect, other: MailboxEffect): boolean =>
  EXPOSURE_CLASSES.every((name) => one.messages[name] === other.messages[name]) &&
  one.presumedWhole.join() === other.presumedWhole.join() &&
  one.syncedFolders.length === other.syncedFolders.length &&
  one.gaps.length === other.gaps.length;

const nameOf = ({ guid, owner }: Mailbox): string => JSON.stringify([guid, owner]);

/** Mailboxes on which it would have any effect. */
export const changedMailboxes = ({ before, after }: WhatIf): readonly MailboxChange[] => {
  const then = new Map(after.mailboxes.map((mailbox) => [nameOf(mailbox), mailbox]));
  return before.mailboxes
    .map((mailbox) => {
      const { guid, owner } = mailbox;
      const effect = effectOn(mailbox);
      const changed = then.get(nameOf(mailbox));
      return {
        mailbox: { guid, owner },
        before: effect,
        after: changed === undefined ? effect : effectOn(changed),
      };
    })
    .filter((change) => !isSame(change.before, change.after));
};
