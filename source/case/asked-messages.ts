import type { AskedMessage, TouchedMessage } from '../domain/exposure/asked-message.ts';
import { normaliseMessageId } from '../domain/records/stated.ts';
import type { CaseStore } from '../store/case-store.ts';
import { MessageRows } from '../store/queries/message-rows.ts';
import { touchesOf } from '../store/queries/message-rows.ts';
import {
  messagesOfId,
  messagesOfSpellings,
  traceOfId,
  tracedIds,
} from '../store/queries/named-messages.ts';
import { EVERYTHING, messageTexts } from '../store/queries/search-texts.ts';
import { searchable, termsOf } from './search/text-index.ts';

/** As it stands behind a percent-encoded link; null: it is no such text. */
const decoded = (typed: string): string | null => {
  if (!/%[0-9a-f]{2}/i.test(typed)) return null;
  try {
    return normaliseMessageId(decodeURIComponent(typed));
  } catch {
    return null;
  }
};

interface Named {
  readonly asked: string;
  /** Ids it may stand for, as typed first. */
  readonly ids: readonly string[];
  readonly numbers: readonly number[];
}

/** As SQLite does it: other letters keep their case. */
const asciiLower = (text: string): string =>
  text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** The messages of each id, whatever is upper or lower case in it, and decoded where it is encoded. */
const named = (store: CaseStore, typed: Iterable<string>): readonly Named[] => {
  const asked = [...new Set([...typed].flatMap((line) => normaliseMessageId(line) ?? []))].map(
    (id) => ({ asked: id, ids: [id, decoded(id)].filter((one) => one !== null) }),
  );
  const spelled = messagesOfSpellings(
    store.db,
    asked.flatMap(({ ids }) => ids.map(asciiLower)),
  );
  return asked.map((one) => ({
    ...one,
    numbers: [...new Set(one.ids.flatMap((id) => spelled.get(asciiLower(id)) ?? []))],
  }));
};

class Touches {
  readonly #store: CaseStore;
  readonly #rows: MessageRows;

  constructor(store: CaseStore) {
    // It also fills the tables that the class of a message depends on.
    store.exposure.summary();
    this.#store = store;
    this.#rows = new MessageRows(store.db);
  }

  of(numbers: readonly number[]): readonly TouchedMessage[] {
    return numbers.flatMap((number) => {
      const message = this.#rows.message(number);
      const touches = touchesOf(this.#store.db, number, Infinity).sessions;
      return message === null ? [] : [{ message, touches }];
    });
  }
}

/** Who accessed the messages of these ids, each asked for once; with or without <>. */
export function* askedByIds(store: CaseStore, ids: Iterable<string>): Generator<AskedMessage> {
  store.refresh();
  const touches = new Touches(store);
  for (const { asked, ids: meant, numbers } of named(store, ids)) {
    const messages = touches.of(numbers);
    const traces = meant.map((id) => traceOfId(store.db, id));
    yield {
      ...{ asked, messages },
      otherSpelling:
        messages.length > 0 && messages.every(({ message }) => message.internetMessageId !== asked),
      notInLog:
        numbers.length > 0
          ? []
          : [{ internetMessageId: asked, trace: traces.find((one) => one !== null) ?? null }],
    };
  }
}

/**
 * Who accessed the messages whose subject, sender, recipients, folder or id hold all words of a line, as
 * typed but for case and accents; and messages that only a trace names. Nothing is taken for a typo.
 */
export function* askedByWords(store: CaseStore, lines: Iterable<string>): Generator<AskedMessage> {
  store.refresh();
  const { db } = store;
  const asked = [...new Set([...lines].map((line) => line.trim()))]
    .map((words) => ({
      words,
      terms: termsOf(words),
      numbers: [] as number[],
      ids: [] as string[],
    }))
    .filter(({ terms }) => terms.length > 0);
  const holding = (text: string) => {
    const searched = searchable(text);
    return asked.filter(({ terms }) => terms.every((term) => searched.includes(term)));
  };
  for (const { row, text } of messageTexts(db, 0, EVERYTHING))
    for (const { numbers } of holding(text)) numbers.push(row);
  for (const { internetMessageId, trace } of tracedIds(db)) {
    const { subject, sender, recipients } = trace;
    const found = holding(
      [subject ?? '', sender ?? '', ...recipients, internetMessageId].join(' '),
    );
    if (found.length > 0 && messagesOfId(db, internetMessageId).length === 0)
      for (const { ids } of found) ids.push(internetMessageId);
  }
  const touches = new Touches(store);
  for (const { words, numbers, ids } of asked)
    yield {
      asked: words,
      otherSpelling: false,
      messages: touches.of(numbers),
      notInLog: ids.map((id) => ({ internetMessageId: id, trace: traceOfId(db, id) })),
    };
}
