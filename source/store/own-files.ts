import { realpathSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { isNameOfCase } from './case-folder.ts';

/** Where a path leads, links followed as far as it is there. */
const realPathOf = (path: string): string => {
  const whole = resolve(path);
  try {
    return realpathSync(whole);
  } catch {
    const parent = dirname(whole);
    return parent === whole ? whole : join(realPathOf(parent), basename(whole));
  }
};

/**
 * Whether a path leads to what the case in `folder` consists of: decisions, case.json, evidence,
 * records, locks. Nothing else may be written there, whatever is forced.
 */
export const belongsToCase = (folder: string, path: string): boolean => {
  const home = realPathOf(folder);
  const position = realPathOf(path);
  const evidence = join(home, 'evidence');
  if (position === evidence || position.startsWith(evidence + sep)) return true;
  return dirname(position) === home && isNameOfCase(basename(position));
};
