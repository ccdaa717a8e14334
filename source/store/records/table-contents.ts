import { hash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { COPIES_PER_MESSAGE, NAMES_PER_FOLDER, unpackContent } from './packed-content.ts';

/** A message `m`, or a folder `m`, of a mailbox `mb`. */
const OF_MAILBOX = 'LEFT JOIN mailboxes mb ON mb.mailbox = m.mailbox';
const MESSAGE = 'mb.ident, m.message_id, m.item_id';
const FIGURES = 'first, last, records, binds, syncs, operations, messages';
const FOLDER = { columns: 'mb.ident, m.ident', from: `folders m ${OF_MAILBOX}` };
const FOLDER_NAME = {
  columns: 'mb.ident, m.ident, n.name',
  from: `folder_names n LEFT JOIN folders m ON m.folder = n.folder ${OF_MAILBOX}`,
};
const COPY = {
  columns: `${MESSAGE}, f.ident, c.item_id, c.immutable_id, c.size`,
  from: `copies c LEFT JOIN messages m ON m.message = c.message ${OF_MAILBOX}
    LEFT JOIN folders f ON f.folder = c.folder`,
};

/** Where a row `t` of a source `s` stands. */
const PLACE = 's.sha256, t.line, t.start, t.length';
const OF_SOURCE = 'LEFT JOIN sources s ON s.source = t.source';
const OF_READING = 'LEFT JOIN readings g ON g.reading = t.reading';
const OF_CONTEXT = 'LEFT JOIN contexts c ON c.context = t.context';

/**
 * What each table of records.db says, without the numbers of its rows: what refers to one by number
 * says here what that stands for. Whatever a figure or a list can come from is in it.
 */
const CONTENTS: readonly {
  readonly table: string;
  readonly columns: string;
  readonly from: string;
}[] = [
  { table: 'meta', columns: 'name, value', from: 'meta' },
  {
    table: 'schema',
    columns: 'type, name, tbl_name, sql',
    // Only in cases with very many records.
    from: `sqlite_schema WHERE name <> 'records_by_hash'`,
  },
  {
    table: 'sources',
    columns: `sha256, file, kind, layout, kept, path, rows, other_operations, damaged,
      trace_accepted, trace_duplicates, more_warnings`,
    from: `sources WHERE state = 'complete'`,
  },
  {
    table: 'mailboxes',
    columns: 'm.ident, m.guid, o.name, m.owner_time',
    from: 'mailboxes m LEFT JOIN owners o ON o.owner = m.owner',
  },
  { table: 'owners', columns: 'name', from: 'owners' },
  { table: 'folders', columns: `${FOLDER.columns}, m.id, m.name`, from: FOLDER.from },
  { table: 'folder_names', columns: `${FOLDER_NAME.columns}, n.records`, from: FOLDER_NAME.from },
  {
    table: 'sessions',
    columns: `key, session_id, derived, contexts, ${FIGURES}`,
    from: 'sessions',
  },
  {
    table: 'contexts',
    columns: `t.key, s.key, mb.ident, t.actor, t.address, t.client, t.client_info, t.app_id,
      t.client_app_id, t.logon_type, t.device_id, t.first, t.last, t.records, t.binds, t.syncs,
      t.operations, t.messages, t.throttled, t.items_missing, t.items_named, t.items_declared,
      t.app_only, t.delegate, t.external, t.id_sources, t.digest_high, t.digest_low`,
    from: `contexts t LEFT JOIN sessions s ON s.session = t.session
      LEFT JOIN mailboxes mb ON mb.mailbox = t.mailbox`,
  },
  {
    table: 'messages',
    columns: `${MESSAGE}, m.hash, m.traced, m.lookup_end`,
    from: `messages m ${OF_MAILBOX}`,
  },
  { table: 'copies', ...COPY },
  {
    table: 'further_occurrences',
    columns: `r.id, ${PLACE}, t.outcome, g.text`,
    from: `further_occurrences t LEFT JOIN records r ON r.record = t.record ${OF_SOURCE} ${OF_READING}`,
  },
  {
    table: 'readings',
    columns: 'r.id, t.text',
    from: 'readings t LEFT JOIN records r ON r.record = t.record',
  },
  {
    table: 'accesses',
    columns: `c.key, ${MESSAGE}, t.first, t.last, t.times`,
    from: `accesses t ${OF_CONTEXT} LEFT JOIN messages m ON m.message = t.message ${OF_MAILBOX}`,
  },
  {
    table: 'synced',
    columns: `c.key, ${FOLDER.columns}, t.times`,
    from: `synced t ${OF_CONTEXT} LEFT JOIN folders m ON m.folder = t.folder ${OF_MAILBOX}`,
  },
  {
    table: 'trace_rows',
    columns: `t.message_id, t.ident, ${PLACE}, t.text`,
    from: `trace_rows t ${OF_SOURCE}`,
  },
  {
    table: 'traces',
    columns: 'message_id, source, subject, sender, received, text',
    from: 'traces',
  },
  {
    table: 'lookups',
    columns: 'name, by_item, mailbox, service, how, outcome, at, detail',
    from: 'lookups',
  },
  {
    table: 'lookup_traffic',
    columns: 'address, direction, from_time, to_time, rows, source, complete, at',
    from: 'lookup_traffic',
  },
  { table: 'warnings', columns: 's.sha256, t.line, t.reason', from: `warnings t ${OF_SOURCE}` },
  { table: 'damaged_times', columns: 's.sha256, t.time', from: `damaged_times t ${OF_SOURCE}` },
  {
    table: 'sign_in_rows',
    columns: `t.id, t.outcome, ${PLACE}, t.text`,
    from: `sign_in_rows t ${OF_SOURCE}`,
  },
  {
    table: 'sign_ins',
    columns: 'id, time, session_id, token, address, user, user_id, app_id, text',
    from: 'sign_ins',
  },
  {
    table: 'side_event_rows',
    columns: `t.id, t.outcome, ${PLACE}, t.text`,
    from: `side_event_rows t ${OF_SOURCE}`,
  },
  {
    table: 'side_events',
    columns: 'id, time, kind, token, address, mailbox_guid, owner, actor, text',
    from: 'side_events',
  },
  { table: 'side_event_sessions', columns: 'session_id, id', from: 'side_event_sessions' },
  {
    table: 'other_session_ids',
    columns: 't.session_id, c.key',
    from: `other_session_ids t ${OF_CONTEXT}`,
  },
  { table: 'tokens', columns: 'c.key, t.token', from: `tokens t ${OF_CONTEXT}` },
];

/** A record lists folders and copies by number in a blob, so it needs more than a query. */
const RECORDS = `SELECT json_array(t.hash, t.id, t.anchor IS NULL, a.id, c.key, t.time, t.flags,
  t.operation_count, t.token, t.other_ids, t.raw_address, t.id_source, o.name, ${PLACE}, g.text) AS row, t.content
  FROM records t LEFT JOIN records a ON a.record = t.anchor LEFT JOIN owners o ON o.owner = t.owner
  ${OF_CONTEXT} ${OF_SOURCE} ${OF_READING}`;

/** A sum over the hashes of rows: the same in whatever order they come. */
class RowSum {
  readonly #sum = new Uint32Array(8);
  #rows = 0;

  add(text: string): void {
    const digest = hash('sha256', text, 'buffer');
    for (let at = 0; at < 8; at++)
      this.#sum[at] = (this.#sum[at] ?? 0) + digest.readUInt32LE(at * 4);
    this.#rows += 1;
  }

  get text(): string {
    return `${this.#rows} ${Buffer.from(this.#sum.buffer).toString('hex')}`;
  }
}

/** Names of 48 bits by the numbers that stand for them. */
const namesOf = (
  db: DatabaseSync,
  number: string,
  { columns, from }: { readonly columns: string; readonly from: string },
): ReadonlyMap<number, number> => {
  const names = new Map<number, number>();
  for (const row of db
    .prepare(`SELECT ${number} AS number, json_array(${columns}) AS row FROM ${from}`)
    .iterate()) {
    const name = hash('sha256', row['row'] as string).slice(0, 12);
    names.set(Number(row['number']), Number.parseInt(name, 16));
  }
  return names;
};

const recordContents = (db: DatabaseSync): string => {
  const folders = namesOf(db, `n.folder * ${NAMES_PER_FOLDER} + n.ordinal`, FOLDER_NAME);
  const copies = namesOf(db, `c.message * ${COPIES_PER_MESSAGE} + c.ordinal`, COPY);
  const named = (numbers: readonly number[], names: ReadonlyMap<number, number>): string =>
    numbers.map((number) => names.get(number) ?? '?').join();
  const sum = new RowSum();
  for (const { row, content } of db.prepare(RECORDS).iterate()) {
    const listed = unpackContent(content as Uint8Array);
    sum.add(
      `${row as string} ${named(listed.namedFolders, folders)} ${named(listed.copies, copies)}`,
    );
  }
  return sum.text;
};

/** A digest of what each table says: the same in two databases that say the same. */
export const tableContents = (db: DatabaseSync): ReadonlyMap<string, string> => {
  const digests = new Map([['records', recordContents(db)]]);
  for (const { table, columns, from } of CONTENTS) {
    const sum = new RowSum();
    for (const { row } of db.prepare(`SELECT json_array(${columns}) AS row FROM ${from}`).iterate())
      sum.add(row as string);
    digests.set(table, sum.text);
  }
  return digests;
};
