import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { AccessCounters } from './access-counters.ts';
import { otherIdsOf } from './incoming-record.ts';
import type { ContextEntry } from './names.ts';
import { messagesOf, unpackContent } from './packed-content.ts';
import type { StoredRecord } from './record-rows.ts';
import { type Addition, Counter } from './counter.ts';
import { type Prepared, prepareAll } from '../prepared.ts';

const sql = {
  addAccess: 'INSERT OR IGNORE INTO accesses VALUES (?, ?, ?, ?, ?)',
  moreAccess: `UPDATE accesses SET first = min(first, ?), last = max(last, ?), times = times + ?
    WHERE context = ? AND message = ?`,
  addToken: 'INSERT OR IGNORE INTO tokens VALUES (?, ?)',
  addOtherId: 'INSERT OR IGNORE INTO other_session_ids VALUES (?, ?)',
  addSynced: `INSERT INTO synced VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET times = times + excluded.times`,
  // SQLite has no XOR: (a | b) - (a & b).
  // Values used twice stand in a row of their own: Node 22.15 has no numbered parameters.
  addCounters: `UPDATE contexts SET first = min(coalesce(first, v.from_time), v.from_time),
    last = max(coalesce(last, v.to_time), v.to_time),
    records = records + ?, binds = binds + ?, syncs = syncs + ?, operations = operations + ?,
    messages = messages + ?, throttled = throttled + ?, items_missing = items_missing + ?,
    items_named = items_named + ?, items_declared = items_declared + ?,
    app_only = app_only + ?, delegate = delegate + ?, external = external + ?,
    id_sources = id_sources | ?, digest_high = (digest_high | v.high) - (digest_high & v.high),
    digest_low = (digest_low | v.low) - (digest_low & v.low)
    FROM (SELECT ? AS from_time, ? AS to_time, ? AS high, ? AS low) v WHERE context = ?`,
  clearCounters: `UPDATE contexts SET first = NULL, last = NULL, records = 0, binds = 0, syncs = 0,
    operations = 0, messages = 0, throttled = 0, items_missing = 0, items_named = 0, items_declared = 0, app_only = 0, delegate = 0,
    external = 0, id_sources = 0, digest_high = 0, digest_low = 0 WHERE context = ?`,
  clearAccesses: 'DELETE FROM accesses WHERE context = ?',
  clearSynced: 'DELETE FROM synced WHERE context = ?',
  clearTokens: 'DELETE FROM tokens WHERE context = ?',
  clearOtherIds: 'DELETE FROM other_session_ids WHERE context = ?',
  recordsOf: `SELECT coalesce(anchor, record) AS anchor, id, time, flags, operation_count, id_source, token, other_ids,
    content
    FROM records WHERE context = ?`,
  isContradicted: 'SELECT 1 FROM records WHERE context = ? AND anchor IS NOT NULL LIMIT 1',
  sessionOf: 'SELECT session FROM contexts WHERE context = ?',
  dropMailboxes: 'DELETE FROM mailboxes WHERE mailbox NOT IN (SELECT mailbox FROM contexts)',
  dropContext: 'DELETE FROM contexts WHERE context = ? AND records = 0',
  dropSession:
    'DELETE FROM sessions WHERE session = ? AND NOT EXISTS (SELECT 1 FROM contexts c WHERE c.session = ?)',
  // Owners get renamed: the newest record's name is shown, whatever the order of import.
  owner: `UPDATE mailboxes SET owner = v.named, owner_time = v.at FROM (SELECT ? AS named, ? AS at) v
    WHERE mailbox = ? AND (owner IS NULL OR owner_time < v.at
    OR (owner_time = v.at AND (SELECT name FROM owners o WHERE o.owner = v.named)
      < (SELECT name FROM owners o WHERE o.owner = mailboxes.owner)))`,
  newestOwner: `UPDATE mailboxes SET (owner, owner_time) = (SELECT r.owner, r.time FROM contexts c
    JOIN records r ON r.context = c.context JOIN owners o ON o.owner = r.owner
    WHERE c.mailbox = mailboxes.mailbox ORDER BY r.time DESC, o.name LIMIT 1) WHERE mailbox = ?`,
  session: `UPDATE sessions SET (contexts, first, last, records, binds, syncs, operations, messages) = (
    SELECT count(*), min(first), max(last), sum(records), sum(binds), sum(syncs), sum(operations), sum(messages)
    FROM contexts c WHERE c.session = sessions.session) WHERE session = ?`,
  sessionMessages: `UPDATE sessions SET messages = (SELECT count(DISTINCT a.message) FROM contexts c
    JOIN accesses a ON a.context = c.context WHERE c.session = sessions.session)
    WHERE session = ? AND contexts > 1`,
} as const;

