import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type { AccessCounts, ShownVerdict } from '../../domain/sessions/session.ts';
import { sessionVerdict } from '../../domain/verdicts/verdicts.ts';
import { toIso } from '../records/record-time.ts';
import { JUDGED, verdictOfCode } from './verdict-codes.ts';

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
