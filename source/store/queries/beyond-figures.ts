import type { DatabaseSync } from 'node:sqlite';
import type { Beyond, MailboxExposure } from '../../domain/exposure.ts';
import { BEYOND_REASONS } from '../../domain/exposure.ts';
import { fetchesWithHoles } from '../../domain/fetch-standing.ts';
import type { FetchStatement } from '../../domain/fetch.ts';
import type { Source } from '../../domain/source.ts';
import { unpackContent } from '../records/packed-content.ts';
import { FLAG } from '../records/schema.ts';
import type { MissingItems } from './missing-items.ts';

/**
 * Sources of accepted records none of which names an item: a container without items. Good until
 * records change.
 */
export const itemlessSources = (db: DatabaseSync): number => {
  const missing = db.prepare('SELECT total(items_missing) AS records FROM contexts').get();
  if (Number(missing?.['records']) === 0) return 0;
  const sources = db.prepare(`SELECT source FROM sources WHERE kind = 'audit'`).all();
  const bind = db.prepare(
    `SELECT 1 FROM records WHERE source = ? AND flags & ${FLAG.sync} = 0 LIMIT 1`,
  );
  const whole = db.prepare(
    `SELECT 1 FROM records WHERE source = ? AND flags & ${FLAG.sync | FLAG.itemsMissing} = 0 LIMIT 1`,
  );
  const contents = db.prepare('SELECT content FROM records WHERE source = ?');
  const namesAny = (source: number): boolean => {
    if (whole.get(source) !== undefined) return true;
    for (const { content } of contents.iterate(source))
      if (unpackContent(content as Uint8Array).copies.length > 0) return true;
    return false;
  };
  return sources
    .map(({ source }) => Number(source))
    .filter((source) => bind.get(source) !== undefined && !namesAny(source)).length;
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
export const beyondFigures = (grounds: BeyondGrounds): readonly Beyond[] => {
  const { mailboxes, sources, fetches, missing } = grounds;
  const gaps = mailboxes.flatMap((mailbox) => mailbox.gaps);
  const mattering = gaps.filter((gap) => gap.matters && !gap.rebutted);
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
