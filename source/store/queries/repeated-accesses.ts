import type { DatabaseSync } from 'node:sqlite';
import { type BindRecord, mayHideRepeat, repeatKey } from '../../domain/verdicts/repeats.ts';
import type { Verdict } from '../../domain/sessions/session.ts';
import { messageOfCopy, ordinalOfCopy, unpackContent } from '../records/packed-content.ts';
import { FLAG } from '../records/schema.ts';
import { type Prepared, prepareAll } from '../prepared.ts';
import { AlikeFolders } from './alike-folders.ts';

export const REPEATED_TABLE = `CREATE TEMP TABLE IF NOT EXISTS repeated (
  context INTEGER NOT NULL, message INTEGER NOT NULL, PRIMARY KEY (context, message)
) WITHOUT ROWID;`;

const sql = {
  fields: `SELECT c.mailbox, s.session_id AS sessionId, c.actor, c.address, c.client_info AS clientInfo,
    c.logon_type AS logonType FROM contexts c JOIN sessions s ON s.session = c.session WHERE c.context = ?`,
  records: `SELECT time, content FROM records WHERE context = ? AND flags & ${FLAG.sync} = 0 ORDER BY time`,
  folder: 'SELECT folder FROM copies WHERE message = ? AND ordinal = ?',
  touch: 'INSERT OR IGNORE INTO touched SELECT message FROM repeated WHERE context = ?',
  drop: 'DELETE FROM repeated WHERE context = ?',
  add: 'INSERT OR IGNORE INTO repeated VALUES (?, ?)',
} as const;

interface Group {
  readonly malicious: Set<number>;
  readonly benign: Set<number>;
}

/**
 * Which benign accesses may hide a repeat by the intruder (`domain/verdicts/repeats.ts`), as the temporary
 * table `repeated`. Told each verdict that changes; only contexts alike in what counts are compared.
 */
export class RepeatedAccesses {
  readonly #statements: Prepared<typeof sql>;
  readonly #alike: AlikeFolders;
  readonly #groups = new Map<string, Group>();
  readonly #changed = new Set<string>();

  /** Needs the tables `repeated` (emptied) and `touched`. */
  constructor(db: DatabaseSync) {
    this.#statements = prepareAll(db, sql);
    this.#alike = new AlikeFolders(db);
  }

  /** The verdict of a context is another than before. */
  change(context: number, verdict: Verdict | null): void {
    const row = this.#statements.fields.get(context);
    if (row === undefined) return;
    const key = repeatKey({
      mailbox: row['mailbox'] as number,
      sessionId: row['sessionId'] as string | null,
      actor: row['actor'] as string | null,
      address: row['address'] as string | null,
      clientInfo: row['clientInfo'] as string | null,
      logonType: row['logonType'] as number | null,
    });
    const group = this.#groups.get(key) ?? { malicious: new Set(), benign: new Set() };
    this.#groups.set(key, group);
    group.malicious.delete(context);
    group.benign.delete(context);
    if (verdict !== null) group[verdict].add(context);
    this.#statements.touch.run(context);
    this.#statements.drop.run(context);
    this.#changed.add(key);
  }

  /** Works out what the changes mean; messages concerned go into `touched`. */
  settle(): void {
    for (const key of this.#changed) {
      const group = this.#groups.get(key);
      if (group !== undefined) this.#compare(group);
    }
    this.#changed.clear();
  }

  #compare({ malicious, benign }: Group): void {
    const { touch, drop } = this.#statements;
    const records = benign.size === 0 ? [] : [...malicious].flatMap((one) => this.#binds(one));
    records.sort((a, b) => a.time - b.time);
    for (const context of benign) {
      touch.run(context);
      drop.run(context);
      if (records.length > 0) this.#findIn(context, records);
      touch.run(context);
    }
  }

  #binds(context: number): readonly BindRecord[] {
    return this.#statements.records.all(context).map((row) => ({
      time: Number(row['time']),
      folders: new Set(this.#alike.with(unpackContent(row['content']).folders)),
    }));
  }

  #findIn(context: number, malicious: readonly BindRecord[]): void {
    const { records, folder, add } = this.#statements;
    for (const row of records.iterate(context)) {
      const time = Number(row['time']);
      // Quick: most records have no malicious one near them, whatever the folder.
      if (!mayHideRepeat(time, null, malicious)) continue;
      for (const copy of unpackContent(row['content']).copies) {
        const message = messageOfCopy(copy);
        const position = folder.get(message, ordinalOfCopy(copy))?.['folder'] ?? null;
        if (mayHideRepeat(time, position === null ? null : Number(position), malicious))
          add.run(context, message);
      }
    }
  }
}
