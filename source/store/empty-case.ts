import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type CaseFolder, isNameOfCase } from './case-folder.ts';

/** Files that a case is worked on with; the others hold what was kept. */
const PASSING = /^(records\.db|[a-z]+\.lock)(-|$)/;

const ownNames = ({ path }: CaseFolder): readonly string[] =>
  readdirSync(path).filter(isNameOfCase);

const isEmpty = (folder: CaseFolder): boolean =>
  ownNames(folder).every((name) => PASSING.test(name)) &&
  (!existsSync(folder.evidence) || readdirSync(folder.evidence).length === 0);

/**
 * Where nothing was ever kept in a case (no source, no decision, no evidence, no fetch), nothing is
 * left of it: neither files that were made to work with nor, where mia made it, the folder. Never
 * throws. For whoever holds the import lock, or is the only one to have the case open.
 */
export const takeAwayEmptyCase = (folder: CaseFolder): void => {
  try {
    if (folder.readOnly !== null || !isEmpty(folder)) return;
    for (const name of ownNames(folder)) rmSync(join(folder.path, name), { force: true });
    if (existsSync(folder.evidence)) rmdirSync(folder.evidence);
    if (folder.found === 'nothing') rmdirSync(folder.path);
  } catch {
    // It is an empty case then, and does no harm.
  }
};
