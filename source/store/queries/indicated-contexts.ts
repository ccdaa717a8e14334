import type { DatabaseSync } from 'node:sqlite';
import type { Indicated } from '../../domain/indicators/indicator.ts';
import type { Verdict } from '../../domain/sessions/session.ts';
import { JUDGED, verdictOfCode } from './verdict-codes.ts';
import { textOrNull } from './sql-text.ts';

export interface IndicatedContext extends Indicated {
  readonly key: string;
  /** Of its session. */
  readonly session: string;
  readonly verdict: Verdict | null;
}

const list = (value: unknown): readonly string[] => JSON.parse(String(value)) as string[];

/** Every context with what indicators are held against. Needs the tables of `Judgement`. */
export function* indicatedContexts(db: DatabaseSync): Generator<IndicatedContext> {
  const rows = db
    .prepare(
      `SELECT c.key, s.key AS session, s.session_id, c.address, c.app_id, c.client_app_id, c.device_id,
        c.client_info, coalesce(j.verdict, ${JUDGED.open}) AS verdict,
        (SELECT json_group_array(t.token) FROM tokens t WHERE t.context = c.context) AS tokens,
        (SELECT json_group_array(o.session_id) FROM other_session_ids o WHERE o.context = c.context) AS others
      FROM contexts c JOIN sessions s ON s.session = c.session LEFT JOIN judged j ON j.context = c.context
      ORDER BY c.first, c.key`,
    )
    .iterate();
  for (const row of rows) {
    const sessionId = textOrNull(row['session_id']);
    yield {
      key: String(row['key']),
      session: String(row['session']),
      verdict: verdictOfCode(Number(row['verdict'])),
      sessionIds: [...(sessionId === null ? [] : [sessionId]), ...list(row['others'])],
      address: textOrNull(row['address']),
      appId: textOrNull(row['app_id']),
      clientAppId: textOrNull(row['client_app_id']),
      deviceId: textOrNull(row['device_id']),
      clientInfo: textOrNull(row['client_info']),
      tokens: list(row['tokens']),
    };
  }
}
