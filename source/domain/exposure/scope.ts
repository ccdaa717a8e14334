import type { Mailbox } from '../sessions/session.ts';

/** The part of a case that a summary or an export is of. */
export interface Scope {
  readonly mailboxes: readonly Mailbox[];
  /** How many mailboxes the case holds. */
  readonly caseMailboxes: number;
}

const nameOf = ({ owner, guid }: Mailbox): string => owner ?? guid ?? '(mailbox not stated)';

/** How `scopeSentence` begins. */
export const SCOPE_LEAD = 'Part of the case: ';

/** That a report is of a part, and of which: nobody may take it for the whole. Text from records. */
export const scopeSentence = ({ mailboxes, caseMailboxes }: Scope): string =>
  `${SCOPE_LEAD}messages and figures are those of ${mailboxes.map(nameOf).join(', ')} only ` +
  `(${mailboxes.length} of ${caseMailboxes} ${caseMailboxes === 1 ? 'mailbox' : 'mailboxes'}), sessions those that touched ${mailboxes.length === 1 ? 'it' : 'them'}, whole. ` +
  'Classes, rows, sources, decisions, fetches and lookups are those of the whole case.';
