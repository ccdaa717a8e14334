import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Problem } from '../domain/problem.ts';
import { LOCKS } from './case-folder.ts';
import type { CaseFolder, LockName } from './case-folder.ts';
import { diskProblem } from './disk-problem.ts';
import { readOnlyProblem } from './read-only.ts';

/** Changes hold the lock for some milliseconds: whoever waits longer waits for something broken. */
const LONGEST_WAIT_MS = 10_000;

const SQLITE_BUSY = 5;

const isBusy = (error: unknown): boolean =>
  error instanceof Error &&
  'errcode' in error &&
  typeof error.errcode === 'number' &&
  (error.errcode & 0xff) === SQLITE_BUSY;

const lockProblem = (error: unknown, path: string): unknown =>
  error instanceof Error && 'errcode' in error
    ? new Problem(
        `The lock ${path} could not be taken: ${error.message}.`,
        'Check that the case folder can be written, and that its disk supports file locks (some network disks do not).',
        { cause: error },
      )
    : diskProblem(error, `The lock ${path} could not be taken`);

/**
 * Takes the lock, waiting at most `wait` ms; null: another holds it. The lock is SQLite's on a file
 * that stays empty. It is the operating system's, so it goes when its process dies, and unlike one
 * of our own it holds between threads too. Never open that file in any other way: closing it would
 * drop the locks of the whole process. Whatever changes a case takes one: here it is refused where
 * the case can only be read.
 */
const take = (folder: CaseFolder, name: LockName, wait: number): DatabaseSync | null => {
  if (folder.readOnly !== null) throw readOnlyProblem(folder.path, folder.readOnly);
  const path = join(folder.path, name);
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(path);
    chmodSync(path, 0o600);
    database.exec(`PRAGMA busy_timeout = ${wait}; BEGIN EXCLUSIVE`);
    return database;
  } catch (error) {
    database?.close();
    if (isBusy(error)) return null;
    throw lockProblem(error, path);
  }
};

/**
 * Runs `change` while no other program or thread changes this case. Not for long work, and not
 * re-entrant. Problem: the lock is still held after `wait` ms.
 */
export const withCaseLock = <Result>(
  folder: CaseFolder,
  change: () => Result,
  wait: number = LONGEST_WAIT_MS,
): Result => {
  const lock = take(folder, LOCKS.change, wait);
  if (lock === null) {
    throw new Problem(
      `Another program has been changing the case ${folder.path} for ${Math.round(wait / 1000)} seconds.`,
      'Nothing was changed. See whether another mia hangs (ps), end it, then try again.',
    );
  }
  try {
    return change();
  } finally {
    lock.close();
  }
};

/**
 * Holds a lock for as long as work takes, and never waits: null where another program or thread has
 * it. Keep the result in a variable until the end (`using`): it is the lock.
 */
export const tryHold = (folder: CaseFolder, name: LockName): Disposable | null => {
  const lock = take(folder, name, 0);
  if (lock === null) return null;
  return {
    [Symbol.dispose]: (): void => {
      if (lock.isOpen) lock.close();
    },
  };
};
