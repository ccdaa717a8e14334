import type { MailboxExposure } from '../domain/exposure/exposure.ts';
import { Problem } from '../domain/problem.ts';
import type { Mailbox } from '../domain/sessions/session.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import type { Case } from '../case/case.ts';

const nameOf = ({ owner, guid }: Mailbox): string => forTerminal(owner ?? guid ?? '');

const refuseUnknown = (typed: string, mailboxes: readonly Mailbox[]): never => {
  throw new Problem(
    `The case has no mailbox ${forTerminal(typed)}. Nothing was changed.`,
    mailboxes.length === 0
      ? 'Nothing was imported yet.'
      : `Its mailboxes: ${mailboxes.slice(0, 10).map(nameOf).join(', ')}${mailboxes.length > 10 ? ', …' : ''}`,
  );
};

/** @throws Problem where one of the names is of no mailbox of the case. */
export const checkMailboxes = (theCase: Case, typed: readonly string[]): void => {
  for (const name of typed)
    if (theCase.mailboxes(name).length === 0) refuseUnknown(name, theCase.mailboxes(null));
};

/** The mailbox that an owner or a guid names, without case. */
export const chosenMailbox = (
  theCase: Case,
  typed: string,
): MailboxExposure & { readonly guid: string } => {
  const wanted = typed.trim().toLowerCase();
  const { mailboxes } = theCase.summary();
  const found = mailboxes.filter(
    ({ owner, guid }) => owner?.toLowerCase() === wanted || guid?.toLowerCase() === wanted,
  );
  const [only] = found;
  if (only !== undefined && found.length === 1 && only.guid !== null)
    return { ...only, guid: only.guid };
  if (found.length > 1)
    throw new Problem(
      `${forTerminal(typed)} owns more than one mailbox. Nothing was changed.`,
      `Give its guid: ${found.map(({ guid }) => guid ?? '(not stated)').join(', ')}.`,
    );
  if (only !== undefined)
    throw new Problem(
      `The records state no mailbox guid for ${forTerminal(typed)}. Nothing was changed.`,
      'Set it for the whole case instead, without --mailbox.',
    );
  return refuseUnknown(typed, mailboxes);
};
