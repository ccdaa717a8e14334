import type { OpenCase } from '../../store/open-case.ts';
import type { RowNumbers } from '../../store/queries/lists.ts';
import { messageTexts, searchState, sessionTexts } from '../../store/queries/search-texts.ts';
import { TextIndex } from './text-index.ts';

/** One index, made when it is first searched and brought up to date before each search. */
class FollowingIndex {
  readonly #index = new TextIndex();
  readonly #texts: (after: number) => Iterable<{ readonly row: number; readonly text: string }>;
  #last = 0;
  #state = '';

  constructor(texts: (after: number) => Iterable<{ readonly row: number; readonly text: string }>) {
    this.#texts = texts;
  }

  /** `state`: what older rows' texts depend on; where it changed, all are read again. */
  search(query: string, among: RowNumbers, state: string): RowNumbers {
    if (state !== this.#state) {
      this.#index.clear();
      this.#last = 0;
      this.#state = state;
    }
    for (const { row, text } of this.#texts(this.#last)) {
      this.#index.set(row, text);
      this.#last = row;
    }
    return this.#index.search(query, among);
  }
}

/** Fuzzy search over sessions and messages of a case (`/`). */
export class SearchIndexes {
  readonly #open: Pick<OpenCase, 'db'>;
  readonly #sessions: FollowingIndex;
  readonly #messages: FollowingIndex;

  constructor(open: Pick<OpenCase, 'db'>) {
    this.#open = open;
    this.#sessions = new FollowingIndex((after) => sessionTexts(open.db, after));
    this.#messages = new FollowingIndex((after) => messageTexts(open.db, after));
  }

  sessions(query: string, among: RowNumbers): RowNumbers {
    return this.#sessions.search(query, among, searchState(this.#open.db).sessions);
  }

  messages(query: string, among: RowNumbers): RowNumbers {
    return this.#messages.search(query, among, searchState(this.#open.db).messages);
  }
}
