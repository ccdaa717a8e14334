import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { isServiceAddress } from '../../domain/addresses/service-address.ts';
import {
  type BaselineKind,
  compare,
  type Comparison,
  type OtherHabits,
} from '../../domain/baseline/comparison.ts';
import { Habit, type HourOfAccess } from '../../domain/baseline/habit.ts';
import type { SameAddress } from '../../domain/baseline/same-address.ts';
import type { Mailbox, Verdict } from '../../domain/sessions/session.ts';
import type { VerdictState } from '../../domain/verdicts/verdicts.ts';
import { windowOf } from '../../domain/verdicts/mailbox-decisions.ts';
import { toMs } from '../records/record-time.ts';
import { JUDGED, verdictOfCode } from './verdict-codes.ts';
import { textOrNull } from './sql-text.ts';

/** Records that count: a condition on contexts `c` with `judged j`, and a time that they lie before. */
interface Counted {
  readonly where: string;
  readonly values: readonly SQLInputValue[];
  /** Epoch milliseconds; null: at any time. */
  readonly before: number | null;
}

/** Sessions or contexts beside the habit of each mailbox that they opened. */
export interface SessionComparison {
  readonly comparisons: readonly Comparison[];
  /** Addresses of the service itself are left out: they tell nobody apart. */
  readonly sameAddress: readonly SameAddress[];
}

const HOUR = 3_600_000;
const MINUTE = 60_000;
const FROM = 'FROM contexts c LEFT JOIN judged j ON j.context = c.context';
const NOT_MALICIOUS = `coalesce(j.verdict, ${JUDGED.open}) <> ${JUDGED.malicious}`;

const until = (column: string, { before }: Counted): string =>
  before === null ? '' : `AND ${column} < ${before}`;

function* hoursOf(db: DatabaseSync, counted: Counted): Generator<HourOfAccess> {
  const rows = db
    .prepare(
      `SELECT c.session, c.address, c.client, c.app_id, c.client_app_id, c.device_id, c.logon_type,
        r.time / ${HOUR} AS hour, count(*) AS records ${FROM} JOIN records r ON r.context = c.context
      WHERE ${counted.where} AND r.anchor IS NULL ${until('r.time', counted)} GROUP BY c.context, hour`,
    )
    .iterate(...counted.values);
  for (const row of rows)
    yield {
      session: Number(row['session']),
      context: {
        address: textOrNull(row['address']),
        client: textOrNull(row['client']) ?? '',
        appId: textOrNull(row['app_id']),
        clientAppId: textOrNull(row['client_app_id']),
        deviceId: textOrNull(row['device_id']),
        logonType: row['logon_type'] as number | null,
      },
      hour: Number(row['hour']),
      records: Number(row['records']),
    };
}

const othersOf = (db: DatabaseSync, counted: Counted): OtherHabits => {
  const folders = new Map<string | null, number>();
  const ofFolders = db.prepare(
    `SELECT coalesce(f.name, f.id) AS name, count(*) AS number ${FROM}
      JOIN accesses a ON a.context = c.context JOIN copies x ON x.message = a.message
      LEFT JOIN folders f ON f.folder = x.folder
    WHERE ${counted.where} ${until('a.first', counted)} GROUP BY name`,
  );
  for (const row of ofFolders.iterate(...counted.values))
    folders.set(textOrNull(row['name']), Number(row['number']));
  const minutes = new Map<number, number>();
  const ofMinutes = db.prepare(
    `SELECT accesses, count(*) AS minutes FROM (
      SELECT sum(max(coalesce(r.operation_count, 1), 1)) AS accesses ${FROM}
        JOIN records r ON r.context = c.context
      WHERE ${counted.where} AND r.anchor IS NULL ${until('r.time', counted)}
      GROUP BY c.session, r.time / ${MINUTE}) GROUP BY accesses`,
  );
  for (const row of ofMinutes.iterate(...counted.values))
    minutes.set(Number(row['accesses']), Number(row['minutes']));
  return { folders, minutes };
};

