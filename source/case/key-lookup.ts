import { normaliseSessionId } from '../domain/sessions/session.ts';
import type { CaseStore } from '../store/case-store.ts';
import { SessionIds } from '../store/queries/session-ids.ts';
import type { ResolvedKeys } from './case.ts';

/** How many near misses are offered for a KEY that matches nothing. */
const CANDIDATES = 5;

/** What KEYs stand for: a session key, a session id (without case where it is a guid), or a context key. */
export const lookupKeys = (open: CaseStore, keys: readonly string[]): ResolvedKeys => {
  // A key stands before a session id that is spelled like it: only the key names what is listed.
  const session = open.db.prepare(`SELECT key FROM sessions WHERE key = ? OR session_id = ?
    ORDER BY key = ? DESC LIMIT 1`);
  const context = open.db.prepare('SELECT key FROM contexts WHERE key = ?');
  const near = open.db.prepare(`SELECT key FROM sessions WHERE key LIKE ? || '%' ESCAPE '\\'
    OR session_id LIKE ? || '%' ESCAPE '\\' UNION SELECT key FROM contexts WHERE key LIKE ? || '%' ESCAPE '\\'
    ORDER BY 1 LIMIT ${CANDIDATES}`);
  const newest = open.db.prepare(
    `SELECT key FROM sessions ORDER BY last DESC, key LIMIT ${CANDIDATES}`,
  );
  const sessions: string[] = [];
  const contexts: string[] = [];
  const kin: string[] = [];
  const missing: ResolvedKeys['missing'][number][] = [];
  const ids = new SessionIds(open.db);
  for (const raw of keys) {
    const key = raw.trim();
    const lower = key.toLowerCase();
    const asSession = session.get(lower, normaliseSessionId(key), lower)?.['key'] as
      string | undefined;
    const withOther = ids.withOther(key);
    kin.push(...withOther);
    const asContext = context.get(lower)?.['key'] as string | undefined;
    if (asSession !== undefined) sessions.push(asSession);
    else if (asContext !== undefined) contexts.push(asContext);
    else if (withOther.length > 0)
      missing.push({ key: raw, candidates: withOther, isOtherId: true });
    else {
      const start = key
        .slice(0, 4)
        .toLowerCase()
        .replace(/[\\%_]/g, '\\$&');
      const close =
        start === '' ? [] : near.all(start, start, start).map((row) => row['key'] as string);
      const candidates = close.length > 0 ? close : newest.all().map((row) => row['key'] as string);
      missing.push({ key: raw, candidates, isOtherId: false });
    }
  }
  return {
    sessions: [...new Set(sessions)],
    contexts: [...new Set(contexts)],
    kin: [...new Set(kin)],
    missing,
  };
};
