import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm, stat, lstat, readdir } from 'node:fs/promises';
import { dirname, basename, join } from 'node:path';
import { Problem } from '../../domain/problem.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import type { ExportedCase, ExportPart } from '../../exports/exported-case.ts';
import { isLeftOver } from '../../store/is-running.ts';

/** Where an export is written until it is whole: beside its place, named after this process. */
const partialPath = (path: string): string =>
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
const removeDeadPartials = async (path: string): Promise<void> => {
  const folder = dirname(path);
  const name = basename(path);
  for (const other of await readdir(folder).catch(() => [])) {
    const pid = other.startsWith(name) ? PARTIAL.exec(other.slice(name.length))?.[1] : undefined;
    if (pid === undefined) continue;
    const partial = join(folder, other);
    if (await isDead(partial, Number(pid))) await rm(partial).catch(() => undefined);
  }
};

export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
}

interface Writing {
  readonly force: boolean;
  readonly signal: AbortSignal;
}

const CHUNK = 256 * 1024;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

const writeProblem = (path: string, error: unknown): unknown => {
  const where = forTerminal(path);
  switch (codeOf(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new Problem(
        `Cannot write ${where}: there is no folder ${forTerminal(dirname(path))}.`,
        'Make it first, or choose another place with --out.',
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new Problem(`Cannot write ${where}: not allowed there.`, 'Choose another place.');
    case 'ENOSPC':
    case 'EDQUOT':
      return new Problem(
        `Cannot write ${where}: the disk is full.`,
        'Make room, or choose another disk. Nothing half-written was left.',
      );
    default:
      return error;
  }
};

/** Whether a file is an earlier export of the same kind, by how it begins. */
const isEarlierExport = async (path: string, part: ExportPart): Promise<boolean> => {
  const { opening, scopedOpening = opening } = part;
  return (await beginsWith(path, opening)) || beginsWith(path, scopedOpening);
};

const beginsWith = async (path: string, opening: string): Promise<boolean> => {
  const wanted = Buffer.from(opening);
  const file = await open(path, 'r');
  try {
    const begin = Buffer.alloc(wanted.length);
    const { bytesRead } = await file.read(begin, 0, wanted.length, 0);
    return bytesRead === wanted.length && begin.equals(wanted);
  } finally {
    await file.close();
  }
};

const writeText = async (
  file: FileHandle,
  texts: Iterable<string>,
  signal: AbortSignal,
): Promise<number> => {
  let bytes = 0;
  let pending = '';
  const flush = async () => {
    const buffer = Buffer.from(pending);
    await file.writeFile(buffer);
    bytes += buffer.length;
    pending = '';
  };
  for (const text of texts) {
    pending += text;
    if (pending.length < CHUNK) continue;
    await flush();
    signal.throwIfAborted();
  }
  await flush();
  return bytes;
};

const replaceFile = async (
  path: string,
  texts: Iterable<string>,
  signal: AbortSignal,
): Promise<number> => {
  await removeDeadPartials(path);
  const temporary = partialPath(path);
  const file = await open(temporary, 'wx', 0o600);
  try {
    const bytes = await writeText(file, texts, signal);
    await file.sync();
    await file.close();
    await rename(temporary, path);
    return bytes;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw error;
  }
};

/** A pipe or a device is written to as it is; a regular file is replaced whole. */
const writeInPlace = async (
  path: string,
  texts: Iterable<string>,
  signal: AbortSignal,
): Promise<number> => {
  const file = await open(path, 'w');
  try {
    return await writeText(file, texts, signal);
  } finally {
    await file.close();
  }
};

const statOrNull = (path: string) =>
  stat(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  });

/**
 * Writes one part of an export to `path`: through a temporary file beside it and a rename, mode 0600.
 * An earlier export of the same kind is replaced; any other file only with `force`, since it may be
 * somebody's work.
 */
export const writeExportFile = async (
  path: string,
  part: ExportPart,
  exported: ExportedCase,
  { force, signal }: Writing,
): Promise<WrittenFile> => {
  try {
    signal.throwIfAborted();
    const there = await statOrNull(path);
    if (there !== null && !there.isFile())
      return { path, bytes: await writeInPlace(path, part.text(exported), signal) };
    if (there !== null && !force && there.size > 0 && !(await isEarlierExport(path, part)))
      throw new Problem(
        `${forTerminal(path)} is there already and is no earlier export of mia. It was left as it is.`,
        'Choose another name, or add --force to replace it.',
      );
    return { path, bytes: await replaceFile(path, part.text(exported), signal) };
  } catch (error) {
    throw writeProblem(path, error);
  }
};
