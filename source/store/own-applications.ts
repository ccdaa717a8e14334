import { type CaseFile, changeCaseFile, readCaseFile } from './case-file.ts';
import type { CaseFolder } from './case-folder.ts';

/** Key in the settings of case.json. */
const KEY = 'ownApplications';

/**
 * Applications by which mia itself read mail for this case, lower case: such reads leave records of
 * their own (`domain.md`, What never happens).
 */
export const ownApplications = ({ settings }: Pick<CaseFile, 'settings'>): ReadonlySet<string> => {
  const listed = settings[KEY];
  const ids = Array.isArray(listed) ? listed.filter((one) => typeof one === 'string') : [];
  return new Set(ids.map((id) => id.toLowerCase()));
};

/** Notes one, before it reads anything. */
export const noteOwnApplication = (folder: CaseFolder, clientId: string): void => {
  const id = clientId.toLowerCase();
  if (ownApplications(readCaseFile(folder)).has(id)) return;
  changeCaseFile(folder, (before) => ({
    ...before,
    settings: { ...before.settings, [KEY]: [...ownApplications(before), id].sort() },
  }));
};
