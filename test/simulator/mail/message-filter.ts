import type { StoredMessage } from './mailbox-content.ts';

const CLAUSE = /internetMessageId eq '((?:[^']|'')*)'/gu;
const WHOLE = /^internetMessageId eq '(?:[^']|'')*'(?: or internetMessageId eq '(?:[^']|'')*')*$/u;
const MOST_CLAUSES = 10;

/** Ids that a `$filter` names; a string: the code of what is wrong with it. */
export const readMessageFilter = (text: string): ReadonlySet<string> | string => {
  if (!WHOLE.test(text)) return 'ErrorInvalidUrlQueryFilter';
  const ids = [...text.matchAll(CLAUSE)].map(([, id]) => (id ?? '').replaceAll("''", "'"));
  return ids.length > MOST_CLAUSES ? 'InefficientFilter' : new Set(ids);
};

/** Brackets and case count. */
export const hasMessageId =
  (ids: ReadonlySet<string>) =>
  ({ mail }: StoredMessage): boolean =>
    !mail.unidentified && ids.has(`<${mail.messageId}>`);
