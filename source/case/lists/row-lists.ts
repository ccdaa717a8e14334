import type { CaseStore } from '../../store/case-store.ts';
import { type RowNumbers, sessionNumbers } from '../../store/queries/lists.ts';
import type { MessageQuery, SessionQuery } from './list-queries.ts';
import { forVersion } from './for-version.ts';
import { type ListCounts, MessageLists } from '../../store/queries/message-lists.ts';
import type { SessionGroups } from './session-groups.ts';
import type { SearchIndexes } from '../search/search-indexes.ts';

/** Lists kept at a time: the two on screen, and a few to go back to. */
const KEPT = 8;

interface KeptList {
  readonly list: RowNumbers;
  readonly records: number;
  /** null: the list is the same whatever is decided. */
  readonly decisions: number | null;
}

/**
 * The lists behind the windows that the screen asks for: row numbers in order, made once per query
 * and version of what they depend on.
 */
export class RowLists {
  readonly #store: CaseStore;
  readonly #search: SearchIndexes;
  readonly #lists = new Map<string, KeptList>();
  readonly #counts = new WeakMap<RowNumbers, ListCounts>();
  readonly #messageLists: () => MessageLists;

  constructor(store: CaseStore, search: SearchIndexes) {
    this.#store = store;
    this.#search = search;
    this.#messageLists = forVersion(
      () => store.recordsVersion,
      () => new MessageLists(store),
    );
  }

  #kept(query: unknown, judged: boolean, make: () => RowNumbers): RowNumbers {
    const { recordsVersion: records, decisionsVersion } = this.#store;
    const decisions = judged ? decisionsVersion : null;
    const key = JSON.stringify(query);
    const known = this.#lists.get(key);
    if (known?.records === records && known.decisions === decisions) return known.list;
    const list = make();
    this.#lists.delete(key);
    const oldest = this.#lists.keys().next();
    if (this.#lists.size >= KEPT && oldest.done !== true) this.#lists.delete(oldest.value);
    this.#lists.set(key, { list, records, decisions });
    return list;
  }

  /** Counted once per list of messages. */
  counts(list: RowNumbers): ListCounts {
    const known = this.#counts.get(list) ?? this.#messageLists().counts(list);
    this.#counts.set(list, known);
    return known;
  }

  sessions({ filter, sort, search, group }: SessionQuery, groups: SessionGroups): RowNumbers {
    const judged = sort === 'verdict' || filter.verdict !== undefined;
    const all = this.#kept(['sessions', filter, sort], judged, () =>
      sessionNumbers(this.#store.db, filter, sort),
    );
    const some =
      group === undefined
        ? all
        : this.#kept(['sessions', filter, sort, group], judged, () => {
            const own = new Set(groups.sessionsOf(group) ?? []);
            return all.filter((session) => own.has(session));
          });
    if (search.trim() === '') return some;
    return this.#kept(['found', filter, sort, group, search], judged, () =>
      this.#search.sessions(search, some),
    );
  }

  messages({ scope, filter, sort, search }: MessageQuery): RowNumbers {
    const classed = sort === 'class' || filter.class !== undefined;
    const judged = classed || scope.of === 'malicious' || filter.verdict !== undefined;
    const all = this.#kept(['messages', scope, filter, sort], judged, () => {
      // The class of a message depends on the mailboxes presumed whole.
      if (classed) this.#store.exposure.presumed().fill();
      return this.#messageLists().numbers(scope, filter, sort);
    });
    if (search.trim() === '') return all;
    return this.#kept(['messages', scope, filter, sort, search], judged, () =>
      this.#search.messages(search, all),
    );
  }
}
