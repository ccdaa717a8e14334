import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { SessionIdSource } from '../../domain/records/audit-record.ts';
import {
  type Context,
  isOwnApplication,
  type Mailbox,
  type Session,
} from '../../domain/sessions/session.ts';
import type { JoinedSignIn } from '../../domain/sessions/sign-in-join.ts';
import { sessionVerdict } from '../../domain/verdicts/verdicts.ts';
import { toIso } from '../records/record-time.ts';
import { ID_SOURCES } from '../records/schema.ts';
import { contextDigest } from './judgement.ts';
import { SessionIds } from './session-ids.ts';
import { SessionSignIns } from './session-sign-ins.ts';
import { verdictOfCode } from './verdict-codes.ts';
import { textOrNull } from './sql-text.ts';

export type SqlRow = Record<string, SQLOutputValue>;

const number = (value: SQLOutputValue | undefined): number => Number(value ?? 0);
const iso = (value: SQLOutputValue | undefined): string => toIso(number(value));

const CONTEXTS = `SELECT c.*, s.key AS session_key, mb.guid, o.name AS owner, j.verdict, j.grown
  FROM contexts c JOIN sessions s ON s.session = c.session JOIN mailboxes mb ON mb.mailbox = c.mailbox
  LEFT JOIN owners o ON o.owner = mb.owner LEFT JOIN judged j ON j.context = c.context`;

type ContextFields = Omit<Context, 'ownApplication'>;

const contextOf = (row: SqlRow): ContextFields => ({
  key: textOrNull(row['key']) ?? '',
  session: textOrNull(row['session_key']) ?? '',
  mailbox: { guid: textOrNull(row['guid']), owner: textOrNull(row['owner']) },
  actor: textOrNull(row['actor']),
  address: textOrNull(row['address']),
  client: textOrNull(row['client']) ?? '',
  clientInfo: textOrNull(row['client_info']),
  appId: textOrNull(row['app_id']),
  clientAppId: textOrNull(row['client_app_id']),
  logonType: row['logon_type'] as number | null,
  deviceId: textOrNull(row['device_id']),
  firstSeen: iso(row['first']),
  lastSeen: iso(row['last']),
  records: number(row['records']),
  binds: number(row['binds']),
  syncs: number(row['syncs']),
  operations: number(row['operations']),
  messages: number(row['messages']),
  throttled: number(row['throttled']),
  itemsMissing: number(row['items_missing']),
  appOnly: number(row['app_only']) === number(row['records']),
  delegate: number(row['delegate']) > 0,
  external: number(row['external']) > 0,
  digest: contextDigest(row),
  verdict: verdictOfCode(number(row['verdict'])),
  grownSinceVerdict: number(row['grown']),
});

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const distinct = (values: readonly (string | null)[]): readonly string[] =>
  [...new Set(values.filter((value) => value !== null))].sort(byCodeUnit);

const mailboxesOf = (contexts: readonly Context[]): readonly Mailbox[] => {
  const boxes = new Map(contexts.map(({ mailbox }) => [JSON.stringify(mailbox), mailbox]));
  return [...boxes.entries()].sort(([a], [b]) => byCodeUnit(a, b)).map(([, mailbox]) => mailbox);
};

const idSourcesOf = (rows: readonly SqlRow[]): readonly SessionIdSource[] => {
  const bits = rows.reduce((sum, row) => sum | number(row['id_sources']), 0);
  return ID_SOURCES.filter((_, at) => (bits & (1 << at)) !== 0);
};

const total = (contexts: readonly Context[], of: (context: Context) => number): number =>
  contexts.reduce((sum, context) => sum + of(context), 0);

export type SessionWithoutSignIns = Omit<Session, 'signIns'>;

/** Reads sessions whole, with their contexts, in the shape of `mia.sessions/1`. */
export class SessionRows {
  readonly #session: StatementSync;
  readonly #contexts: StatementSync;
  readonly #byKey: StatementSync;
  readonly #contextByKey: StatementSync;
  readonly #signIns: SessionSignIns;
  readonly #ids: SessionIds;
  readonly #own: ReadonlySet<string>;

  /** Needs the tables of `judge` on this connection. `own`: `ownApplications` of the case. */
  constructor(db: DatabaseSync, own: ReadonlySet<string>) {
    this.#own = own;
    this.#session = db.prepare('SELECT * FROM sessions WHERE session = ?');
    this.#contexts = db.prepare(`${CONTEXTS} WHERE c.session = ? ORDER BY c.first, c.key`);
    this.#byKey = db.prepare('SELECT session FROM sessions WHERE key = ?');
    this.#contextByKey = db.prepare(`${CONTEXTS} WHERE c.key = ?`);
    this.#signIns = new SessionSignIns(db);
    this.#ids = new SessionIds(db);
  }

  #contextOf(row: SqlRow): Context {
    const context = contextOf(row);
    return { ...context, ownApplication: isOwnApplication(context, this.#own) };
  }

  /** Number of a session in this records.db, null where it is not there. */
  numberOf(key: string): number | null {
    const row = this.#byKey.get(key);
    return row === undefined ? null : number(row['session']);
  }

  context(key: string): Context | null {
    const row = this.#contextByKey.get(key);
    return row === undefined ? null : this.#contextOf(row);
  }

  contexts(session: number): readonly Context[] {
    return this.#contexts.all(session).map((row) => this.#contextOf(row));
  }

  session(session: number): Session | null {
    const found = this.withoutSignIns(session);
    return found === null ? null : { ...found, signIns: this.signInsOf(session, found) };
  }

  /** `session`: as it was read under that number. */
  signInsOf(
    number: number,
    { sessionId, contexts }: SessionWithoutSignIns,
  ): readonly JoinedSignIn[] {
    return this.#signIns.of(number, sessionId, contexts);
  }

  withoutSignIns(session: number): SessionWithoutSignIns | null {
    const row = this.#session.get(session);
    if (row === undefined) return null;
    const rows = this.#contexts.all(session);
    const contexts = rows.map((one) => this.#contextOf(one));
    const [key, sessionId] = [textOrNull(row['key']) ?? '', textOrNull(row['session_id'])];
    const otherSessionIds = this.#ids.others(session);
    return {
      key,
      sessionId,
      sessionIdSources: idSourcesOf(rows),
      otherSessionIds,
      kin: this.#ids.kin(key, sessionId, otherSessionIds),
      derived: number(row['derived']) === 1,
      actors: distinct(contexts.map((context) => context.actor)),
      mailboxes: mailboxesOf(contexts),
      addresses: distinct(contexts.map((context) => context.address)),
      clients: distinct(contexts.map((context) => context.client)),
      appIds: distinct(contexts.map((context) => context.appId)),
      firstSeen: iso(row['first']),
      lastSeen: iso(row['last']),
      records: number(row['records']),
      binds: number(row['binds']),
      syncs: number(row['syncs']),
      operations: number(row['operations']),
      messages: number(row['messages']),
      throttled: total(contexts, (context) => context.throttled),
      itemsMissing: total(contexts, (context) => context.itemsMissing),
      appOnly: contexts.every((context) => context.appOnly),
      delegate: contexts.some((context) => context.delegate),
      external: contexts.some((context) => context.external),
      ownApplication: contexts.some((context) => context.ownApplication),
      verdict: sessionVerdict(contexts.map((context) => context.verdict)),
      grownSinceVerdict: total(contexts, (context) => context.grownSinceVerdict),
      contexts,
    };
  }
}
