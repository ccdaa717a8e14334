import type { DatabaseSync } from 'node:sqlite';
import type { AuditRecord } from '../../domain/records/audit-record.ts';
import type { Beyond, MailboxExposure } from '../../domain/exposure/exposure.ts';
import { BEYOND_REASONS } from '../../domain/exposure/exposure.ts';
import { fetchesWithHoles } from '../../domain/fetches/fetch-status.ts';
import type { FetchStatement } from '../../domain/fetches/fetch.ts';
import { presumesAll } from '../../domain/exposure/gaps.ts';
import type { Source } from '../../domain/records/source.ts';
import { unpackContent } from '../records/packed-content.ts';
import { FLAG } from '../records/schema.ts';
import type { MissingItems } from './missing-items.ts';

// Not `occurrences`: through the view SQLite would look at each record.
const BIND_ROWS = `SELECT r.content, t.text FROM (
    SELECT record, reading FROM records WHERE source = ?
    UNION ALL SELECT record, reading FROM further_occurrences WHERE source = ?) x
  JOIN records r ON r.record = x.record LEFT JOIN readings t ON t.reading = x.reading
  WHERE r.flags & ${FLAG.sync} = 0`;

/**
 * Sources that carry no items, and have a Bind of which no other source names any either. Each by
 * what its own rows say: other sources may know more of their records. Good until records change.
 */
export const itemlessSources = (db: DatabaseSync): number => {
  const missing = db.prepare('SELECT total(items_missing) AS records FROM contexts').get();
  if (Number(missing?.['records']) === 0) return 0;
  const rows = db.prepare(BIND_ROWS);
  const isItemless = (source: number): boolean => {
    let isNameless = false;
    for (const { content, text } of rows.iterate(source, source)) {
      const known = unpackContent(content as Uint8Array).copies.length;
      // A reading of its own only where sources say different things.
      const own = typeof text === 'string' ? (JSON.parse(text) as AuditRecord).items.length : known;
      if (own > 0) return false;
      if (known === 0) isNameless = true;
    }
    return isNameless;
  };
  const sources = db.prepare(`SELECT source FROM sources WHERE kind = 'audit'`).all();
  return sources.filter(({ source }) => isItemless(Number(source))).length;
};

export interface BeyondGrounds {
  readonly mailboxes: readonly MailboxExposure[];
  readonly sources: readonly Source[];
  readonly fetches: readonly FetchStatement[];
  readonly missing: MissingItems;
  /** Items without a message id that are not judged benign. */
  readonly withoutId: number;
  readonly itemless: number;
}

/** What may lie beyond the two figures (`domain.md`, Exposure, "Two figures and a sentence"). */
export const beyondCounts = (grounds: BeyondGrounds): readonly Beyond[] => {
  const { mailboxes, sources, fetches, missing } = grounds;
  const gaps = mailboxes.flatMap((mailbox) => mailbox.gaps);
  const mattering = gaps.filter(presumesAll);
  const suspected = mattering.filter(({ kind }) => kind === 'suspected').length;
  const rows = (of: (source: Source) => number): number =>
    sources
      .filter(({ kind, withdrawn }) => kind === 'audit' && withdrawn === null)
      .reduce((sum, source) => sum + of(source), 0);
  const numbers: Readonly<Record<Beyond['reason'], number>> = {
    presumedWhole: mailboxes.filter(({ presumedWhole }) => presumedWhole.length > 0).length,
    gap: mattering.length - suspected,
    suspectedGap: suspected,
    itemsMissing: missing.declared - missing.named,
    withoutId: grounds.withoutId,
    damagedRows: rows(({ damaged }) => damaged),
    conflicts: rows(({ conflicts }) => conflicts),
    itemlessSource: grounds.itemless,
    notFetched: fetchesWithHoles(fetches).length,
  };
  return BEYOND_REASONS.flatMap((reason) =>
    numbers[reason] > 0 ? [{ reason, number: numbers[reason] }] : [],
  );
};
