import { existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { Problem } from '../domain/problem.ts';
import type { Source } from '../domain/records/source.ts';
import type { CaseFolder } from './case-folder.ts';
import { readDecisions } from './decision-reading.ts';

const RESTORE =
  'Restore case.json from a copy (case.before.json, where there is one, is how it was before its last change)';

/** Files whose import was finished, and that case.json neither names nor says to be withdrawn. */
const forgottenIn = (db: DatabaseSync, sources: readonly Source[]): readonly string[] => {
  const named = new Set(sources.map((source) => source.sha256));
  return db
    .prepare(`SELECT sha256, file FROM sources WHERE state = 'complete' ORDER BY source`)
    .all()
    .filter((row) => !named.has(row['sha256'] as string))
    .map((row) => row['file'] as string);
};

/** @throws Problem naming what case.json has forgotten of what records.db holds; nothing was changed. */
export const refuseForgottenFiles = (db: DatabaseSync, sources: readonly Source[]): void => {
  const [first, ...others] = forgottenIn(db, sources);
  if (first === undefined) return;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  throw new Problem(
    `case.json does not name ${first}${more}, which this case holds. Nothing was changed.`,
    `${RESTORE}; or go on without, with what case.json names: mia rebuild.`,
  );
};

/**
 * A source leaves a case by `mia withdraw` alone. Where case.json was lost, cut or put back to an
 * older state, what it no longer names must not go from records.db as if an import had been killed.
 * Only while no import runs.
 * @throws Problem naming what case.json has forgotten; nothing was changed.
 */
export const refuseForgotten = (
  folder: CaseFolder,
  db: DatabaseSync,
  sources: readonly Source[],
): void => {
  refuseForgottenFiles(db, sources);
  if (existsSync(folder.caseFile) || readDecisions(folder).decisions.length === 0) return;
  throw new Problem(
    `${folder.caseFile} is not there, and decisions were made in this case. Nothing was changed.`,
    `${RESTORE}; or import the files again, and the decisions count as before.`,
  );
};
