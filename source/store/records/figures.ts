import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { idDigest } from './keys.ts';
import type { ContextEntry } from './names.ts';
import { messageOfCopy, unpackContent } from './packed-content.ts';
import type { StoredRecord } from './record-rows.ts';
import { FLAG } from './schema.ts';

/** What one record adds to the figures of its context. */
interface Addition {
  readonly time: number;
  readonly flags: number;
  readonly operationCount: number | null;
  readonly idSource: number | null;
  readonly folders: readonly number[];
  readonly messages: readonly number[];
  readonly token: string | null;
}

/** Figures of one context while they are being added up. */
class Tally {
  first = Infinity;
  last = -Infinity;
  records = 0;
  binds = 0;
  syncs = 0;
  operations = 0;
  throttled = 0;
  itemsMissing = 0;
  appOnly = 0;
  delegate = 0;
  external = 0;
  idSources = 0;
  digestHigh = 0;
  digestLow = 0;
  readonly accesses = new Map<number, { first: number; last: number; times: number }>();
  readonly synced = new Map<number, number>();
  readonly tokens = new Set<string>();

  add(id: string, addition: Addition): void {
    const { flags, time } = addition;
    const sync = (flags & FLAG.sync) !== 0;
    this.first = Math.min(this.first, time);
    this.last = Math.max(this.last, time);
    this.records += 1;
    if (sync) this.syncs += 1;
    else this.binds += 1;
    this.operations += addition.operationCount ?? 0;
    this.throttled += Number((flags & FLAG.throttled) !== 0);
    this.itemsMissing += Number((flags & FLAG.itemsMissing) !== 0);
    this.appOnly += Number((flags & FLAG.appOnly) !== 0);
    this.delegate += Number((flags & FLAG.delegate) !== 0);
    this.external += Number((flags & FLAG.external) !== 0);
    if (addition.token !== null) this.tokens.add(addition.token);
    if (addition.idSource !== null) this.idSources |= 1 << addition.idSource;
    const digest = idDigest(id);
    this.digestHigh = (this.digestHigh ^ digest.high) >>> 0;
    this.digestLow = (this.digestLow ^ digest.low) >>> 0;
    for (const message of addition.messages) {
      const access = this.accesses.get(message);
      if (access === undefined) this.accesses.set(message, { first: time, last: time, times: 1 });
      else {
        access.first = Math.min(access.first, time);
        access.last = Math.max(access.last, time);
        access.times += 1;
      }
    }
    if (sync) {
      for (const folder of addition.folders) {
        this.synced.set(folder, (this.synced.get(folder) ?? 0) + 1);
      }
    }
  }
}

