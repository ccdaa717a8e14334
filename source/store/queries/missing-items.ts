import type { DatabaseSync, SQLOutputValue } from 'node:sqlite';
import { unpackContent } from '../records/packed-content.ts';
import { FLAG } from '../records/schema.ts';
import { JUDGED } from './verdict-codes.ts';
import { type MailboxScope, within } from './mailboxes.ts';

/** Records that name fewer items than were accessed; the items they name, and declare (at least). */
export interface MissingItems {
  readonly records: number;
  readonly named: number;
  readonly declared: number;
}

const VERDICTS = { malicious: `= ${JUDGED.malicious}`, notBenign: `<> ${JUDGED.benign}` } as const;

const judgedContexts = (of: keyof typeof VERDICTS, scope: MailboxScope): string =>
  `contexts c LEFT JOIN judged j ON j.context = c.context
    WHERE c.items_missing > 0 AND coalesce(j.verdict, ${JUDGED.open}) ${VERDICTS[of]}${within('c.mailbox', scope)}`;

/** Variants of records that contradict themselves, in those contexts: few, in any case. */
const contradicting = (of: keyof typeof VERDICTS, scope: MailboxScope): string =>
  `SELECT r.anchor, r.context, r.flags, r.operation_count, r.content FROM (
      SELECT anchor, context, flags, operation_count, content FROM records WHERE anchor IS NOT NULL
      UNION ALL SELECT record, context, flags, operation_count, content FROM records
        WHERE record IN (SELECT anchor FROM records WHERE anchor IS NOT NULL)) r
    WHERE r.context IN (SELECT c.context FROM ${judgedContexts(of, scope)}) ORDER BY r.anchor, r.context`;

type Row = Record<string, SQLOutputValue>;

/** What the variants of one record in one context add to its figures (`Tally.add`). */
const missingOf = (variants: readonly Row[]): MissingItems | null => {
  const flags = variants.reduce((all, row) => all | Number(row['flags']), 0);
  if ((flags & FLAG.itemsMissing) === 0) return null;
  const named = unpackContent(variants[0]?.['content'] as Uint8Array).copies.length;
  const declared = Math.max(...variants.map((row) => Number(row['operation_count'] ?? 0)));
  const least = named + Number((flags & FLAG.sync) === 0);
  return { records: 1, named, declared: Math.max(declared, least) };
};

const plus = (a: MissingItems, b: MissingItems, sign = 1): MissingItems => ({
  records: a.records + sign * b.records,
  named: a.named + sign * b.named,
  declared: a.declared + sign * b.declared,
});

const NONE: MissingItems = { records: 0, named: 0, declared: 0 };

const lack = ({ named, declared }: MissingItems): number => declared - named;

/** What the figures of contexts count too often: all of a record but where it lacks most. */
const countedAgain = (rows: readonly Row[]): MissingItems => {
  let again = NONE;
  for (const ofRecord of Map.groupBy(rows, (row) => row['anchor']).values()) {
    const byContext = Map.groupBy(ofRecord, (row) => row['context']);
    const found = [...byContext.values()].flatMap((variants) => missingOf(variants) ?? []);
    const [, ...others] = found.sort((a, b) => lack(b) - lack(a));
    again = others.reduce((sum, one) => plus(sum, one), again);
  }
  return again;
};

/** Of contexts judged malicious, or of all that are not judged benign; each record once. */
export const missingItems = (
  db: DatabaseSync,
  of: keyof typeof VERDICTS,
  scope: MailboxScope,
): MissingItems => {
  const row = db
    .prepare(
      `SELECT total(c.items_missing) AS records, total(c.items_named) AS named, total(c.items_declared) AS declared
      FROM ${judgedContexts(of, scope)}`,
    )
    .get();
  const all = {
    records: Number(row?.['records']),
    named: Number(row?.['named']),
    declared: Number(row?.['declared']),
  };
  if (all.records === 0) return all;
  return plus(all, countedAgain(db.prepare(contradicting(of, scope)).all()), -1);
};
