import { createHash } from 'node:crypto';
import { readSync } from 'node:fs';

const CHUNK = 1 << 20;

/** SHA-256 in hex. */
export const sha256OfBytes = (bytes: Uint8Array): string =>
  createHash('sha256').update(bytes).digest('hex');

/** SHA-256, in hex, of an open file from its start; read piece by piece, and where it stands stays. */
export const sha256OfOpen = (file: number): string => {
  const hash = createHash('sha256');
  const chunk = Buffer.allocUnsafe(CHUNK);
  for (let at = 0; ;) {
    const read = readSync(file, chunk, 0, CHUNK, at);
    if (read === 0) return hash.digest('hex');
    hash.update(chunk.subarray(0, read));
    at += read;
  }
};
