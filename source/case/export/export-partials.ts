import { randomBytes } from 'node:crypto';
import { lstat, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isLeftOver } from '../../store/is-running.ts';

/** Where an export is written until it is whole: beside its place, named after this process. */
export const partialPath = (path: string): string =>
  `${path}.${process.pid}-${randomBytes(4).toString('hex')}.part`;

const PARTIAL = /^\.(\d+)-[0-9a-f]{8}\.part$/;

/** Written by a process that is gone. */
const isDead = async (path: string, pid: number): Promise<boolean> => {
  const found = await lstat(path).catch(() => null);
  return found?.isFile() === true && isLeftOver(pid, found.mtimeMs);
};

/**
 * Takes away what exports to `path` left half-written when they were killed; what one that still runs
 * is writing stays. Never throws: what can't be removed is no reason not to export.
 */
export const removeDeadPartials = async (path: string): Promise<void> => {
  const folder = dirname(path);
  const name = basename(path);
  for (const other of await readdir(folder).catch(() => [])) {
    const pid = other.startsWith(name) ? PARTIAL.exec(other.slice(name.length))?.[1] : undefined;
    if (pid === undefined) continue;
    const partial = join(folder, other);
    if (await isDead(partial, Number(pid))) await rm(partial).catch(() => undefined);
  }
};
