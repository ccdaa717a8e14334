import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import { Problem } from '../domain/problem.ts';
import { failedWith } from './disk-problem.ts';

const DISK_READ_ONLY = 'its disk is read-only';
const FOLDER_READ_ONLY = 'its folder may not be written';
const DISK_FULL = 'its disk is full';

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

const TAKES_NOTHING = 'its disk takes nothing more';

/**
 * Primary result codes of SQLite (sqlite.org/rescode.html), and its words for them, which are all
 * that is left of an error that came from another thread. A journal that finds no room is an IO error.
 */
const SAID_BY_SQLITE: readonly (readonly [code: number, words: string, why: string])[] = [
  [8, 'attempt to write a readonly database', FOLDER_READ_ONLY],
  [10, 'disk I/O error', TAKES_NOTHING],
  [13, 'database or disk is full', DISK_FULL],
  [14, 'unable to open database file', FOLDER_READ_ONLY],
];

const causesOf = (error: unknown): readonly Error[] =>
  error instanceof Error ? [error, ...causesOf(error.cause)] : [];

const sqliteCode = (error: Error): number | null =>
  'errcode' in error && typeof error.errcode === 'number' ? error.errcode & 0xff : null;

const whyOne = (error: Error): string | null => {
  if (failedWith(error, 'ENOSPC', 'EDQUOT')) return DISK_FULL;
  if (failedWith(error, 'EROFS')) return DISK_READ_ONLY;
  if (failedWith(error, 'EACCES', 'EPERM')) return FOLDER_READ_ONLY;
  const code = sqliteCode(error);
  const said = SAID_BY_SQLITE.find(([number, words]) => number === code || words === error.message);
  return said?.[2] ?? null;
};

/** Why writing failed, where it failed for want of a place to write to; null: for another reason. */
export const whyNotWritten = (error: unknown): string | null =>
  causesOf(error).reduce<string | null>((why, cause) => why ?? whyOne(cause), null);

/** What a change of a case that can only be read is refused with. */
export const readOnlyProblem = (path: string, why: string): Problem =>
  new Problem(
    `The case ${path} is read-only: ${why}. Nothing can be marked or imported here.`,
    'Copy the whole folder to a disk with room that can be written, and name the copy with --case DIR.',
  );

/** Major and minor of a device number as /proc/self/mountinfo writes them. */
const deviceName = (device: number): string => {
  const number = BigInt(device);
  const major = ((number >> 8n) & 0xfffn) | ((number >> 32n) & ~0xfffn);
  const minor = (number & 0xffn) | ((number >> 12n) & ~0xffn);
  return `${major}:${minor}`;
};

/**
 * Whether the whole file system can't change, by whatever way it is reached: a mount that is
 * read-only may be a second way to a disk that others write to (proc_pid_mountinfo(5): the options
 * behind the dash are the file system's). False where that can't be told.
 */
export const isUnchanging = (path: string): boolean => {
  if (process.platform !== 'linux') return false;
  try {
    const device = deviceName(statSync(path).dev);
    return readFileSync('/proc/self/mountinfo', 'utf8')
      .split('\n')
      .some((line) => {
        const [mount = '', system = ''] = line.split(' - ');
        return (
          mount.split(' ')[2] === device && (system.split(' ')[2] ?? '').split(',')[0] === 'ro'
        );
      });
  } catch {
    return false;
  }
};
