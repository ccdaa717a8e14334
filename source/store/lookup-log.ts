import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync } from 'node:fs';
import type { Lookup } from '../domain/lookups/lookup.ts';
import type { CaseFolder } from './case-folder.ts';
import { withCaseLock } from './case-lock.ts';
import { diskProblem, failedWith } from './disk-problem.ts';
import { anchorLookups, lookupsToAnchor } from './lookup-end.ts';
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
  /** Not a continuation of `since`: the file was replaced, or is gone; what was taken is all it has. */
  readonly restarted: boolean;
  /** Lines, from 1 of those read, that are not what was written: they are left out, and asked again. */
  readonly damaged: readonly number[];
  readonly lines: number;
  /** Bytes behind the last whole line: of a line on its way, or torn off by a crash. */
  readonly tornBytes: number;
  readonly cursor: LookupCursor;
}

/** Who takes what is read, line by line: a lookup may note a hundred thousand. */
export interface LookupReader {
  /** What was taken before `since` counts no more. Comes before all else. */
  readonly restart: () => void;
  readonly take: (lookup: Lookup) => void;
}

/** Bytes read, and lines written, at once. */
const BLOCK = 1_048_576;
const LINES = 1000;

/** Longer than the end of any line that states a hash. */
const TAIL = 30;

/** Whether the line that ends at the cursor is still there. */
const continues = (file: number, { offset, head }: LookupCursor): boolean =>
  offset === 0 ||
  readAt(file, Math.max(0, offset - TAIL), offset)
    .toString('latin1')
    .endsWith(`"hash":"${head}"}\n`);

/** The lines from `since` to `end`. */
const readLines = (
  file: number,
  since: LookupCursor,
  end: number,
  take: LookupReader['take'],
): Omit<LookupReading, 'restarted'> => {
  const damaged: number[] = [];
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
      const { lookup, hash, intact } = readLookup(bytes.toString('utf8', from, line), head);
      from = line + 1;
      lines += 1;
      if (lookup !== null && intact) take(lookup);
      else damaged.push(lines);
      if (hash === null) continue;
      head = hash;
      offset = start + from;
    }
    held = bytes.subarray(from);
    at = to;
  }
  return { damaged, lines, tornBytes: held.length, cursor: { offset, head } };
};

/**
 * What was looked up since `since`, oldest first, without a lock. Reads no more than what is new, and
 * holds a block of it at a time.
 */
export const readLookups = (
  folder: CaseFolder,
  since: LookupCursor,
  reader: LookupReader,
): LookupReading => {
  let file: number;
  try {
    file = openSync(folder.lookups, 'r');
  } catch (error) {
    if (!failedWith(error, 'ENOENT')) throw diskProblem(error, `${folder.lookups} cannot be read`);
    const restarted = since.offset > 0;
    if (restarted) reader.restart();
    return { restarted, damaged: [], lines: 0, tornBytes: 0, cursor: LOOKUPS_START };
  }
  try {
    const { size } = fstatSync(file);
    const on = size >= since.offset && continues(file, since);
    if (!on) reader.restart();
    const start = on ? since : LOOKUPS_START;
    return { restarted: !on, ...readLines(file, start, size, reader.take) };
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
        let { offset, head } = endOf(file);
        const fresh = offset === 0;
        ftruncateSync(file, offset);
        const before = lookupsToAnchor(folder, head, () =>
          readLookups(folder, LOOKUPS_START, { restart: () => undefined, take: () => undefined }),
        );
        for (let at = 0; at < lookups.length; at += LINES) {
          const lines = lookups.slice(at, at + LINES).map((lookup) => {
            const { text, hash } = writtenLookup(lookup, head);
            head = hash;
            return `${text}\n`;
          });
          const bytes = Buffer.from(lines.join(''));
          writeAll(file, bytes, offset);
          offset += bytes.length;
        }
        fsyncSync(file);
        if (fresh) flushFolder(folder.path);
        anchorLookups(folder, before + lookups.length, head);
      } finally {
        closeSync(file);
      }
    } catch (error) {
      throw diskProblem(error, `${folder.lookups} could not be written`);
    }
  });
};
