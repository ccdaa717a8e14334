import type { Trace } from '../lookups/trace.ts';
import type { MailboxExposure } from './exposure.ts';
import type { Message, SessionTouch } from './message.ts';

/** A message that records list, with every session that accessed it. */
export interface TouchedMessage {
  readonly message: Message;
  /** In order of their first access. */
  readonly touches: readonly SessionTouch[];
}

/** A message that no record lists; `trace`: what is known of it from elsewhere. */
export interface UnlistedMessage {
  readonly internetMessageId: string;
  readonly trace: Trace | null;
}

/** What there is to an id, or to words, that somebody asked for. */
export interface AskedMessage {
  readonly asked: string;
  /** In the log under another spelling of the id (upper and lower case, percent signs). */
  readonly otherSpelling: boolean;
  readonly messages: readonly TouchedMessage[];
  readonly notInLog: readonly UnlistedMessage[];
}

/** A mailbox in which more was handed over than records list. */
export type PresumedMailbox = Pick<
  MailboxExposure,
  'guid' | 'owner' | 'presumedWhole' | 'syncedFolders' | 'gaps'
>;

/** Mailboxes with a folder synchronised, or all mail presumed; of their gaps those that matter. */
export const presumedMailboxes = (
  mailboxes: readonly MailboxExposure[],
): readonly PresumedMailbox[] =>
  mailboxes
    .filter(
      ({ presumedWhole, syncedFolders }) => presumedWhole.length > 0 || syncedFolders.length > 0,
    )
    .map(({ guid, owner, presumedWhole, syncedFolders, gaps }) => ({
      ...{ guid, owner, presumedWhole, syncedFolders },
      gaps: gaps.filter(({ matters, rebutted }) => matters && !rebutted),
    }));

/** What it means that no record lists a message (`domain.md`, Exposure, last paragraph). */
export const NOT_IN_LOG =
  'that no record in this case lists a message proves nothing: it may lie in a folder that was ' +
  'synchronised or in a gap of the log, or its access was never logged, or not imported';
