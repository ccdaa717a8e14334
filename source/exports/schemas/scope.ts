import { count, exactly, listOf, orNull, textOrNull } from './parts.ts';

/** What a document is limited to; null: the whole case. */
export const scopeSchema = orNull(
  exactly({
    mailboxes: listOf(exactly({ guid: textOrNull, owner: textOrNull })),
    caseMailboxes: count,
  }),
);
