import { normaliseSessionId } from '../../domain/sessions/session.ts';
import type { DatabaseSync } from 'node:sqlite';
import { SessionIds } from './session-ids.ts';

/**
 * What KEYs of the command line stand for; `missing` ones match nothing and come with candidates. An
 * id that records state beside that of their session (`isOtherId`) is missing too where nothing else
 * has it: it decides nothing, and its candidates are the sessions it leads to.
 */
export interface ResolvedKeys {
  readonly sessions: readonly string[];
  readonly contexts: readonly string[];
  /** Sessions of which records state any KEY beside their own id. */
  readonly kin: readonly string[];
  readonly missing: readonly {
    readonly key: string;
    readonly candidates: readonly string[];
    readonly isOtherId: boolean;
  }[];
}

/** How many near misses are offered for a KEY that matches nothing. */
const CANDIDATES = 5;

/** What KEYs stand for: a session key, a session id (without case where it is a guid), or a context key. */
export const resolveKeys = (db: DatabaseSync, keys: readonly string[]): ResolvedKeys => {
  // A key stands before a session id that is spelled like it: only the key names what is listed.
  const session = db.prepare(`SELECT key FROM sessions WHERE key = ? OR session_id = ?
    ORDER BY key = ? DESC LIMIT 1`);
  const context = db.prepare('SELECT key FROM contexts WHERE key = ?');
  const near = db.prepare(`SELECT key FROM sessions WHERE key LIKE ? || '%' ESCAPE '\\'
    OR session_id LIKE ? || '%' ESCAPE '\\' UNION SELECT key FROM contexts WHERE key LIKE ? || '%' ESCAPE '\\'
    ORDER BY 1 LIMIT ${CANDIDATES}`);
  const newest = db.prepare(`SELECT key FROM sessions ORDER BY last DESC, key LIMIT ${CANDIDATES}`);
  const sessions: string[] = [];
  const contexts: string[] = [];
  const kin: string[] = [];
  const missing: ResolvedKeys['missing'][number][] = [];
  const ids = new SessionIds(db);
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
