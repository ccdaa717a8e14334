import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync } from 'node:fs';
import type { Lookup } from '../domain/lookup.ts';
import type { CaseFolder } from './case-folder.ts';
import { withCaseLock } from './case-lock.ts';
import { diskProblem, failedWith } from './disk-problem.ts';
import { NO_LOOKUP_BEFORE, readLookup, writtenLookup } from './lookup-line.ts';
import { flushFolder, readAt, writeAll } from './whole-file.ts';

/** A place behind a whole line of lookups.jsonl. */
export interface LookupCursor {
  readonly offset: number;
  /** The hash that the line before states. */
  readonly head: string;
}

export const LOOKUPS_START: LookupCursor = { offset: 0, head: NO_LOOKUP_BEFORE };

export interface LookupReading {
  /** Not a continuation of `since`: the file was replaced, or is gone; these are all it has. */
  readonly restarted: boolean;
  readonly lookups: readonly Lookup[];
  /** Lines, from 1 of those read, that are not what was written: they are left out, and asked again. */
  readonly damaged: readonly number[];
  readonly lines: number;
  /** Bytes behind the last whole line: of a line on its way, or torn off by a crash. */
  readonly tornBytes: number;
  readonly cursor: LookupCursor;
}

/** Longer than the end of any line that states a hash. */
const TAIL = 30;

/** Whether the line that ends at the cursor is still there. */
const continues = (file: number, { offset, head }: LookupCursor): boolean =>
  offset === 0 ||
  readAt(file, Math.max(0, offset - TAIL), offset)
    .toString('latin1')
    .endsWith(`"hash":"${head}"}\n`);

const readLines = (bytes: Buffer, since: LookupCursor): Omit<LookupReading, 'restarted'> => {
  const lookups: Lookup[] = [];
  const damaged: number[] = [];
  let { offset, head } = since;
  let [from, lines] = [0, 0];
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, from)) {
    const { lookup, hash, intact } = readLookup(bytes.toString('utf8', from, end), head);
    from = end + 1;
    lines += 1;
    if (lookup !== null && intact) lookups.push(lookup);
    else damaged.push(lines);
    if (hash === null) continue;
    head = hash;
    offset = since.offset + from;
  }
  return { lookups, damaged, lines, tornBytes: bytes.length - from, cursor: { offset, head } };
};

/**
 * What was looked up since `since`, oldest first, without a lock. Reads no more than what is new.
 */
export const readLookups = (
  folder: CaseFolder,
  since: LookupCursor = LOOKUPS_START,
): LookupReading => {
  let file: number;
  try {
    file = openSync(folder.lookups, 'r');
  } catch (error) {
    if (!failedWith(error, 'ENOENT')) throw diskProblem(error, `${folder.lookups} cannot be read`);
    return { restarted: since.offset > 0, ...readLines(Buffer.alloc(0), LOOKUPS_START) };
  }
  try {
    const { size } = fstatSync(file);
    const on = size >= since.offset && continues(file, since);
    const start = on ? since : LOOKUPS_START;
    return { restarted: !on, ...readLines(readAt(file, start.offset, size), start) };
  } catch (error) {
    throw diskProblem(error, `${folder.lookups} could not be read`);
  } finally {
    closeSync(file);
  }
};

/** Where the next line goes: behind the last whole one; its hash is looked for from the end. */
const endOf = (file: number): LookupCursor => {
  const { size } = fstatSync(file);
  for (let length = 4096; ; length *= 4) {
    const from = Math.max(0, size - length);
    const bytes = readAt(file, from, size);
    const whole = bytes.lastIndexOf(10) + 1;
    const text = bytes.toString('latin1', 0, whole);
    const heads = [...text.matchAll(/"hash":"([0-9a-f]{16})"\}\n/g)];
    const head = heads.at(-1)?.[1];
    if (head !== undefined) return { offset: from + whole, head };
    if (from === 0) return { offset: whole, head: NO_LOOKUP_BEFORE };
  }
};

/**
 * Adds lines; on the disk when this returns. A line that a crash tore off is taken away: what it said
 * is not known, so its messages count as not looked up.
 */
export const appendLookups = (folder: CaseFolder, lookups: readonly Lookup[]): void => {
  if (lookups.length === 0) return;
  withCaseLock(folder, () => {
    try {
      const file = openSync(folder.lookups, 'a+', 0o600);
      try {
        const { offset, head } = endOf(file);
        const fresh = offset === 0;
        ftruncateSync(file, offset);
        let before = head;
        const lines = lookups.map((lookup) => {
          const { text, hash } = writtenLookup(lookup, before);
          before = hash;
          return `${text}\n`;
        });
        writeAll(file, Buffer.from(lines.join('')), offset);
        fsyncSync(file);
        if (fresh) flushFolder(folder.path);
      } finally {
        closeSync(file);
      }
    } catch (error) {
      throw diskProblem(error, `${folder.lookups} could not be written`);
    }
  });
};
