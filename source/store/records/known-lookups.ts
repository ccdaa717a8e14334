import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AccessedItem } from '../../domain/records/audit-record.ts';
import { endOfAll, type LookupOutcome } from '../../domain/lookups/lookup.ts';
import { idHash } from './keys.ts';
import { LOOKUP_END } from './schema.ts';
import { SeenHashes } from './known-hashes.ts';
import type { LookupEnd } from '../../domain/exposure/unresolved.ts';

const LOOKUPS = `SELECT l.outcome FROM lookups l WHERE l.name = ? AND l.by_item = ? AND l.mailbox =
  (SELECT ident FROM mailboxes WHERE mailbox = ?)`;

/** What all lookups of a message came to, as messages.lookup_end holds it. */
export const storedEnd = (ends: readonly LookupOutcome[]): number => {
  const end = endOfAll(ends);
  return end === null ? 0 : LOOKUP_END[end];
};

const STATED = new Map<unknown, LookupEnd>(
  (['olderThanTrace', 'notFound', 'failed'] as const).map((end) => [LOOKUP_END[end], end]),
);

/** Of messages.lookup_end; null: it was not looked up. */
export const lookupEnd = (stored: unknown): LookupEnd | null => STATED.get(stored) ?? null;

/** Tells of a message that arrives whether it was looked up before (its records came later, or anew). */
export class KnownLookups {
  readonly #ends: StatementSync;
  readonly #seen = new SeenHashes();

  constructor(db: DatabaseSync) {
    this.#ends = db.prepare(LOOKUPS);
    for (const row of db.prepare('SELECT name FROM lookups').iterate())
      this.#seen.add(idHash(row['name'] as string));
  }

  /** `hash`: of its message id, else of its item id. */
  endOf(hash: number, mailbox: number, item: AccessedItem): number {
    if (!this.#seen.mayHold(hash)) return 0;
    const { internetMessageId: id, itemId } = item;
    const ends = this.#ends.all(id ?? itemId ?? '', id === null ? 1 : 0, mailbox);
    return storedEnd(ends.map((row) => row['outcome'] as LookupOutcome));
  }
}