/** The baselines that a mailbox may have, best first. `except`: what is compared, as a condition. */
const baselines = (
  mailbox: number,
  from: string | null,
  except: readonly number[],
): readonly (Counted & { readonly kind: BaselineKind })[] => {
  const values = [mailbox, JSON.stringify(except)];
  const others = 'c.mailbox = ? AND c.session NOT IN (SELECT value FROM json_each(?))';
  const before = from === null ? null : toMs(from);
  return [
    { kind: 'benign', where: `${others} AND j.verdict = ${JUDGED.benign}`, values, before },
    ...(before === null
      ? []
      : [
          {
            kind: 'beforeWindow' as const,
            where: `${others} AND ${NOT_MALICIOUS}`,
            values,
            before,
          },
        ]),
    { kind: 'others', where: `${others} AND ${NOT_MALICIOUS}`, values, before: null },
  ];
};

const compareIn = (
  db: DatabaseSync,
  { mailbox, number, from }: { mailbox: Mailbox; number: number; from: string | null },
  own: Counted,
  sessions: readonly number[],
): Comparison => {
  const candidates = baselines(number, from, sessions);
  const ofMailbox = {
    ...own,
    where: `${own.where} AND c.mailbox = ?`,
    values: [...own.values, number],
  };
  const subject = { habit: new Habit(hoursOf(db, ofMailbox)), others: othersOf(db, ofMailbox) };
  for (const candidate of candidates) {
    const habit = new Habit(hoursOf(db, candidate));
    if (habit.total.records === 0 && candidate !== candidates.at(-1)) continue;
    const { kind } = candidate;
    return compare(mailbox, subject, { kind, habit, others: othersOf(db, candidate) });
  }
  throw new Error('no baseline to try');
};

const sameAddress = (
  db: DatabaseSync,
  contexts: readonly number[],
  sessions: readonly number[],
): readonly SameAddress[] => {
  const found = new Map<string, Record<Verdict | 'open', number>>();
  const rows = db
    .prepare(
      `SELECT c.address, coalesce(j.verdict, ${JUDGED.open}) AS verdict, count(*) AS contexts ${FROM}
      WHERE c.address IN (SELECT o.address FROM contexts o WHERE o.context IN (SELECT value FROM json_each(?)))
        AND c.session NOT IN (SELECT value FROM json_each(?)) GROUP BY c.address, 2 ORDER BY c.address`,
    )
    .all(JSON.stringify(contexts), JSON.stringify(sessions));
  for (const row of rows) {
    const address = textOrNull(row['address']) ?? '';
    if (isServiceAddress(address)) continue;
    const counts = found.get(address) ?? { malicious: 0, benign: 0, open: 0 };
    counts[verdictOfCode(Number(row['verdict'])) ?? 'open'] = Number(row['contexts']);
    found.set(address, counts);
  }
  return [...found].map(([address, counts]) => ({ address, contexts: counts }));
};

/**
 * Contexts beside the habit of each mailbox that they opened (`domain.md`, Telling the intruder from
 * the owner). What is judged malicious, and the sessions compared, are no part of a habit.
 * `keys`: of sessions or contexts. Needs the tables of `Judgement`.
 */
export const compareWithHabit = (
  db: DatabaseSync,
  state: VerdictState,
  keys: readonly string[],
): SessionComparison => {
  const named = JSON.stringify(keys);
  const rows = db
    .prepare(
      `SELECT c.context, c.session, c.mailbox, mb.guid, coalesce(mb.guid, mb.ident) AS name, o.name AS owner
      FROM contexts c JOIN sessions s ON s.session = c.session JOIN mailboxes mb ON mb.mailbox = c.mailbox
        LEFT JOIN owners o ON o.owner = mb.owner
      WHERE c.key IN (SELECT value FROM json_each(?)) OR s.key IN (SELECT value FROM json_each(?))
      ORDER BY c.first, c.key`,
    )
    .all(named, named);
  const contexts = rows.map((row) => Number(row['context']));
  const sessions = [...new Set(rows.map((row) => Number(row['session'])))];
  const own: Counted = {
    where: 'c.context IN (SELECT value FROM json_each(?))',
    values: [JSON.stringify(contexts)],
    before: null,
  };
  const mailboxes = new Map(rows.map((row) => [Number(row['mailbox']), row]));
  return {
    comparisons: [...mailboxes].map(([number, row]) => {
      const mailbox = { guid: textOrNull(row['guid']), owner: textOrNull(row['owner']) };
      const from = windowOf(state, textOrNull(row['name']))?.from ?? null;
      return compareIn(db, { mailbox, number, from }, own, sessions);
    }),
    sameAddress: sameAddress(db, contexts, sessions),
  };
};
