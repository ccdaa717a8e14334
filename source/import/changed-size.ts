import { stat } from 'node:fs/promises';
import type { Input } from './inputs/input.ts';

/**
 * Says that a plain file was written to while it was read: then the case holds what stood there at
 * some moment. null where it kept its size, or is of a kind that has none (/proc, a pipe, an archive).
 * `read`: bytes of it that are in the case now.
 */
export const changedSize = async (input: Input, read: number): Promise<string | null> => {
  const { path, container, bytes } = input;
  if (path === null || container !== null || bytes === null || bytes === 0) return null;
  const now = await stat(path).then(
    ({ size }) => size,
    () => read,
  );
  if (bytes === read && now === read) return null;
  const grouped = (size: number): string => size.toLocaleString('en-US');
  return `Another program wrote to it while it was read: ${grouped(read)} bytes are in the case, and it has ${grouped(now)} now. Import it again when that program is done.`;
};