const sql = {
  addAccess: 'INSERT OR IGNORE INTO accesses VALUES (?, ?, ?, ?, ?)',
  moreAccess: `UPDATE accesses SET first = min(first, ?), last = max(last, ?), times = times + ?
    WHERE context = ? AND message = ?`,
  addToken: 'INSERT OR IGNORE INTO tokens VALUES (?, ?)',
  addSynced: `INSERT INTO synced VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET times = times + excluded.times`,
  // SQLite has no XOR: (a | b) - (a & b).
  // Values used twice stand in a row of their own: Node 22.15 has no numbered parameters.
  addFigures: `UPDATE contexts SET first = min(coalesce(first, v.from_time), v.from_time),
    last = max(coalesce(last, v.to_time), v.to_time),
    records = records + ?, binds = binds + ?, syncs = syncs + ?, operations = operations + ?,
    messages = messages + ?, throttled = throttled + ?, items_missing = items_missing + ?,
    app_only = app_only + ?, delegate = delegate + ?, external = external + ?,
    id_sources = id_sources | ?, digest_high = (digest_high | v.high) - (digest_high & v.high),
    digest_low = (digest_low | v.low) - (digest_low & v.low)
    FROM (SELECT ? AS from_time, ? AS to_time, ? AS high, ? AS low) v WHERE context = ?`,
  clearFigures: `UPDATE contexts SET first = NULL, last = NULL, records = 0, binds = 0, syncs = 0,
    operations = 0, messages = 0, throttled = 0, items_missing = 0, app_only = 0, delegate = 0,
    external = 0, id_sources = 0, digest_high = 0, digest_low = 0 WHERE context = ?`,
  clearAccesses: 'DELETE FROM accesses WHERE context = ?',
  clearSynced: 'DELETE FROM synced WHERE context = ?',
  clearTokens: 'DELETE FROM tokens WHERE context = ?',
  recordsOf: `SELECT id, time, flags, operation_count, id_source, token, content FROM records WHERE context = ?`,
  sessionOf: 'SELECT session FROM contexts WHERE context = ?',
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

type Statements = { readonly [name in keyof typeof sql]: StatementSync };

/**
 * Figures of contexts and sessions, kept beside the records. Added up in memory for a batch and
 * written by `flush`; a context of which a record was taken away or changed is counted anew.
 */
export class Figures {
  readonly #statements: Statements;
  readonly #tallies = new Map<number, Tally>();
  readonly #sessions = new Set<number>();
  readonly #stale = new Set<number>();
  readonly #owners = new Map<number, { owner: number; time: number }>();
  readonly #staleMailboxes = new Set<number>();

  constructor(db: DatabaseSync) {
    this.#statements = Object.fromEntries(
      Object.entries(sql).map(([name, text]) => [name, db.prepare(text)]),
    ) as Statements;
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
    if (this.#stale.has(stored.entry.context)) return;
    const tally = this.#tallies.get(stored.entry.context) ?? new Tally();
    this.#tallies.set(stored.entry.context, tally);
    tally.add(id, stored);
  }

  /** A record of this context went away or changed. */
  recount(entry: ContextEntry): void {
    this.#stale.add(entry.context);
    this.#staleMailboxes.add(entry.mailbox);
    this.#tallies.delete(entry.context);
    this.#sessions.add(entry.session);
  }

  /**
   * Writes everything; inside the caller's transaction. Contexts left without a record go away:
   * true when that may have happened, and numbers in caches are no longer good.
   */
  flush(): boolean {
    const recounted = this.#stale.size > 0;
    for (const [context, tally] of this.#tallies) this.#write(context, tally);
    this.#tallies.clear();
    for (const context of this.#stale) this.#recount(context);
    this.#stale.clear();
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

  #write(context: number, tally: Tally): void {
    let messages = 0;
    for (const [message, access] of tally.accesses) {
      const { first, last, times } = access;
      if (this.#statements.addAccess.run(context, message, first, last, times).changes === 1)
        messages += 1;
      else this.#statements.moreAccess.run(first, last, times, context, message);
    }
    for (const [folder, times] of tally.synced)
      this.#statements.addSynced.run(context, folder, times);
    for (const token of tally.tokens) this.#statements.addToken.run(context, token);
    this.#statements.addFigures.run(
      tally.records,
      tally.binds,
      tally.syncs,
      tally.operations,
      messages,
      tally.throttled,
      tally.itemsMissing,
      tally.appOnly,
      tally.delegate,
      tally.external,
      tally.idSources,
      tally.first,
      tally.last,
      tally.digestHigh,
      tally.digestLow,
      context,
    );
  }

  #recount(context: number): void {
    this.#statements.clearAccesses.run(context);
    this.#statements.clearSynced.run(context);
    this.#statements.clearTokens.run(context);
    this.#statements.clearFigures.run(context);
    const tally = new Tally();
    for (const row of this.#statements.recordsOf.iterate(context)) {
      const content = unpackContent(row['content'] as Uint8Array);
      tally.add(row['id'] as string, {
        time: Number(row['time']),
        flags: Number(row['flags']),
        operationCount: row['operation_count'] as number | null,
        idSource: row['id_source'] as number | null,
        folders: content.folders,
        messages: content.copies.map(messageOfCopy),
        token: row['token'] as string | null,
      });
    }
    if (tally.records === 0) this.#statements.dropContext.run(context);
    else this.#write(context, tally);
  }
}
