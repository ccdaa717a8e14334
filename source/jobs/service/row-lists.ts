import type { OpenCase } from '../../store/open-case.ts';
import {
  messageNumbers,
  sessionNumbers,
  tracedAmong,
  type RowNumbers,
} from '../../store/queries/lists.ts';
import type { MessageQuery, SessionQuery } from '../case-service.ts';
import type { SearchIndexes } from '../search/search-indexes.ts';

/** Lists kept at a time: the two on screen, and a few to go back to. */
const KEPT = 8;

/**
 * The lists behind the windows that the screen asks for: row numbers in order, made once per query
 * and version of the case.
 */
export class RowLists {
  readonly #open: OpenCase;
  readonly #search: SearchIndexes;
  readonly #lists = new Map<string, RowNumbers>();
  readonly #traced = new WeakMap<RowNumbers, number>();
  #version = -1;

  constructor(open: OpenCase, search: SearchIndexes) {
    this.#open = open;
    this.#search = search;
  }

  #kept(key: string, make: () => RowNumbers): RowNumbers {
    if (this.#version !== this.#open.version) {
      this.#lists.clear();
      this.#version = this.#open.version;
    }
    const known = this.#lists.get(key);
    if (known !== undefined) return known;
    const list = make();
    const oldest = this.#lists.keys().next();
    if (this.#lists.size >= KEPT && oldest.done !== true) this.#lists.delete(oldest.value);
    this.#lists.set(key, list);
    return list;
  }

  /** How many of a list of messages have metadata; counted once per list. */
  traced(list: RowNumbers): number {
    const known = this.#traced.get(list) ?? tracedAmong(this.#open.db, list);
    this.#traced.set(list, known);
    return known;
  }

  sessions({ filter, sort, search }: SessionQuery): RowNumbers {
    const all = this.#kept(JSON.stringify(['sessions', filter, sort]), () =>
      sessionNumbers(this.#open.db, filter, sort),
    );
    if (search.trim() === '') return all;
    return this.#kept(JSON.stringify(['sessions', filter, sort, search]), () =>
      this.#search.sessions(search, all),
    );
  }

  messages({ scope, filter, sort, search }: MessageQuery): RowNumbers {
    // The class of a message depends on the mailboxes presumed whole.
    if (sort === 'class' || filter.class !== undefined) this.#open.presumed().fill();
    const all = this.#kept(JSON.stringify(['messages', scope, filter, sort]), () =>
      messageNumbers(this.#open.db, scope, filter, sort),
    );
    if (search.trim() === '') return all;
    return this.#kept(JSON.stringify(['messages', scope, filter, sort, search]), () =>
      this.#search.messages(search, all),
    );
  }
}
