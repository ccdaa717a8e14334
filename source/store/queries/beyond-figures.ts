import type { DatabaseSync } from 'node:sqlite';
import type { Beyond, MailboxExposure, Summary } from '../../domain/exposure.ts';
import { BEYOND_REASONS } from '../../domain/exposure.ts';
import type { FetchStatement } from '../../domain/fetch.ts';
import type { Source } from '../../domain/source.ts';
import { windowOf, type VerdictState } from '../../domain/verdicts.ts';
import { FLAG } from '../records/schema.ts';
import { toIso, toMs } from '../records/record-time.ts';
import { fetchesWithHoles } from '../../domain/fetch-standing.ts';
import { JUDGED } from './judgement.ts';
import { type MailboxScope, within } from './mailbox-scope.ts';

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
  // A content of one byte is the number of folders, none, and no copies.
  const item = db.prepare(
    `SELECT 1 FROM records WHERE source = ? AND flags & ${FLAG.sync | FLAG.itemsMissing} <> ${FLAG.itemsMissing}
      AND flags & ${FLAG.sync} = 0 LIMIT 1`,
  );
  return sources.filter(
    ({ source }) =>
      bind.get(Number(source)) !== undefined && item.get(Number(source)) === undefined,
  ).length;
};

interface MissingItems {
  readonly records: number;
  readonly named: number;
  readonly declared: number;
}

/** Of contexts judged malicious, or of all that are not judged benign. */
export const missingItems = (
  db: DatabaseSync,
  of: 'malicious' | 'notBenign',
  scope: MailboxScope,
): MissingItems => {
  const verdict = of === 'malicious' ? `= ${JUDGED.malicious}` : `<> ${JUDGED.benign}`;
  const row = db
    .prepare(
      `SELECT total(c.items_missing) AS records, total(c.items_named) AS named, total(c.items_declared) AS declared
      FROM contexts c LEFT JOIN judged j ON j.context = c.context
      WHERE c.items_missing > 0 AND coalesce(j.verdict, ${JUDGED.open}) ${verdict}${within('c.mailbox', scope)}`,
    )
    .get();
  return {
    records: Number(row?.['records']),
    named: Number(row?.['named']),
    declared: Number(row?.['declared']),
  };
};

/** Records of malicious contexts outside the access window of their mailbox, or of the case. */
export const outsideWindow = (
  db: DatabaseSync,
  state: VerdictState,
  scope: MailboxScope,
): Summary['outsideWindow'] => {
  if (state.windows.size === 0) return null;
  const contexts = db
    .prepare(
      `SELECT c.context, c.first, c.last, coalesce(mb.guid, mb.ident) AS name FROM judged j
      JOIN contexts c ON c.context = j.context JOIN mailboxes mb ON mb.mailbox = c.mailbox
      WHERE j.verdict = ${JUDGED.malicious}${within('c.mailbox', scope)}`,
    )
    .all();
  const outside = db.prepare(
    `SELECT count(*) AS records, min(time) AS first, max(time) AS last FROM records
    WHERE context = ? AND anchor IS NULL AND (time < ? OR time > ?)`,
  );
  let [records, first, last] = [0, Infinity, -Infinity];
  for (const row of contexts) {
    const window = windowOf(state, row['name'] as string);
    if (window === null) continue;
    const from = window.from === null ? -8.64e15 : toMs(window.from);
    const to = window.to === null ? 8.64e15 : toMs(window.to);
    if (Number(row['first']) >= from && Number(row['last']) <= to) continue;
    const found = outside.get(Number(row['context']), from, to);
    if (Number(found?.['records']) === 0) continue;
    records += Number(found?.['records']);
    first = Math.min(first, Number(found?.['first']));
    last = Math.max(last, Number(found?.['last']));
  }
  return records === 0 ? null : { records, from: toIso(first), to: toIso(last) };
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
