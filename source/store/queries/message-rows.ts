import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { storedJson } from '../../domain/disk-trouble.ts';
import {
  classOf,
  FACT,
  isContested,
  openBecause,
  presumedBy,
} from '../../domain/exposure/exposure-class.ts';
import type {
  AccessingSession,
  AccessTimes,
  Message,
  MessageTouches,
  SessionTouch,
} from '../../domain/exposure/message.ts';
import { sessionVerdict } from '../../domain/verdicts/verdicts.ts';
import type { Trace } from '../../domain/lookups/trace.ts';
import { unresolvedReason } from '../../domain/exposure/unresolved.ts';
import { toIso } from '../records/record-time.ts';
import { TRACE_KEY } from '../records/keys.ts';
import { lookupEnd } from '../records/known-lookups.ts';
import { AlikeFolders } from './alike-folders.ts';
import { CLASS_JOINS, FACTS_SQL } from './class-sql.ts';
import { SYNCED_FOLDERS_SQL } from './presumed-whole.ts';
import { JUDGED, verdictOfCode } from './verdict-codes.ts';
import { textOrNull } from './sql-text.ts';

const MESSAGE = `SELECT m.message, m.message_id, m.item_id, mb.guid, o.name AS owner, t.text AS trace, m.mailbox, m.lookup_end, ${FACTS_SQL} AS facts
  FROM messages m JOIN mailboxes mb ON mb.mailbox = m.mailbox LEFT JOIN owners o ON o.owner = mb.owner
  ${CLASS_JOINS} LEFT JOIN traces t ON t.message_id = ${TRACE_KEY} WHERE m.message = ?`;

const COPIES = `SELECT c.folder, c.item_id, c.size, f.name, f.id FROM copies c LEFT JOIN folders f ON f.folder = c.folder
  WHERE c.message = ? ORDER BY c.ordinal`;

const ACCESSES = `SELECT s.key, a.context, a.first, a.last, a.times, coalesce(j.verdict, ${JUDGED.open}) AS verdict
  FROM accesses a JOIN contexts c ON c.context = a.context JOIN sessions s ON s.session = c.session
  LEFT JOIN judged j ON j.context = a.context WHERE a.message = ? ORDER BY s.key`;

/** Records that stand in several contexts, as one access in each. */
const SHARED = 'SELECT anchor, context FROM shared_records WHERE message = ?';

const LAST_ATTRIBUTED = `SELECT max(c.last) AS last FROM judged j JOIN contexts c ON c.context = j.context
  WHERE j.mailbox = ? AND j.verdict = ${JUDGED.malicious}`;

interface Access {
  readonly session: string;
  readonly context: number;
  readonly first: number;
  readonly last: number;
  readonly times: number;
  readonly verdict: number;
}

const accessingSessions = (accesses: readonly Access[]): readonly AccessingSession[] =>
  distinct(accesses.map(({ session }) => session)).map((key) => {
    const own = accesses.filter(({ session }) => session === key);
    return { key, verdict: sessionVerdict(own.map((one) => verdictOfCode(one.verdict))) };
  });

const distinct = <Value>(values: readonly Value[]): readonly Value[] => [...new Set(values)];

/** Reads messages in the shape of `mia.messages/2`. */
export class MessageRows {
  readonly #message: StatementSync;
  readonly #copies: StatementSync;
  readonly #accesses: StatementSync;
  readonly #shared: StatementSync;
  readonly #syncedFolders: StatementSync;
  readonly #lastAttributed: StatementSync;
  readonly #alike: AlikeFolders;
  /** Last malicious record by mailbox, epoch ms; Infinity: none. */
  readonly #attributed = new Map<number, number>();
  /** Folders that malicious contexts synchronised, by mailbox. */
  readonly #synced = new Map<number, ReadonlySet<number>>();

  /** Needs the tables of `Judgement`, and presumed_whole filled, on this connection; for one reading. */
  constructor(db: DatabaseSync) {
    this.#message = db.prepare(MESSAGE);
    this.#copies = db.prepare(COPIES);
    this.#accesses = db.prepare(ACCESSES);
    this.#shared = db.prepare(SHARED);
    this.#syncedFolders = db.prepare(SYNCED_FOLDERS_SQL);
    this.#lastAttributed = db.prepare(LAST_ATTRIBUTED);
    this.#alike = new AlikeFolders(db);
  }

