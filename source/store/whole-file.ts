import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { failedWith } from './disk-problem.ts';

/** What a rename did is on the disk only when the folder is. */
export const flushFolder = (path: string): void => {
  // Windows can't open a folder, and has no need to.
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};

/** All of `bytes`, at `position`: a single write may take only some of them. */
export const writeAll = (file: number, bytes: Uint8Array, position: number): void => {
  let written = 0;
  while (written < bytes.length) {
    written += writeSync(file, bytes, written, bytes.length - written, position + written);
  }
};

/** The bytes from `from` to `to`, exclusive; fewer where the file ends before. */
export const readAt = (file: number, from: number, to: number): Buffer => {
  const bytes = Buffer.alloc(Math.max(0, to - from));
  let filled = 0;
  while (filled < bytes.length) {
    const read = readSync(file, bytes, filled, bytes.length - filled, from + filled);
    if (read === 0) break;
    filled += read;
  }
  return bytes.subarray(0, filled);
};

/** UTF-8, or null where there is no such file. */
export const readWhole = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return null;
    throw error;
  }
};

/**
 * Replaces a file so that after a crash at any moment the old or the new is there, whole; on the
 * disk when this returns. 0600. For use under a lock: the name of the new file is always the same,
 * so that a crash leaves no more than one.
 */
export const replaceWhole = (path: string, text: string): void => {
  const fresh = `${path}.new`;
  try {
    rmSync(fresh, { force: true });
    const file = openSync(fresh, 'wx', 0o600);
    try {
      writeAll(file, Buffer.from(text), 0);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
  flushFolder(dirname(path));
};
