import type { DatabaseSync } from 'node:sqlite';
import { type VerdictState, verdictBeforeGrowth } from '../../domain/verdicts/verdicts.ts';
import { contextDigest, DIGEST_COLUMNS } from './context-digest.ts';

/** Sessions that hold more now than when they were judged. One judged both ways counts as benign: that is open again. */
export interface GrownSessions {
  readonly benign: number;
  readonly malicious: number;
}

const CONTEXTS = `SELECT c.key, c.records, ${DIGEST_COLUMNS.map((column) => `c.${column}`).join(', ')}
  FROM sessions s JOIN contexts c ON c.session = s.session WHERE s.key = ?`;

/** What came to judged sessions since: a look at those with a mark only. */
export const grownSessions = (db: DatabaseSync, state: VerdictState): GrownSessions => {
  const contexts = db.prepare(CONTEXTS);
  const grown = { benign: 0, malicious: 0 };
  for (const session of state.marks.keys()) {
    const verdicts = contexts.all(session).map((row) =>
      verdictBeforeGrowth(state, {
        key: row['key'] as string,
        session,
        records: Number(row['records']),
        digest: contextDigest(row),
      }),
    );
    if (verdicts.includes('benign')) grown.benign += 1;
    else if (verdicts.includes('malicious')) grown.malicious += 1;
  }
  return grown;
};
