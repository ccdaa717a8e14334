/** Numbers of the mailboxes that figures are of; null: all of the case. */
export type MailboxScope = readonly number[] | null;

/** A further condition on a column of mailbox numbers. */
export const within = (column: string, scope: MailboxScope): string =>
  scope === null ? '' : ` AND ${column} IN (${scope.join(', ')})`;
