import { count, objectOf, listOf, orNull, textOrNull } from './parts.ts';

/** What a document is limited to; null: the whole case. */
export const scopeSchema = orNull(
  objectOf({
    mailboxes: listOf(objectOf({ guid: textOrNull, owner: textOrNull })),
    caseMailboxes: count,
  }),
);
