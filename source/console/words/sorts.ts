import type { MessageSort, SessionSort } from '../../case/lists/list-queries.ts';

export const SESSION_SORT_WORDS: Readonly<Record<SessionSort, string>> = {
  lastSeen: 'newest first',
  firstSeen: 'oldest first',
  user: 'by user',
  address: 'by address',
  messages: 'most messages first',
  verdict: 'by verdict',
};

export const MESSAGE_SORT_WORDS: Readonly<Record<MessageSort, string>> = {
  accessed: 'by time',
  sender: 'by sender',
  subject: 'by subject',
  folder: 'by folder',
  class: 'by class',
};

const keysOf = <Key extends string>(words: Readonly<Record<Key, string>>): readonly Key[] =>
  Object.keys(words) as Key[];

/** In the order in which a key goes through them. */
export const SESSION_SORTS = keysOf(SESSION_SORT_WORDS);
export const MESSAGE_SORTS = keysOf(MESSAGE_SORT_WORDS);
