import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import {
  type FoundGap,
  byTime,
  gapsOfKind,
  type Span,
  mergedSpans,
  unreadableAt,
} from '../../domain/exposure/gaps.ts';
import type { GapsOfMailboxes } from './mailbox-gaps.ts';
import { holesOf, type NotFetched } from '../../domain/fetches/fetch-status.ts';
import type { FetchStatement } from '../../domain/fetches/fetch.ts';

const rowsSql = {
  sources: `SELECT s.source, s.damaged, (SELECT count(*) FROM damaged_times d WHERE d.source = s.source) AS timed
    FROM sources s WHERE s.damaged > 0 AND s.kind = 'audit'`,
  times: 'SELECT time FROM damaged_times WHERE source = ? ORDER BY time',
  mailboxes: `SELECT c.mailbox, min(r.time) AS first, max(r.time) AS last FROM (
      SELECT record FROM records WHERE source = ? UNION SELECT record FROM further_occurrences WHERE source = ?) x
    CROSS JOIN records r ON r.record = x.record CROSS JOIN contexts c ON c.context = r.context GROUP BY c.mailbox`,
  // Of a record that contradicts itself the source may hold any variant.
  further: `SELECT c.mailbox, v.time AS first, v.time AS last FROM records v CROSS JOIN contexts c ON c.context = v.context
    WHERE v.anchor IS NOT NULL AND (EXISTS (SELECT 1 FROM records r WHERE r.record = v.anchor AND r.source = ?)
      OR EXISTS (SELECT 1 FROM further_occurrences x WHERE x.record = v.anchor AND x.source = ?))`,
  wholeCase:
    'SELECT mailbox, min(first) AS first, max(last) AS last FROM contexts GROUP BY mailbox',
} as const;

type Row = Readonly<Record<string, SQLOutputValue>>;

/** From the first to the last record, by mailbox. */
const extents = (...rows: readonly (readonly Row[])[]): ReadonlyMap<number, Span> => {
  const found = new Map<number, Span>();
  for (const row of rows.flat()) {
    const known = found.get(Number(row['mailbox']));
    found.set(Number(row['mailbox']), {
      from: Math.min(known?.from ?? Infinity, Number(row['first'])),
      to: Math.max(known?.to ?? -Infinity, Number(row['last'])),
    });
  }
  return found;
};

/**
 * Where damaged rows may have been records, by mailbox (`domain.md`, Exposure 1, *unreadable*): at their
 * time where anything says it, else anywhere in the span of their source; of the mailboxes that the
 * source has records of, or of all where it has none. Good until records change.
 */
const unreadableRows = (db: DatabaseSync): ReadonlyMap<number, readonly Span[]> => {
  const found = new Map<number, Span[]>();
  for (const row of db.prepare(rowsSql.sources).all()) {
    const source = Number(row['source']);
    const times = db.prepare(rowsSql.times).all(source);
    const timed = mergedSpans(times.map(({ time }) => unreadableAt(Number(time))));
    const own = extents(
      db.prepare(rowsSql.mailboxes).all(source, source),
      db.prepare(rowsSql.further).all(source, source),
    );
    const mailboxes = own.size > 0 ? own : extents(db.prepare(rowsSql.wholeCase).all());
    const from = Math.min(...[...mailboxes.values()].map((extent) => extent.from));
    const to = unreadableAt(Math.max(...[...mailboxes.values()].map((extent) => extent.to))).to;
    const untimed = Number(row['damaged']) > Number(row['timed']) ? [{ from, to }] : [];
    for (const mailbox of mailboxes.keys()) {
      const spans = found.get(mailbox) ?? [];
      found.set(mailbox, spans);
      spans.push(...timed, ...untimed);
    }
  }
  return found;
};

const namesSql = {
  actors: 'SELECT DISTINCT mailbox, actor AS name FROM contexts WHERE actor IS NOT NULL',
  owners: 'SELECT m.mailbox, o.name FROM mailboxes m JOIN owners o ON o.owner = m.owner',
  // Owners get renamed: names that no mailbox has by now. Rare, and the only reason to look at records.
  former: `SELECT DISTINCT c.mailbox, o.name FROM records r JOIN contexts c ON c.context = r.context
    JOIN owners o ON o.owner = r.owner
    WHERE r.owner IN (SELECT owner FROM owners WHERE owner NOT IN
      (SELECT owner FROM mailboxes WHERE owner IS NOT NULL))`,
  isFormer: `SELECT 1 FROM owners WHERE owner NOT IN
    (SELECT owner FROM mailboxes WHERE owner IS NOT NULL) LIMIT 1`,
} as const;

/** Names (lower case) of a mailbox's owner, and of whoever opened it. */
type MailboxOpeners = ReadonlyMap<number, ReadonlySet<string>>;

/** Of all mailboxes; good until records change. */
const mailboxOpeners = (db: DatabaseSync): MailboxOpeners => {
  const openers = new Map<number, Set<string>>();
  const queries: string[] = [namesSql.actors, namesSql.owners];
  if (db.prepare(namesSql.isFormer).get() !== undefined) queries.push(namesSql.former);
  for (const query of queries)
    for (const row of db.prepare(query).iterate()) {
      const mailbox = Number(row['mailbox']);
      const names = openers.get(mailbox) ?? new Set();
      openers.set(mailbox, names.add(row['name'] as string));
    }
  return openers;
};

/** A mailbox, as what was asked for names it. */
interface NamedMailbox {
  readonly guid: string | null;
  /** Names of its owner and of whoever opened it, lower case. */
  readonly openers: ReadonlySet<string>;
}

/**
 * A hole that names nobody is everybody's. One of an address is nobody's: whoever asks for an address
 * does not ask for what a mailbox was opened from elsewhere, and has never had it whole.
 */
const isOf = ({ user, address }: NotFetched, { guid, openers }: NamedMailbox): boolean => {
  if (user === null) return address === null;
  const name = user.toLowerCase();
  return name === guid || openers.has(name);
};

/** What fetches did not get of the records of a mailbox (`domain.md`, Exposure 1, *notFetched*). */
const holesOfMailbox = (
  fetches: readonly FetchStatement[],
  mailbox: NamedMailbox,
): readonly Span[] =>
  holesOf(fetches)
    .filter((hole) => isOf(hole, mailbox))
    .map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }));

/** What records and fetches alone say, good until either changes. */
export class LogGaps {
  readonly #db: DatabaseSync;
  readonly #fetches: readonly FetchStatement[];
  readonly byRecords: GapsOfMailboxes;
  #openers: MailboxOpeners | null = null;
  #unreadable: ReadonlyMap<number, readonly Span[]> | null = null;

  constructor(db: DatabaseSync, byRecords: GapsOfMailboxes, fetches: readonly FetchStatement[]) {
    this.#db = db;
    this.byRecords = byRecords;
    this.#fetches = fetches;
  }

  openers(mailbox: number): ReadonlySet<string> {
    this.#openers ??= mailboxOpeners(this.#db);
    return this.#openers.get(mailbox) ?? new Set();
  }

  /** By time. */
  of(mailbox: number, guid: string | null): readonly FoundGap[] {
    this.#unreadable ??= unreadableRows(this.#db);
    const holes =
      this.#fetches.length === 0
        ? []
        : holesOfMailbox(this.#fetches, { guid, openers: this.openers(mailbox) });
    return [
      ...this.byRecords.of(mailbox).gaps,
      ...gapsOfKind('notFetched', holes),
      ...gapsOfKind('unreadable', this.#unreadable.get(mailbox) ?? []),
    ].sort(byTime);
  }
}