type Statements = Prepared<typeof sql>;

type RecordVariant = Addition & { readonly id: string; readonly messages: readonly number[] };

const variantOf = (row: NonNullable<ReturnType<StatementSync['get']>>): RecordVariant => {
  const { folders, copies } = unpackContent(row['content']);
  return {
    id: row['id'] as string,
    time: Number(row['time']),
    flags: Number(row['flags']),
    operationCount: row['operation_count'] as number | null,
    idSource: row['id_source'] as number | null,
    folders,
    messages: messagesOf(copies),
    items: copies.length,
    token: row['token'] as string | null,
    otherIds: row['other_ids'] as string | null,
  };
};

/**
 * Figures of contexts and sessions, kept beside the records. Added up in memory for a batch and
 * written by `flush`; a context of which a record was taken away or changed is counted anew.
 */
export class Counters {
  readonly #statements: Statements;
  readonly #tallies = new Map<number, Counter>();
  readonly #accesses = new AccessCounters();
  readonly #sessions = new Set<number>();
  readonly #stale = new Set<number>();
  readonly #owners = new Map<number, { owner: number; time: number }>();
  readonly #staleMailboxes = new Set<number>();

  constructor(db: DatabaseSync) {
    this.#statements = prepareAll(db, sql);
  }

  add(id: string, stored: StoredRecord): void {
    this.#sessions.add(stored.entry.session);
    const { owner, time, entry } = stored;
    if (owner !== null && time >= (this.#owners.get(entry.mailbox)?.time ?? -Infinity)) {
      // Two names in one instant: leave it to a count over all records.
      const known = this.#owners.get(entry.mailbox);
      if (known?.time === time && known.owner !== owner) this.#staleMailboxes.add(entry.mailbox);
      this.#owners.set(entry.mailbox, { owner, time });
    }
    if (this.#stale.has(entry.context)) return;
    let counters = this.#tallies.get(entry.context);
    if (counters === undefined) {
      counters = new Counter();
      this.#tallies.set(entry.context, counters);
    }
    counters.add(id, [stored]);
    for (const message of stored.messages) this.#accesses.add(entry.context, message, time);
  }

  /** Much is held in memory: it is time for a `flush`. */
  get full(): boolean {
    return this.#accesses.full;
  }

  /** A record of this context went away or changed. */
  recount(entry: ContextEntry): void {
    this.#stale.add(entry.context);
    this.#staleMailboxes.add(entry.mailbox);
    this.#tallies.delete(entry.context);
    this.#sessions.add(entry.session);
  }

  /**
   * Writes everything; inside the caller's transaction. Contexts left without a record go away, and
   * sessions and mailboxes without a context: true when that may have happened, and numbers in caches
   * are no longer good.
   */
  flush(): boolean {
    const recounted = this.#stale.size > 0;
    this.#writeTallies(this.#tallies, this.#accesses);
    this.#tallies.clear();
    this.#accesses.clear();
    for (const context of this.#stale) this.#recount(context);
    this.#stale.clear();
    if (recounted) this.#statements.dropMailboxes.run();
    for (const [mailbox, { owner, time }] of this.#owners) {
      this.#statements.owner.run(owner, time, mailbox);
    }
    for (const mailbox of this.#staleMailboxes) this.#statements.newestOwner.run(mailbox);
    this.#owners.clear();
    this.#staleMailboxes.clear();
    for (const session of this.#sessions) {
      // An empty session goes first: figures of nothing are null, which no session may have.
      this.#statements.dropSession.run(session, session);
      this.#statements.session.run(session);
      this.#statements.sessionMessages.run(session);
    }
    this.#sessions.clear();
    return recounted;
  }

  /** In the order of contexts; accesses of contexts without a tally are left out. */
  #writeTallies(tallies: ReadonlyMap<number, Counter>, accesses: AccessCounters): void {
    const { addAccess, moreAccess } = this.#statements;
    const { contexts, messages, firsts, lasts, times } = accesses;
    const positions = accesses.byContext();
    let at = 0;
    for (const [context, counters] of [...tallies].sort(([one], [other]) => one - other)) {
      let fresh = 0;
      for (; at < positions.length; at += 1) {
        const position = positions[at] as number;
        if ((contexts[position] as number) > context) break;
        if (contexts[position] !== context) continue;
        const [message, first] = [messages[position] as number, firsts[position] as number];
        const [last, often] = [lasts[position] as number, times[position] as number];
        if (addAccess.run(context, message, first, last, often).changes === 1) fresh += 1;
        else moreAccess.run(first, last, often, context, message);
      }
      this.#write(context, counters, fresh);
    }
  }

  /** `messages`: how many the context had not accessed before. */
  #write(context: number, counters: Counter, messages: number): void {
    for (const [folder, times] of counters.synced ?? [])
      this.#statements.addSynced.run(context, folder, times);
    for (const token of counters.tokens ?? []) this.#statements.addToken.run(context, token);
    for (const id of [...(counters.otherIds ?? [])].flatMap(otherIdsOf))
      this.#statements.addOtherId.run(id, context);
    this.#statements.addCounters.run(
      counters.records,
      counters.binds,
      counters.syncs,
      counters.operations,
      messages,
      counters.throttled,
      counters.itemsMissing,
      counters.itemsNamed,
      counters.itemsDeclared,
      counters.appOnly,
      counters.delegate,
      counters.external,
      counters.idSources,
      counters.first,
      counters.last,
      counters.digestHigh,
      counters.digestLow,
      context,
    );
  }

  /** The records of a context; of one that contradicts itself, all variants that are of this context. */
  *#recordsOf(context: number): Generator<readonly [RecordVariant, ...RecordVariant[]]> {
    const { recordsOf, isContradicted } = this.#statements;
    if (isContradicted.get(context) === undefined) {
      for (const row of recordsOf.iterate(context)) yield [variantOf(row)];
      return;
    }
    const variants = new Map<number, [RecordVariant, ...RecordVariant[]]>();
    for (const row of recordsOf.iterate(context)) {
      const known = variants.get(Number(row['anchor']));
      if (known === undefined) variants.set(Number(row['anchor']), [variantOf(row)]);
      else known.push(variantOf(row));
    }
    yield* variants.values();
  }

  #recount(context: number): void {
    this.#statements.clearAccesses.run(context);
    this.#statements.clearSynced.run(context);
    this.#statements.clearTokens.run(context);
    this.#statements.clearOtherIds.run(context);
    this.#statements.clearCounters.run(context);
    const counters = new Counter();
    const accesses = new AccessCounters();
    for (const variants of this.#recordsOf(context)) {
      const [{ id, messages }] = variants;
      for (const [at, { time }] of variants.entries())
        for (const message of messages) accesses.add(context, message, time, at === 0 ? 1 : 0);
      counters.add(id, variants);
    }
    if (counters.records === 0) this.#statements.dropContext.run(context);
    else this.#writeTallies(new Map([[context, counters]]), accesses);
  }
}
