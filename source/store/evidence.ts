import { createHash } from 'node:crypto';
import { closeSync } from 'node:fs';
import { Problem } from '../domain/problem.ts';
import type { CaseFolder } from './case-folder.ts';
import {
  damaged,
  openEvidenceFile,
  readFrame,
  readFrameSync,
  withEvidenceFile,
} from './evidence-file.ts';
import type { EvidenceFile } from './evidence-file.ts';
import type { FramePosition } from './evidence-table.ts';

/** Reads ranges of evidence, and remembers the frames it used last. */
export interface EvidenceReader {
  /** Content bytes [start, end). Synchronous, some milliseconds. Problem: missing or damaged. */
  read(sha256: string, start: number, end: number): Buffer;
}

/** Index of the frame that holds this byte of the content; the last one where it lies behind all. */
const frameHolding = (frames: readonly FramePosition[], byte: number): number => {
  let [low, high] = [0, frames.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((frames[middle]?.contentOffset ?? 0) <= byte) low = middle;
    else high = middle - 1;
  }
  return low;
};

const contentBytes = ({ frames }: EvidenceFile): number => {
  const last = frames.at(-1);
  return last === undefined ? 0 : last.contentOffset + last.content;
};

/** `remembered`: so many frames of up to 1 MiB are kept in memory. */
export const evidenceReader = (folder: CaseFolder, remembered = 8): EvidenceReader => {
  // A Map iterates in the order of insertion: the first key is the one unused for longest.
  const recent = new Map<string, Buffer>();

  const frameOf = (evidence: EvidenceFile, index: number): Buffer => {
    const key = `${evidence.name}#${index}`;
    const frame = recent.get(key) ?? readFrameSync(evidence, index);
    recent.delete(key);
    recent.set(key, frame);
    const oldest = recent.keys().next();
    if (recent.size > remembered && oldest.done !== true) recent.delete(oldest.value);
    return frame;
  };

  const range = (evidence: EvidenceFile, start: number, end: number): Buffer => {
    if (start < 0 || start > end || end > contentBytes(evidence)) {
      throw damaged(evidence.name, `it has no bytes ${start} to ${end}`);
    }
    const parts: Buffer[] = [];
    for (let at = start; at < end;) {
      const index = frameHolding(evidence.frames, at);
      const from = at - (evidence.frames[index]?.contentOffset ?? 0);
      const part = frameOf(evidence, index).subarray(from, from + end - at);
      parts.push(part);
      at += part.length;
    }
    return Buffer.concat(parts);
  };

  return {
    read: (sha256, start, end) =>
      withEvidenceFile(folder, sha256, (evidence) => range(evidence, start, end)),
  };
};

/** Frames decompressed ahead of the one that is being used. */
const AHEAD = 3;

/** The whole content, in order, a frame at a time, decompressed off this thread. */
export async function* streamEvidence(
  folder: CaseFolder,
  sha256: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const evidence = openEvidenceFile(folder, sha256);
  const ahead: Promise<Buffer>[] = [];
  try {
    for (let next = 0; next < evidence.frames.length || ahead.length > 0;) {
      while (ahead.length < AHEAD && next < evidence.frames.length) {
        const frame = readFrame(evidence, next++);
        // Whoever stops early never looks at it.
        frame.catch(() => {});
        ahead.push(frame);
      }
      const frame = await ahead.shift();
      if (frame !== undefined) yield frame;
    }
  } finally {
    closeSync(evidence.file);
  }
}

/**
 * Whether the evidence still is what its name says: null, or what is wrong with it. `quick`: by the
 * frames' own checksums alone, without computing the SHA-256.
 */
export const verifyEvidence = async (
  folder: CaseFolder,
  sha256: string,
  options: { readonly quick: boolean } = { quick: false },
): Promise<Problem | null> => {
  const hash = createHash('sha256');
  try {
    for await (const bytes of streamEvidence(folder, sha256))
      if (!options.quick) hash.update(bytes);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  if (options.quick || hash.digest('hex') === sha256) return null;
  return damaged(`evidence/${sha256}.zst`, 'its content has another SHA-256');
};
