import type { Selection } from '../state.ts';
import { many } from './figures.ts';

/** What a mark of the selection is about, in words. */
export const selectionInWords = ({ sessions, contexts }: Selection): string =>
  [
    sessions.size > 0 ? many(sessions.size, 'session') : '',
    contexts.size > 0 ? many(contexts.size, 'context') : '',
  ]
    .filter((part) => part !== '')
    .join(' and ');
