import type { DatabaseSync } from 'node:sqlite';
import type { RowNumbers } from '../../store/queries/lists.ts';
import {
  EVERYTHING,
  messageTexts,
  readLittle,
  readMuch,
  type SearchedRow,
  searchState,
  sessionTexts,
} from '../../store/queries/search-texts.ts';
import { TextIndex } from './text-index.ts';

type Texts = (after: number, most: number) => Iterable<SearchedRow>;

/** Rows taken in at a time while nobody waits: some 30 ms. Sessions may have many sign-ins each. */
const SLICE = { sessions: 128, messages: 2048 };

/** One index, made in slices beforehand, and brought up to date before each search. */
class FollowingIndex {
  #index = new TextIndex();
  readonly #texts: Texts;
  #last = 0;
  #state = '';

  constructor(texts: Texts) {
    this.#texts = texts;
  }

  /**
   * Takes in at most so many rows more; false where there were none. `state`: what older rows' texts
   * depend on; where it changed, all are read again.
   */
  takeIn(most: number, state: string): boolean {
    if (state !== this.#state) {
      this.#index = new TextIndex();
      this.#last = 0;
      this.#state = state;
    }
    const before = this.#last;
    for (const { row, text } of this.#texts(this.#last, most)) {
      this.#index.add(row, text);
      this.#last = row;
    }
    return this.#last > before;
  }

  search(query: string, among: RowNumbers, state: string): RowNumbers {
    this.takeIn(EVERYTHING, state);
    return this.#index.search(query, among);
  }
}

/** Fuzzy search over sessions and messages of a case (`/`). */
export class SearchIndexes {
  readonly #db: () => DatabaseSync;
  readonly #sessions: FollowingIndex;
  readonly #messages: FollowingIndex;
  #preparing = false;

  /** `db`: needs no verdicts. */
  constructor(db: () => DatabaseSync) {
    this.#db = db;
    this.#sessions = new FollowingIndex((after, most) => sessionTexts(db(), after, most));
    this.#messages = new FollowingIndex((after, most) => messageTexts(db(), after, most));
  }

  /** A little work ahead of the first search; false when all is done. */
  prepare(): boolean {
    const db = this.#db();
    const state = searchState(db);
    if (!this.#preparing) readMuch(db);
    this.#preparing =
      this.#sessions.takeIn(SLICE.sessions, state.sessions) ||
      this.#messages.takeIn(SLICE.messages, state.messages);
    if (!this.#preparing) readLittle(db);
    return this.#preparing;
  }

  sessions(query: string, among: RowNumbers): RowNumbers {
    return this.#sessions.search(query, among, searchState(this.#db()).sessions);
  }

  messages(query: string, among: RowNumbers): RowNumbers {
    return this.#messages.search(query, among, searchState(this.#db()).messages);
  }
}
