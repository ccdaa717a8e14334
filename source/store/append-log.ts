import { closeSync, constants, existsSync, fstatSync, fsyncSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { isObject, type JsonObject } from '../domain/json.ts';
import { failedWith } from './disk-problem.ts';
import { flushFolder, readAt, writeAll } from './whole-file.ts';

/** A position in a log of lines: in front of a line, or at the end. */
export interface LogPosition {
  /** Bytes before it. */
  readonly offset: number;
  /** The hash that the last readable line before it states. */
  readonly head: string;
}

/** What a line states as its hash, `before` being that of the line before; null: it is not readable. */
export type LineHash = (text: string, before: string) => string | null;

/** Bytes read at once. */
const BLOCK = 1_048_576;

/** Bytes read at once when looking for a line from the end. */
const READ_BACK = 65_536;

/** Opens a log to write, and makes it where there is none. For whoever holds its lock. */
export const changeLog = <Result>(path: string, change: (file: number) => Result): Result => {
  const isNew = !existsSync(path);
  const file = openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600);
  try {
    if (isNew) flushFolder(dirname(path));
    return change(file);
  } finally {
    closeSync(file);
  }
};

/** Opens a log to read; null: there is none. Needs no lock. */
export const readLog = <Result>(path: string, read: (file: number) => Result): Result | null => {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return null;
    throw error;
  }
  try {
    return read(file);
  } finally {
    closeSync(file);
  }
};

/** Where the line that ends before `end` begins. A line may be long: a mark can have many targets. */
const lineStart = (file: number, end: number): number => {
  for (let to = end; to > 0; to -= READ_BACK) {
    const from = Math.max(0, to - READ_BACK);
    const newline = readAt(file, from, to).lastIndexOf(10);
    if (newline !== -1) return from + newline + 1;
  }
  return 0;
};

/** Where the last line that has its newline ends: a crash tore off what follows. */
export const endOfLines = (file: number): number => lineStart(file, fstatSync(file).size);

/** Behind the last readable line; the start of the log, with `start` as its head, where there is none. */
export const lastReadable = (
  file: number,
  start: string,
  hashOf: (text: string) => string | null,
): LogPosition => {
  for (let end = endOfLines(file); end > 0;) {
    const from = lineStart(file, end - 1);
    const head = hashOf(readAt(file, from, end - 1).toString());
    if (head !== null) return { offset: end, head };
    end = from;
  }
  return { offset: 0, head: start };
};

/**
 * Reads the lines from `since` to `end`, a block at a time. `take` gets each one. The position stays
 * in front of unreadable lines until a readable one follows.
 */
export const readLines = (
  file: number,
  since: LogPosition,
  end: number,
  take: LineHash,
): { readonly position: LogPosition; readonly lines: number; readonly tornBytes: number } => {
  let { offset, head } = since;
  let lines = 0;
  /** The part of a line that goes on in the next block. */
  let held = Buffer.alloc(0);
  for (let at = since.offset; at < end;) {
    const to = Math.min(end, at + BLOCK);
    const start = at - held.length;
    const bytes = Buffer.concat([held, readAt(file, at, to)]);
    let from = 0;
    for (let line = bytes.indexOf(10); line !== -1; line = bytes.indexOf(10, from)) {
      const hash = take(bytes.toString('utf8', from, line), head);
      from = line + 1;
      lines += 1;
      if (hash === null) continue;
      head = hash;
      offset = start + from;
    }
    held = bytes.subarray(from);
    at = to;
  }
  return { position: { offset, head }, lines, tornBytes: held.length };
};

/** Writes at `end`; on the disk when this returns. Where the log ends now. */
export const appendDurably = (file: number, end: number, parts: Iterable<Uint8Array>): number => {
  let at = end;
  for (const part of parts) {
    writeAll(file, part, at);
    at += part.length;
  }
  fsyncSync(file);
  return at;
};

export const jsonLines = (lines: readonly object[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('');

/** The lines that are objects, in order; not the torn end of a crash. */
export const objectsIn = (text: string): readonly JsonObject[] =>
  text.split('\n').flatMap((line) => {
    try {
      const data: unknown = JSON.parse(line);
      return isObject(data) ? [data] : [];
    } catch {
      return [];
    }
  });
