import {
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../domain/problem.ts';
import { doing } from './disk-problem.ts';
import { isLeftOver } from './is-running.ts';

/** A private copy of a records.db, which may be written. */
export interface RecordsCopy extends Disposable {
  /** Of records.db in the copy. */
  readonly path: string;
}

const PREFIX = 'mia-read-';
const NAME = /^mia-read-(\d+)-/;

/** What programs that died left behind; another user's can't be removed, and are none of ours. */
const removeLeftOver = (): void => {
  for (const name of readdirSync(tmpdir())) {
    const pid = NAME.exec(name)?.[1];
    if (pid === undefined) continue;
    const path = join(tmpdir(), name);
    try {
      const found = lstatSync(path);
      const ours = found.isDirectory() && found.uid === process.geteuid?.();
      if (ours && isLeftOver(Number(pid), found.mtimeMs)) rmSync(path, { recursive: true });
    } catch {
      // Somebody else was quicker.
    }
  }
};

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/** What is in the log of changes and not yet in records.db itself. */
export const hasJournal = (records: string): boolean => sizeOf(`${records}-wal`) > 0;

const refuseWithoutRoom = (records: string): void => {
  const { bavail, bsize } = statfsSync(tmpdir());
  const needed = sizeOf(records) + sizeOf(`${records}-wal`);
  if (bavail * bsize >= needed) return;
  throw new Problem(
    `To read this case without writing to it, ${Math.ceil(needed / 1e6).toLocaleString('en')} MB are needed for a while in ${tmpdir()}, and there is no room.`,
    'Make room there, or name another folder with TMPDIR.',
  );
};

/** How both files are now: when one of them was changed while they were copied, they don't fit. */
const stateOf = (records: string): string =>
  ['', '-wal']
    .map((end) => statSync(records + end, { throwIfNoEntry: false }))
    .map((found) => (found === undefined ? '-' : `${found.ino} ${found.size} ${found.mtimeMs}`))
    .join();

const TURNS = 3;

const copyInto = (records: string, path: string): void => {
  for (let turn = 0; turn < TURNS; turn++) {
    const before = stateOf(records);
    for (const end of ['', '-wal']) {
      rmSync(path + end, { force: true });
      if (sizeOf(records + end) > 0 || end === '')
        copyFileSync(records + end, path + end, constants.COPYFILE_FICLONE);
    }
    for (const end of ['', '-wal']) if (existsSync(path + end)) chmodSync(path + end, 0o600);
    if (stateOf(records) === before) return;
  }
  throw new Problem(
    `${records} is being changed by another program.`,
    'Wait until its import has ended, then try again.',
  );
};

/**
 * Copies records.db and its log of changes into a folder of its own (0700) in the temporary folder,
 * which goes when this is disposed of, at the latest when the program ends, and otherwise with the
 * next copy. @throws Problem where there is no room, or it can't be read.
 */
export const copyRecords = (records: string): RecordsCopy => {
  const folder = doing(`The temporary folder ${tmpdir()} could not be used`, () => {
    removeLeftOver();
    refuseWithoutRoom(records);
    return mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  });
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const path = join(folder, 'records.db');
  try {
    doing(`${records} could not be read`, () => copyInto(records, path));
  } catch (error) {
    remove();
    throw error;
  }
  process.once('exit', remove);
  return {
    path,
    [Symbol.dispose]: () => {
      process.off('exit', remove);
      remove();
    },
  };
};
