import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AccessedItem, AuditRecord, FolderName } from '../../domain/records/audit-record.ts';
import { type IncomingFolder, type IncomingRecord, otherIdsOf } from './incoming-record.ts';
import { idHash } from './keys.ts';
import type { ContextEntry, RecordNames } from './names.ts';
import {
  folderOfNamed,
  messageOfCopy,
  messagesOf,
  ordinalOfCopy,
  ordinalOfNamed,
  packContent,
  unpackContent,
} from './packed-content.ts';
import { factsOf } from './record-flags.ts';
import { toIso } from './record-time.ts';
import { ID_SOURCES } from './schema.ts';
import type { FirstOccurrence } from './occurrences.ts';

/** A record as it stands in the database, with what it adds to the figures. */
export interface StoredRecord {
  readonly record: number;
  readonly entry: ContextEntry;
  readonly time: number;
  readonly flags: number;
  readonly operationCount: number | null;
  readonly idSource: number | null;
  readonly owner: number | null;
  readonly folders: readonly number[];
  /** Distinct. */
  readonly messages: readonly number[];
  /** How many items the record lists: a message in two folders is two. */
  readonly items: number;
  readonly token: string | null;
  readonly otherIds: string | null;
}

const SELECT_RECORD = `SELECT r.id, r.time, r.flags, r.operation_count, r.token, r.other_ids, r.raw_address,
  r.id_source, r.content, o.name AS owner, s.session_id, m.guid, c.actor, c.address, c.client_info, c.app_id,
  c.client_app_id, c.logon_type, c.device_id
  FROM records r JOIN contexts c ON c.context = r.context JOIN sessions s ON s.session = c.session
  JOIN mailboxes m ON m.mailbox = c.mailbox LEFT JOIN owners o ON o.owner = r.owner WHERE r.record = ?`;

/** Writes records and reads them back as the domain's AuditRecord. */
export class RecordRows {
  readonly #names: RecordNames;
  readonly #insert: StatementSync;
  readonly #select: StatementSync;
  readonly #folder: StatementSync;
  readonly #copy: StatementSync;
  /** Most records' content fits; the database takes a copy. */
  readonly #room = new Uint8Array(4096);
  #next: number;

  constructor(db: DatabaseSync, names: RecordNames) {
    this.#names = names;
    this.#insert = db.prepare(`INSERT INTO records (record, anchor, hash, id, context, time, flags,
      operation_count, token, other_ids, raw_address, id_source, owner, content, source, line, start, length,
      reading) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
    this.#select = db.prepare(SELECT_RECORD);
    this.#folder = db.prepare(`SELECT f.id, n.name FROM folders f
      JOIN folder_names n ON n.folder = f.folder WHERE f.folder = ? AND n.ordinal = ?`);
    this.#copy = db.prepare(`SELECT m.message_id, c.item_id, c.immutable_id, c.size, c.folder
      FROM copies c JOIN messages m ON m.message = c.message WHERE c.message = ? AND c.ordinal = ?`);
    this.#next = Number(
      db.prepare('SELECT coalesce(max(record), 0) + 1 AS next FROM records').get()?.['next'],
    );
  }

  nextRecord(): number {
    return this.#next++;
  }

  /**
   * `number`: its own; `anchor`: that of the first variant where this is a further one, which has no
   * `first` occurrence then.
   */
  insert(
    number: number,
    anchor: number | null,
    record: IncomingRecord,
    first: FirstOccurrence | null,
  ): StoredRecord {
    const { context, time, flags, operationCount, idSource } = record;
    const entry = (context.entry ??= this.#names.context(context.fields));
    const namedFolders = record.folders.map((folder) => this.#namedIn(entry.mailbox, folder));
    this.#names.folders.count(namedFolders, 1);
    const folders = namedFolders.map(folderOfNamed);
    const copies = record.items.map((item) =>
      this.#names.messages.copy(entry.mailbox, item, folders[item.folder] ?? null),
    );
    const owner = this.#names.owner(record.owner);
    this.#insert.run(
      number,
      anchor,
      idHash(record.id),
      record.id,
      entry.context,
      time,
      flags,
      operationCount,
      record.token,
      record.otherIds,
      record.rawAddress,
      idSource,
      owner,
      packContent({ namedFolders, copies }, this.#room),
      first?.source ?? null,
      first?.line ?? null,
      first?.start ?? null,
      first?.length ?? null,
      first?.reading ?? null,
    );
    return {
      record: number,
      entry,
      time,
      flags,
      operationCount,
      idSource,
      owner,
      folders,
      messages: messagesOf(copies),
      items: copies.length,
      token: record.token,
      otherIds: record.otherIds,
    };
  }

  #namedIn(mailbox: number, folder: IncomingFolder): number {
    if (folder.mailbox !== mailbox) {
      folder.named = this.#names.folders.number(mailbox, folder);
      folder.mailbox = mailbox;
    }
    return folder.named;
  }

  /** A record with this content went away. */
  forget(content: unknown): void {
    this.#names.folders.count(unpackContent(content).namedFolders, -1);
  }

  /** The reading that a row of `records` stands for. */
  load(number: number): AuditRecord {
    const row = this.#select.get(number);
    if (row === undefined) throw new Error(`record ${number} is not in records.db`);
    const content = unpackContent(row['content']);
    const folders = content.namedFolders.map((named): FolderName => {
      const name = this.#folder.get(folderOfNamed(named), ordinalOfNamed(named));
      return {
        id: (name?.['id'] ?? null) as string | null,
        name: (name?.['name'] ?? null) as string | null,
      };
    });
    const items = content.copies.map((copy): AccessedItem => {
      const seen = this.#copy.get(messageOfCopy(copy), ordinalOfCopy(copy));
      return {
        internetMessageId: (seen?.['message_id'] ?? null) as string | null,
        itemId: (seen?.['item_id'] ?? null) as string | null,
        immutableId: (seen?.['immutable_id'] ?? null) as string | null,
        sizeInBytes: (seen?.['size'] ?? null) as number | null,
        folder: content.folders.indexOf(Number(seen?.['folder'] ?? -1)),
      };
    });
    const flags = Number(row['flags']);
    const idSource = row['id_source'] as number | null;
    return {
      ...factsOf(flags),
      id: row['id'] as string,
      time: toIso(Number(row['time'])),
      sessionId: row['session_id'] as string | null,
      sessionIdSource: idSource === null ? null : (ID_SOURCES[idSource] ?? null),
      otherSessionIds: otherIdsOf(row['other_ids'] as string | null),
      mailboxGuid: row['guid'] as string | null,
      mailboxOwner: row['owner'] as string | null,
      actor: row['actor'] as string | null,
      address: row['address'] as string | null,
      rawAddress: (row['raw_address'] ?? row['address']) as string | null,
      clientInfo: row['client_info'] as string | null,
      appId: row['app_id'] as string | null,
      clientAppId: row['client_app_id'] as string | null,
      logonType: row['logon_type'] as number | null,
      deviceId: row['device_id'] as string | null,
      operationCount: row['operation_count'] as number | null,
      folders,
      items,
      uniqueTokenId: row['token'] as string | null,
    };
  }
}
