import type { DatabaseSync } from 'node:sqlite';
import { clientInWords } from '../../domain/records/client.ts';
import { FolderNames } from './folder-names.ts';
import { MessageNames } from './message-names.ts';
import {
  type ContextFields,
  contextCacheKey,
  contextKeyOf,
  mailboxIdent,
  sessionKeyOf,
} from './keys.ts';
import { type Prepared, prepareAll } from '../prepared.ts';

/** Entries a cache may hold before it is emptied: bounds the memory of an import. */
const CACHE_LIMIT = 20_000;

/** A context's additions since the last flush. */
export interface ContextEntry {
  readonly context: number;
  readonly session: number;
  readonly mailbox: number;
}

const nextOf = (db: DatabaseSync, table: string, column: string): number =>
  Number(
    db.prepare(`SELECT coalesce(max(${column}), 0) + 1 AS next FROM ${table}`).get()?.['next'],
  );

const sql = {
  mailbox: 'SELECT mailbox FROM mailboxes WHERE ident = ?',
  addMailbox: 'INSERT INTO mailboxes (mailbox, ident, guid) VALUES (?, ?, ?)',
  owner: 'SELECT owner FROM owners WHERE name = ?',
  addOwner: 'INSERT INTO owners (owner, name) VALUES (?, ?)',
  session: 'SELECT session FROM sessions WHERE key = ?',
  addSession: 'INSERT INTO sessions (session, key, session_id, derived) VALUES (?, ?, ?, ?)',
  context: 'SELECT context, session, mailbox FROM contexts WHERE key = ?',
  addContext: `INSERT INTO contexts (context, key, session, mailbox, actor, address, client, client_info,
    app_id, client_app_id, logon_type, device_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
} as const;

type Statements = Prepared<typeof sql>;

/**
 * Numbers for what records name: mailboxes, contexts, folders, messages and their copies. Caches
 * are bounded; the numbers are allotted here, so only one program may write (the import lock).
 */
export class RecordNames {
  readonly messages: MessageNames;
  readonly folders: FolderNames;
  readonly #statements: Statements;
  readonly #next: Record<'mailbox' | 'owner' | 'session' | 'context', number>;
  readonly #mailboxes = new Map<string, number>();
  readonly #owners = new Map<string, number>();
  readonly #contexts = new Map<string, ContextEntry>();

  constructor(db: DatabaseSync) {
    this.#statements = prepareAll(db, sql);
    this.messages = new MessageNames(db);
    this.folders = new FolderNames(db);
    this.#next = {
      mailbox: nextOf(db, 'mailboxes', 'mailbox'),
      owner: nextOf(db, 'owners', 'owner'),
      session: nextOf(db, 'sessions', 'session'),
      context: nextOf(db, 'contexts', 'context'),
    };
  }

  /** Between batches: empties what has grown too large, or everything where numbers went away. */
  trim(everything: boolean): void {
    const caches = [this.#contexts, this.#mailboxes, this.#owners];
    for (const cache of caches) if (everything || cache.size > CACHE_LIMIT) cache.clear();
    this.folders.trim(everything ? 0 : CACHE_LIMIT);
  }

  mailbox(record: ContextFields): number {
    const ident = mailboxIdent(record);
    const cached = this.#mailboxes.get(ident);
    if (cached !== undefined) return cached;
    const row = this.#statements.mailbox.get(ident);
    const mailbox = row ? Number(row['mailbox']) : this.#next.mailbox++;
    if (row === undefined) this.#statements.addMailbox.run(mailbox, ident, record.mailboxGuid);
    this.#mailboxes.set(ident, mailbox);
    return mailbox;
  }

  owner(name: string | null): number | null {
    if (name === null) return null;
    const cached = this.#owners.get(name);
    if (cached !== undefined) return cached;
    const row = this.#statements.owner.get(name);
    const owner = row ? Number(row['owner']) : this.#next.owner++;
    if (row === undefined) this.#statements.addOwner.run(owner, name);
    this.#owners.set(name, owner);
    return owner;
  }

  context(record: ContextFields): ContextEntry {
    const mailbox = this.mailbox(record);
    const cacheKey = contextCacheKey(record);
    const cached = this.#contexts.get(cacheKey);
    if (cached !== undefined) return cached;
    const key = contextKeyOf(record);
    const row = this.#statements.context.get(key);
    const entry = row
      ? { context: Number(row['context']), session: Number(row['session']), mailbox }
      : { context: this.#next.context++, session: this.#session(record), mailbox };
    if (row === undefined) {
      this.#statements.addContext.run(
        entry.context,
        key,
        entry.session,
        mailbox,
        record.actor,
        record.address,
        clientInWords(
          record.clientInfo,
          record.appId,
          record.clientAppId,
          // Told from context fields alone, so that the label does not depend on which record came first.
          record.actor !== null && record.actor === record.clientAppId,
        ),
        record.clientInfo,
        record.appId,
        record.clientAppId,
        record.logonType,
        record.deviceId,
      );
    }
    this.#contexts.set(cacheKey, entry);
    return entry;
  }

  #session(record: ContextFields): number {
    const key = sessionKeyOf(record);
    const row = this.#statements.session.get(key);
    if (row !== undefined) return Number(row['session']);
    const session = this.#next.session++;
    this.#statements.addSession.run(
      session,
      key,
      record.sessionId,
      record.sessionId === null ? 1 : 0,
    );
    return session;
  }
}
