import { accessSync, constants } from 'node:fs';
import { Problem } from '../domain/problem.ts';
import { failedWith } from './disk-problem.ts';

const DISK_READ_ONLY = 'its disk is read-only';
const FOLDER_READ_ONLY = 'its folder may not be written';

/** Why nothing can be written into a folder, in words; null: it can. */
export const whyReadOnly = (path: string): string | null => {
  try {
    accessSync(path, constants.W_OK);
    return null;
  } catch (error) {
    if (failedWith(error, 'EROFS')) return DISK_READ_ONLY;
    if (failedWith(error, 'EACCES', 'EPERM')) return FOLDER_READ_ONLY;
    throw error;
  }
};

/** What a change of a case that can only be read is refused with. */
export const readOnlyProblem = (path: string, why: string): Problem =>
  new Problem(
    `The case ${path} is read-only: ${why}. Nothing can be marked or imported here.`,
    'Copy the whole folder to a disk with room that can be written, and name the copy with --case DIR.',
  );
