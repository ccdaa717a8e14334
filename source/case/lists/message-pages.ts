import type { Message, MessageTouches } from '../../domain/exposure/message.ts';
import type { MessageKey } from '../../domain/lookups/wanted-message.ts';
import type { CaseStore } from '../../store/case-store.ts';
import type { RowNumbers } from '../../store/queries/lists.ts';
import { MessageRows, touchesOf } from '../../store/queries/message-rows.ts';
import { messagesToLookup } from '../../store/queries/messages-to-lookup.ts';
import { sessionSizes } from '../../store/queries/session-figures.ts';
import type { MessageQuery, Page } from './list-queries.ts';
import type { RowLists } from './row-lists.ts';
import type { SessionGroups } from './session-groups.ts';

/** Sessions told of one message: more than anybody reads, and few enough to be quick. */
const MOST_TOUCHES = 200;

export interface MessagePage extends Page<Message> {
  /** How many of the whole list have metadata. */
  readonly traced: number;
  /** How many of the whole list have no message id: counted apart everywhere. */
  readonly withoutId: number;
}

/** Windows of lists of messages. */
export class MessagePages {
  readonly #store: CaseStore;
  readonly #lists: RowLists;
  readonly #groups: SessionGroups;

  constructor(store: CaseStore, lists: RowLists, groups: SessionGroups) {
    this.#store = store;
    this.#lists = lists;
    this.#groups = groups;
  }

  /** The key of a group stands for all of its sessions: a filter narrows them by itself. */
  #list(query: MessageQuery): RowNumbers {
    const { scope } = query;
    if (scope.of !== 'sessions') return this.#lists.messages(query);
    const keys = scope.keys.flatMap((key) => {
      const sessions = this.#groups.sessionsOf(key);
      return sessions === null
        ? [key]
        : sessionSizes(this.#store.db, sessions).map((session) => session.key);
    });
    return this.#lists.messages({ ...query, scope: { of: 'sessions', keys } });
  }

  page(query: MessageQuery, from: number, count: number): MessagePage {
    const list = this.#list(query);
    const rows = new MessageRows(this.#store.db);
    const window = [...list.subarray(Math.max(0, from), Math.max(0, from) + count)];
    this.#store.exposure.presumed().fillFor(window);
    const messages = window
      .map((number) => rows.message(number))
      .filter((message): message is Message => message !== null);
    const counts = this.#lists.counts(list);
    const { version } = this.#store;
    return { version, total: list.length, ...counts, from, rows: messages };
  }

  /** Index of a message, by its `row`, in that list, -1 where it is not in it. */
  position(query: MessageQuery, row: number): number {
    return this.#list(query).indexOf(row);
  }

  /**
   * Of that list those without metadata that were never looked up (with `failed`: or whose lookup
   * failed), at most `most`, from index `from` on first and then those before it.
   */
  toLookup(
    query: MessageQuery,
    from: number,
    most: number,
    failed: boolean,
  ): readonly MessageKey[] {
    return messagesToLookup(this.#store.db, this.#list(query), { from, most, failed });
  }

  /** Which sessions accessed a message, by its `row`. */
  touches(message: number): MessageTouches {
    return touchesOf(this.#store.db, message, MOST_TOUCHES);
  }
}