  message(number: number): Message | null {
    const row = this.#message.get(number);
    if (row === undefined) return null;
    const copies = this.#copies.all(number);
    const folders = distinct(
      copies.flatMap((copy) => textOrNull(copy['name']) ?? textOrNull(copy['id']) ?? []),
    ).toSorted();
    const sizes = distinct(
      copies.flatMap((copy) => (copy['size'] === null ? [] : [Number(copy['size'])])),
    );
    const items = distinct(copies.flatMap((copy) => textOrNull(copy['item_id']) ?? []));
    const accesses = this.#accesses.all(number).map((access) => ({
      session: textOrNull(access['key']) ?? '',
      context: Number(access['context']),
      first: Number(access['first']),
      last: Number(access['last']),
      times: Number(access['times']),
      verdict: Number(access['verdict']),
    }));
    const malicious = accesses.filter(({ verdict }) => verdict === JUDGED.malicious);
    const mailbox = Number(row['mailbox']);
    const facts = Number(row['facts']) | this.#folderFact(mailbox, copies);
    const trace =
      row['trace'] === null ? null : (storedJson(textOrNull(row['trace']) ?? '') as Trace);
    const internetMessageId = textOrNull(row['message_id']);
    const anyone = this.#times(number, accesses);
    const received = trace?.receivedAt ?? null;
    return {
      row: number,
      mailbox: { guid: textOrNull(row['guid']), owner: textOrNull(row['owner']) },
      internetMessageId,
      itemId: textOrNull(row['item_id']) ?? items.toSorted()[0] ?? null,
      folders,
      sizeInBytes: sizes.length === 0 ? null : Math.max(...sizes),
      differs: sizes.length > 1 || (internetMessageId !== null && items.length > 1),
      firstAccess: anyone?.first ?? '',
      lastAccess: anyone?.last ?? '',
      accesses: anyone?.accesses ?? 0,
      intruder: this.#times(number, malicious),
      sessions: accessingSessions(accesses),
      class: classOf(facts),
      presumedBy: presumedBy(facts),
      contested: isContested(facts),
      openBecause: openBecause(facts),
      receivedAfterLastAttributed:
        classOf(facts) === 'presumed' &&
        received !== null &&
        Date.parse(received) > this.#lastOf(mailbox),
      trace,
      unresolved: trace === null ? unresolvedReason(folders, lookupEnd(row['lookup_end'])) : null,
    };
  }

  /** Each record counts once, also where its variants stand in several of these contexts. */
  #times(message: number, accesses: readonly Access[]): AccessTimes | null {
    if (accesses.length === 0) return null;
    const contexts = new Set(accesses.map(({ context }) => context));
    const shared = accesses.length < 2 ? [] : this.#shared.all(message);
    const anchors = shared
      .filter(({ context }) => contexts.has(Number(context)))
      .map(({ anchor }) => Number(anchor));
    const counted = accesses.reduce((sum, { times }) => sum + times, 0);
    return {
      first: toIso(Math.min(...accesses.map(({ first }) => first))),
      last: toIso(Math.max(...accesses.map(({ last }) => last))),
      accesses: counted - (anchors.length - new Set(anchors).size),
    };
  }

  /** Whether it lies in a folder that a malicious context synchronised: says why, decides no class. */
  #folderFact(
    mailbox: number,
    copies: readonly { readonly [name: string]: SQLOutputValue }[],
  ): number {
    const synced = this.#synced.get(mailbox) ?? new Set(this.#foldersSynced(mailbox));
    this.#synced.set(mailbox, synced);
    const isSynced = copies.some(({ folder }) => folder != null && synced.has(Number(folder)));
    return isSynced ? FACT.syncedFolder : 0;
  }

  #foldersSynced(mailbox: number): readonly number[] {
    const folders = this.#syncedFolders.all(mailbox).map(({ folder }) => Number(folder));
    return this.#alike.with(folders);
  }

  #lastOf(mailbox: number): number {
    const known = this.#attributed.get(mailbox);
    if (known !== undefined) return known;
    const last = this.#lastAttributed.get(mailbox)?.['last'] ?? null;
    // Nothing is attributed: nothing can be said to have come after it.
    const found = last === null ? Infinity : Number(last);
    this.#attributed.set(mailbox, found);
    return found;
  }
}

const TOUCHES = `SELECT s.key, min(a.first) AS first, max(a.last) AS last,
    min(coalesce(j.verdict, ${JUDGED.open})) AS least, max(coalesce(j.verdict, ${JUDGED.open})) AS most,
    json_group_array(DISTINCT c.actor) AS actors, json_group_array(DISTINCT c.address) AS addresses,
    json_group_array(DISTINCT c.client) AS clients
  FROM accesses a JOIN contexts c ON c.context = a.context JOIN sessions s ON s.session = c.session
  LEFT JOIN judged j ON j.context = a.context
  WHERE a.message = ? GROUP BY s.session ORDER BY first, s.key`;

const listed = (json: SQLOutputValue | undefined): readonly string[] =>
  (JSON.parse(json as string) as (string | null)[]).filter((value) => value !== null).sort();

const verdictOf = (least: number, most: number): SessionTouch['verdict'] =>
  least === most ? verdictOfCode(least) : 'mixed';

/** Sessions that accessed a message (its number), the first access first: at most so many, and how many there are. */
export const touchesOf = (db: DatabaseSync, message: number, most: number): MessageTouches => {
  const rows = db.prepare(TOUCHES).all(message);
  const sessions = rows.slice(0, most).map((row) => ({
    key: row['key'] as string,
    verdict: verdictOf(Number(row['least']), Number(row['most'])),
    actors: listed(row['actors']),
    addresses: listed(row['addresses']),
    clients: listed(row['clients']),
    first: toIso(Number(row['first'])),
    last: toIso(Number(row['last'])),
  }));
  return { message, sessions, total: rows.length };
};
