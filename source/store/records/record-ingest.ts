import type { DatabaseSync } from 'node:sqlite';
import { storedJson } from '../../domain/disk-trouble.ts';
import type { AuditRecord } from '../../domain/records/audit-record.ts';
import { folderIdentity } from '../../domain/records/record-parts.ts';
import { variantsOf } from '../../domain/records/record-variants.ts';
import { relate } from '../../domain/records/same-record.ts';
import type { Counters } from './counters.ts';
import { auditRecordOf, type IncomingRecord, incomingOf } from './incoming-record.ts';
import type { HashNumbers } from './hash-numbers.ts';
import { idHash } from './keys.ts';
import type { Orphans } from './orphans.ts';
import type { RecordRows } from './record-rows.ts';
import { type KnownHashes, recordHashes } from './known-hashes.ts';
import { type RowPosition, Occurrences } from './occurrences.ts';
import { canonicalJson } from '../canonical-json.ts';
import { type Prepared, prepareAll } from '../prepared.ts';

const sql = {
  find: 'SELECT record FROM records WHERE hash = ? AND id = ? AND anchor IS NULL',
  isNamed: 'SELECT 1 FROM records WHERE record = ? AND id = ?',
  readings: 'SELECT reading, text FROM readings WHERE record = ? ORDER BY reading',
  addReading: 'INSERT INTO readings (record, text) VALUES (?, ?) RETURNING reading',
  dropUnseen: `DELETE FROM readings WHERE record = ? AND reading NOT IN
    (SELECT s.reading FROM occurrences s WHERE s.record = readings.record AND s.reading IS NOT NULL)`,
  dropReadings: 'DELETE FROM readings WHERE record = ?',
  variants: `SELECT r.record, r.content, r.context, c.session, c.mailbox FROM records r JOIN contexts c ON c.context = r.context
    WHERE r.record = ? OR r.anchor = ?`,
  dropVariants: 'DELETE FROM records WHERE record = ? OR anchor = ?',
} as const;

type Statements = Prepared<typeof sql>;

/** One text for what is the same, whether it was read from a row or from records.db. */
const readingText = (record: AuditRecord): string => {
  const { folders } = record;
  const identities = folders.map(folderIdentity);
  const placed = (folder: number): number => {
    const named = folders[folder];
    return named === undefined ? -1 : identities.indexOf(folderIdentity(named));
  };
  const items = record.items.map((item) => ({ ...item, folder: placed(item.folder) }));
  return canonicalJson({ ...record, items });
};

/** Takes records in and gives each row its outcome (`domain.md` 1 and 2). */
export class RecordIngest {
  readonly #statements: Statements;
  readonly #rows: RecordRows;
  readonly #occurrences: Occurrences;
  readonly #counters: Counters;
  readonly #orphans: Orphans;
  /** Several source may say different things of one record; settled once a batch. */
  readonly #unsettled = new Set<number>();
  readonly #known: KnownHashes;

  constructor(db: DatabaseSync, rows: RecordRows, counters: Counters, orphans: Orphans) {
    this.#occurrences = new Occurrences(db);
    this.#orphans = orphans;
    this.#rows = rows;
    this.#counters = counters;
    this.#known = recordHashes(db);
    this.#statements = prepareAll(db, sql);
  }

  /** Records by the hash of their ids. */
  get numbers(): HashNumbers {
    return this.#known.numbers;
  }

  take(record: IncomingRecord, position: RowPosition): void {
    const hash = idHash(record.id);
    const anchor = this.#find(hash, record.id);
    if (anchor === null) {
      const number = this.#rows.nextRecord();
      this.#known.add(hash, number);
      const stored = this.#rows.insert(number, null, record, { ...position, reading: null });
      this.#counters.add(record.id, stored);
      return;
    }
    this.#occurrences.add(anchor, position, this.#readingOf(anchor, auditRecordOf(record)));
  }

  #find(hash: number, id: string): number | null {
    if (!this.#known.mayHold(hash)) return null;
    const { numbers } = this.#known;
    if (!numbers.complete) {
      const found = this.#statements.find.get(hash, id);
      return found === undefined ? null : Number(found['record']);
    }
    for (let slot = numbers.first(hash); slot >= 0; slot = numbers.next(slot, hash)) {
      const number = numbers.number(slot);
      if (this.#statements.isNamed.get(number, id) !== undefined) return number;
    }
    return null;
  }

  /** The stored reading that says the same, or a new one; null while all say the same. */
  #readingOf(anchor: number, record: AuditRecord): number | null {
    const known = this.#statements.readings.all(anchor);
    if (known.length === 0) {
      const stored = this.#rows.load(anchor);
      if (relate(stored, record) === 'same') return null;
      this.#occurrences.nameReading(anchor, this.#addReading(anchor, stored));
    }
    for (const row of known) {
      const text = storedJson(row['text']) as AuditRecord;
      if (relate(text, record) === 'same') return Number(row['reading']);
    }
    this.#unsettled.add(anchor);
    return this.#addReading(anchor, record);
  }

  #addReading(anchor: number, record: AuditRecord): number {
    return Number(this.#statements.addReading.get(anchor, readingText(record))?.['reading']);
  }

  /** A row of this record was taken away: what the others say counts. */
  unsettle(anchor: number): void {
    this.#unsettled.add(anchor);
  }

  /** Works out the variants of records whose rows say different things; before `Figures.flush`. */
  settle(): void {
    for (const anchor of this.#unsettled) this.#settleRecord(anchor);
    this.#unsettled.clear();
  }

  #settleRecord(anchor: number): void {
    this.#statements.dropUnseen.run(anchor);
    const known = this.#statements.readings.all(anchor);
    const readings = known.map((row) => storedJson(row['text']) as AuditRecord);
    if (readings.length === 0) {
      this.#occurrences.setOutcomes(anchor, new Map());
      return;
    }
    for (const row of this.#statements.variants.all(anchor, anchor)) {
      this.#orphans.doubt(row['content']);
      this.#rows.forget(row['content']);
      this.#counters.recount({
        context: Number(row['context']),
        session: Number(row['session']),
        mailbox: Number(row['mailbox']),
      });
    }
    const first = this.#occurrences.first(anchor);
    this.#statements.dropVariants.run(anchor, anchor);
    const variantOfReading = new Map<number, number>();
    variantsOf(readings).forEach((variant, at) => {
      const incoming = incomingOf(variant.record);
      const stored =
        at === 0
          ? this.#rows.insert(anchor, null, incoming, first)
          : this.#rows.insert(this.#rows.nextRecord(), anchor, incoming, null);
      this.#counters.recount(stored.entry);
      for (const member of variant.members)
        variantOfReading.set(Number(known[member]?.['reading']), at);
    });
    if (readings.length === 1) {
      this.#occurrences.forgetReadings(anchor);
      this.#statements.dropReadings.run(anchor);
    }
    this.#occurrences.setOutcomes(anchor, variantOfReading);
  }
}
