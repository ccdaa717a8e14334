import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A stream put down on disk, readable by nobody else; `discard` takes it away again. */
export interface Spool {
  readonly path: string;
  readonly size: number;
  readonly discard: () => Promise<void>;
}

/**
 * Archives are read from their end, so one that comes through a pipe must lie somewhere first. It is
 * evidence: the folder is 0700, the file 0600.
 */
export const spool = async (source: AsyncIterable<Uint8Array>): Promise<Spool> => {
  const folder = await mkdtemp(join(tmpdir(), 'mia-'));
  const discard = (): Promise<void> => rm(folder, { recursive: true, force: true });
  const path = join(folder, 'input');
  try {
    const file = await open(path, 'wx', 0o600);
    let size = 0;
    try {
      for await (const chunk of source) {
        await file.writeFile(chunk);
        size += chunk.length;
      }
    } finally {
      await file.close();
    }
    return { path, size, discard };
  } catch (error) {
    await discard();
    throw error;
  }
};
