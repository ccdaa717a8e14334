import type { DatabaseSync } from 'node:sqlite';
import { messageOfCopy, ordinalOfCopy, unpackContent } from './packed-content.ts';
import { type Prepared, prepareAll } from '../prepared.ts';

const sql = {
  contexts: 'SELECT context FROM accesses WHERE message = ?',
  contents: 'SELECT content FROM records WHERE context = ?',
  dropCopy: 'DELETE FROM further_copies WHERE message = ? AND ordinal = ?',
  dropFirst: 'UPDATE messages SET first_copy = 0 WHERE message = ?',
  dropMessage: `DELETE FROM messages WHERE message = ? AND NOT EXISTS
    (SELECT 1 FROM copies c WHERE c.message = messages.message)`,
} as const;

/** Copies of messages that a record no longer lists since its variants were worked out anew. */
export class Orphans {
  readonly #statements: Prepared<typeof sql>;
  readonly #doubtful = new Set<number>();

  constructor(db: DatabaseSync) {
    this.#statements = prepareAll(db, sql);
  }

  /** A record with this content went away; others may list the same copies. */
  doubt(content: unknown): void {
    for (const copy of unpackContent(content).copies) this.#doubtful.add(copy);
  }

  /** Drops what no record lists any more; after `Figures.flush`, which counted the accesses anew. */
  flush(): void {
    if (this.#doubtful.size === 0) return;
    const contexts = new Set<number>();
    for (const message of new Set([...this.#doubtful].map(messageOfCopy))) {
      for (const row of this.#statements.contexts.all(message))
        contexts.add(Number(row['context']));
    }
    for (const context of contexts) {
      for (const row of this.#statements.contents.iterate(context)) {
        const { copies } = unpackContent(row['content']);
        for (const copy of copies) this.#doubtful.delete(copy);
      }
    }
    for (const copy of this.#doubtful) {
      const message = messageOfCopy(copy);
      const ordinal = ordinalOfCopy(copy);
      if (ordinal === 0) this.#statements.dropFirst.run(message);
      else this.#statements.dropCopy.run(message, ordinal);
      this.#statements.dropMessage.run(message);
    }
    this.#doubtful.clear();
  }
}
