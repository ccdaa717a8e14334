import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import { isServiceAddress } from '../../domain/addresses/service-address.ts';
import { groupKeyOf } from '../records/keys.ts';
import type { AccessCounts, ShownVerdict } from '../../domain/sessions/session.ts';
import { sessionVerdict } from '../../domain/verdicts/verdicts.ts';
import { toIso } from '../records/record-time.ts';
import { JUDGED, verdictOfCode } from './verdict-codes.ts';

/** Derived sessions that differ in nothing but the service's own address they came from. */
export interface SessionGroup {
  /** Short hash of the fields they share, alike on every machine. */
  readonly key: string;
  /** Their numbers; two at least. */
  readonly sessions: readonly number[];
}

const FIELDS = [
  'actor',
  'client_info',
  'app_id',
  'client_app_id',
  'logon_type',
  'device_id',
] as const;

const GROUPS = `SELECT json_group_array(s.session) AS sessions, mb.ident,
    ${FIELDS.map((field) => `c.${field}`).join(', ')}
  FROM contexts c JOIN sessions s ON s.session = c.session JOIN mailboxes mb ON mb.mailbox = c.mailbox
  WHERE c.address IN (SELECT value FROM json_each(?)) AND s.derived = 1
  GROUP BY c.mailbox, ${FIELDS.map((field) => `c.${field}`).join(', ')} HAVING count(*) > 1`;

const serviceAddresses = (db: DatabaseSync): readonly string[] =>
  db
    .prepare('SELECT DISTINCT address FROM contexts WHERE address IS NOT NULL')
    .all()
    .map(({ address }) => address as string)
    .filter(isServiceAddress);

/**
 * An application behind the service's proxies is one derived session for each of their addresses: those
 * alike in all other fields of a context are one group.
 */
export const serviceGroups = (db: DatabaseSync): readonly SessionGroup[] => {
  const addresses = serviceAddresses(db);
  if (addresses.length < 2) return [];
  return db
    .prepare(GROUPS)
    .all(JSON.stringify(addresses))
    .map((row) => ({
      key: groupKeyOf([
        row['ident'] as string,
        ...FIELDS.map((field) => row[field] as Exclude<SQLOutputValue, bigint | Uint8Array>),
      ]),
      sessions: JSON.parse(row['sessions'] as string) as number[],
    }));
};

/** What sessions come to together. Flags as for one session: appOnly of all, the others of any. */
export interface GroupRow extends Omit<AccessCounts, 'messages'> {
  readonly contexts: number;
  readonly throttled: number;
  readonly itemsMissing: number;
  readonly appOnly: boolean;
  readonly delegate: boolean;
  readonly external: boolean;
  readonly verdict: ShownVerdict;
  readonly grown: number;
  readonly byRule: number;
  readonly addresses: readonly string[];
}

const SUMS = [
  'records',
  'binds',
  'syncs',
  'operations',
  'throttled',
  'items_missing',
  'app_only',
  'delegate',
  'external',
] as const;

const AMONG = 'c.session IN (SELECT value FROM json_each(?))';

const TOGETHER = `SELECT count(*) AS contexts, min(c.first) AS first, max(c.last) AS last,
    ${SUMS.map((column) => `total(c.${column}) AS ${column}`).join(', ')},
    min(coalesce(j.verdict, ${JUDGED.open})) AS least, max(coalesce(j.verdict, ${JUDGED.open})) AS most,
    total(j.grown) AS grown, total(j.by_rule) AS by_rule,
    json_group_array(DISTINCT c.address) AS addresses
  FROM contexts c LEFT JOIN judged j ON j.context = c.context WHERE ${AMONG}`;

const MESSAGES = `SELECT count(DISTINCT a.message) AS messages FROM contexts c
  JOIN accesses a ON a.context = c.context WHERE ${AMONG}`;

/** Reads what sessions come to together. Needs the tables of judged verdicts on this connection. */
export class GroupRows {
  readonly #together: StatementSync;
  readonly #messages: StatementSync;

  constructor(db: DatabaseSync) {
    this.#together = db.prepare(TOGETHER);
    this.#messages = db.prepare(MESSAGES);
  }

  /** `sessions`: their numbers, as JSON. */
  row(sessions: string): GroupRow {
    const row: Record<string, SQLOutputValue> = this.#together.get(sessions) ?? {};
    const figure = (name: string): number => Number(row[name] ?? 0);
    const verdicts = [figure('least'), figure('most')].map(verdictOfCode);
    return {
      contexts: figure('contexts'),
      firstSeen: toIso(figure('first')),
      lastSeen: toIso(figure('last')),
      records: figure('records'),
      binds: figure('binds'),
      syncs: figure('syncs'),
      operations: figure('operations'),
      throttled: figure('throttled'),
      itemsMissing: figure('items_missing'),
      appOnly: figure('app_only') === figure('records'),
      delegate: figure('delegate') > 0,
      external: figure('external') > 0,
      verdict: sessionVerdict(verdicts),
      grown: figure('grown'),
      byRule: figure('by_rule'),
      addresses: (JSON.parse(row['addresses'] as string) as string[]).toSorted(),
    };
  }

  /** Distinct messages that they accessed. */
  messages(sessions: string): number {
    return Number(this.#messages.get(sessions)?.['messages'] ?? 0);
  }
}
