/**
 * Where the tests put their files: in memory, where the machine has room. A case flushes what it
 * says to the disk, thousands of times in all tests, and they waited for that longer than for
 * anything else; yet no test cuts the power, which alone could tell the difference. What a killed
 * process had written stays in memory as it does on a disk.
 */
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

/** Linux has it; a container may have very little of it. */
const MEMORY = '/dev/shm';

/** Bytes that must be free there, and left to us: many times the 32 MiB that tests hold at once. */
const ROOM = 2 ** 29;

const hasRoom = () => {
  const { bavail, bsize } = statfsSync(MEMORY);
  return Math.min(bavail * bsize, process.availableMemory()) >= ROOM;
};

/** A folder of the tests' own; null: there is no room in memory, so they take the usual one. */
const folderInMemory = () => {
  try {
    return hasRoom() ? mkdtempSync(join(MEMORY, 'mia-tests-')) : null;
  } catch {
    // It is not there, or not ours to write to.
    return null;
  }
};

/** Runs `step` with the variables that lead its temporary files there, and takes them away after it. */
export const withTestFolder = async (step) => {
  const folder = folderInMemory();
  try {
    return await step(folder === null ? {} : { TMPDIR: folder });
  } finally {
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  }
};
