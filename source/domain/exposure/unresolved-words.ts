/**
 * Why a message has no metadata, in words for people. They say what was done and seen, never what
 * became of the message: neither that it is gone nor that it was not sent or never came.
 */
import type { Unresolved } from '../lookups/trace.ts';

/** For a row, and behind a count: "12 looked up in vain". */
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
