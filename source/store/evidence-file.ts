import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { zstdDecompress, zstdDecompressSync } from 'node:zlib';
import type { ZstdOptions } from 'node:zlib';
import { Problem } from '../domain/problem.ts';
import type { CaseFolder } from './case-folder.ts';
import { diskProblem, failedWith } from './disk-problem.ts';
import { readTable, tableBytes, TABLE_FOOTER_BYTES } from './evidence-table.ts';
import type { FramePosition } from './evidence-table.ts';

/** A file of evidence/, open for reading. */
export interface EvidenceFile {
  readonly name: string;
  readonly file: number;
  readonly frames: readonly FramePosition[];
}

export const evidencePath = (folder: CaseFolder, sha256: string): string => {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError('evidence is named by its SHA-256');
  return join(folder.evidence, `${sha256}.zst`);
};

export const damaged = (name: string, what: string, cause?: unknown): Problem =>
  new Problem(
    `The evidence ${name} is damaged: ${what}.`,
    'Restore that file from a copy of the case, or import the original file again, which replaces it.',
    { cause },
  );

const readExactly = (file: number, name: string, from: number, count: number): Buffer => {
  const bytes = Buffer.allocUnsafe(count);
  let filled = 0;
  while (filled < count) {
    const read = readSync(file, bytes, filled, count - filled, from + filled);
    if (read === 0) throw damaged(name, 'it ends too early');
    filled += read;
  }
  return bytes;
};

const framesOf = (file: number, name: string): readonly FramePosition[] => {
  const size = fstatSync(file).size;
  if (size < TABLE_FOOTER_BYTES) throw damaged(name, 'it ends too early');
  const footer = readExactly(file, name, size - TABLE_FOOTER_BYTES, TABLE_FOOTER_BYTES);
  const length = tableBytes(footer);
  if (length === null || length > size) throw damaged(name, 'its table of frames is not readable');
  const frames = readTable(readExactly(file, name, size - length, length), size);
  if (frames === null) throw damaged(name, 'its table of frames is not readable');
  return frames;
};

/** Runs `read` on the evidence with this hash; it is closed afterwards. */
export const withEvidenceFile = <Result>(
  folder: CaseFolder,
  sha256: string,
  read: (evidence: EvidenceFile) => Result,
): Result => {
  const evidence = openEvidenceFile(folder, sha256);
  try {
    return read(evidence);
  } finally {
    closeSync(evidence.file);
  }
};

/** To be closed with `closeSync(evidence.file)`. Problem: it is missing or damaged. */
export const openEvidenceFile = (folder: CaseFolder, sha256: string): EvidenceFile => {
  const path = evidencePath(folder, sha256);
  const name = `evidence/${sha256}.zst`;
  let file: number | null = null;
  try {
    file = openSync(path, 'r');
    return { name, file, frames: framesOf(file, name) };
  } catch (error) {
    if (file !== null) closeSync(file);
    if (!failedWith(error, 'ENOENT')) throw diskProblem(error, `${path} could not be read`);
    throw new Problem(
      `The evidence ${name} is not there.`,
      'Restore it from a copy of the case, or import the original file again.',
      { cause: error },
    );
  }
};

const frameAt = ({ frames }: EvidenceFile, index: number): FramePosition => {
  const frame = frames[index];
  if (frame === undefined) throw new RangeError(`no frame ${index}`);
  return frame;
};

const compressedFrame = (evidence: EvidenceFile, index: number): Buffer => {
  const { fileOffset, compressed } = frameAt(evidence, index);
  return readExactly(evidence.file, evidence.name, fileOffset, compressed);
};

const ofFrame = (evidence: EvidenceFile, index: number): string =>
  `frame ${index + 1} of ${evidence.frames.length} is not what was written`;

const checked = (evidence: EvidenceFile, index: number, content: Buffer): Buffer => {
  if (content.length === frameAt(evidence, index).content) return content;
  throw damaged(evidence.name, ofFrame(evidence, index));
};

/**
 * What a damaged frame claims to hold is not to be believed. Room for a little more than the frame
 * lets zlib finish in one go: measured three times as fast as in pieces.
 */
const limitsOf = (evidence: EvidenceFile, index: number): ZstdOptions => {
  const { content } = frameAt(evidence, index);
  return { maxOutputLength: Math.max(1, content), chunkSize: content + 64 };
};

/** The content of one frame. Problem: it is damaged (each frame carries a checksum). */
export const readFrameSync = (evidence: EvidenceFile, index: number): Buffer => {
  const bytes = compressedFrame(evidence, index);
  try {
    return checked(evidence, index, zstdDecompressSync(bytes, limitsOf(evidence, index)));
  } catch (error) {
    throw damaged(evidence.name, ofFrame(evidence, index), error);
  }
};

const decompress = promisify(zstdDecompress);

/** The same, off this thread. */
export const readFrame = async (evidence: EvidenceFile, index: number): Promise<Buffer> => {
  const bytes = compressedFrame(evidence, index);
  try {
    return checked(evidence, index, await decompress(bytes, limitsOf(evidence, index)));
  } catch (error) {
    throw damaged(evidence.name, ofFrame(evidence, index), error);
  }
};
