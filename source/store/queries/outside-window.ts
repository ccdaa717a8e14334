import type { DatabaseSync } from 'node:sqlite';
import type { Summary } from '../../domain/exposure/exposure.ts';
import { type AccessWindow, windowOf } from '../../domain/verdicts/mailbox-decisions.ts';
import { type VerdictState } from '../../domain/verdicts/verdicts.ts';
import { toIso, toMs } from '../records/record-time.ts';
import { JUDGED } from './verdict-codes.ts';
import { type MailboxScope, within } from './mailboxes.ts';

/** Epoch milliseconds, both ends included. */
interface Ends {
  readonly from: number;
  readonly to: number;
}

const endsOf = ({ from, to }: AccessWindow): Ends => ({
  from: from === null ? -8.64e15 : toMs(from),
  to: to === null ? 8.64e15 : toMs(to),
});

const sql = {
  contexts: `SELECT c.context, c.first, c.last, coalesce(mb.guid, mb.ident) AS name FROM judged j
    JOIN contexts c ON c.context = j.context JOIN mailboxes mb ON mb.mailbox = c.mailbox
    WHERE j.verdict = ${JUDGED.malicious}`,
  outside: `SELECT count(*) AS records, min(time) AS first, max(time) AS last FROM records
    WHERE context = ? AND anchor IS NULL AND (time < ? OR time > ?)`,
  // Of records that contradict themselves, all variants but the first: few, in any case.
  further: `SELECT v.anchor, v.context, v.time, l.context AS lead_context, l.time AS lead_time
    FROM records v JOIN records l ON l.record = v.anchor WHERE v.anchor IS NOT NULL`,
} as const;

/**
 * Records of malicious contexts outside the access window of their mailbox, or of the case. A record
 * that contradicts itself is one record, outside where any of its malicious variants is.
 */
export const outsideWindow = (
  db: DatabaseSync,
  state: VerdictState,
  scope: MailboxScope,
): Summary['outsideWindow'] => {
  if (state.windows.size === 0) return null;
  const found = { records: 0, first: Infinity, last: -Infinity };
  const widen = (first: number, last: number): void => {
    found.first = Math.min(found.first, first);
    found.last = Math.max(found.last, last);
  };
  const outside = db.prepare(sql.outside);
  /** Of the contexts that have anything outside. */
  const windows = new Map<number, Ends>();
  for (const row of db.prepare(`${sql.contexts}${within('c.mailbox', scope)}`).all()) {
    const window = windowOf(state, row['name'] as string);
    if (window === null) continue;
    const { from, to } = endsOf(window);
    if (Number(row['first']) >= from && Number(row['last']) <= to) continue;
    windows.set(Number(row['context']), { from, to });
    const own = outside.get(Number(row['context']), from, to);
    if (Number(own?.['records']) === 0) continue;
    found.records += Number(own?.['records']);
    widen(Number(own?.['first']), Number(own?.['last']));
  }
  if (windows.size === 0) return null;
  const isOutside = (context: unknown, time: number): boolean => {
    const window = windows.get(Number(context));
    return window !== undefined && (time < window.from || time > window.to);
  };
  const counted = new Set<unknown>();
  for (const row of db.prepare(sql.further).all()) {
    const time = Number(row['time']);
    if (!isOutside(row['context'], time)) continue;
    widen(time, time);
    if (counted.has(row['anchor']) || isOutside(row['lead_context'], Number(row['lead_time'])))
      continue;
    counted.add(row['anchor']);
    found.records += 1;
  }
  const { records, first, last } = found;
  return records === 0 ? null : { records, from: toIso(first), to: toIso(last) };
};
