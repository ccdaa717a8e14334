import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { failedWith } from './disk-problem.ts';

const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

/**
 * Makes a folder that only we may enter, and those above it that are missing. Not by Node's
 * `recursive`: where a parent is there and refuses with ENOENT (/proc, some network disks), that
 * never returns.
 */
export const makeFolder = (path: string): void => {
  const parent = dirname(path);
  if (parent !== path && !isThere(parent)) makeFolder(parent);
  try {
    mkdirSync(path, 0o700);
  } catch (error) {
    // Another program was quicker; a link that leads nowhere is none.
    if (!failedWith(error, 'EEXIST') || !isThere(path)) throw error;
  }
};
