import { fstatSync, ftruncateSync } from 'node:fs';
import { counted } from '../domain/count-words.ts';
import type { Lookup } from '../domain/lookups/lookup.ts';
import {
  appendDurably,
  changeLog,
  endOfLines,
  lastReadable,
  type LogPosition,
  readLines,
  readLog,
} from './append-log.ts';
import { keepFinding, readCaseFile } from './case-file.ts';
import type { CaseFolder } from './case-folder.ts';
import { withCaseLock } from './case-lock.ts';
import { doing } from './disk-problem.ts';
import { readAnchor, writeAnchor } from './log-anchor.ts';
import { NO_LOOKUP_BEFORE, readLookup, statedHash, writtenLookup } from './lookup-line.ts';
import { readAt } from './whole-file.ts';

export const LOOKUPS_START: LogPosition = { offset: 0, head: NO_LOOKUP_BEFORE };

export interface LookupReading {
  /** Not a continuation of `since`: the file was replaced, or is gone; what was taken is all it has. */
  readonly restarted: boolean;
  /** Lines, from 1 of those read, that are not what was written: they are left out, and asked again. */
  readonly damaged: readonly number[];
  readonly lines: number;
  /** Bytes behind the last whole line: of a line on its way, or torn off by a crash. */
  readonly tornBytes: number;
  readonly cursor: LogPosition;
}

/** Who takes what is read, line by line: a lookup may note a hundred thousand. */
export interface LookupReader {
  /** What was taken before `since` counts no more. Comes before all else. */
  readonly restart: () => void;
  readonly take: (lookup: Lookup) => void;
}

/** For whoever wants to know no more than how the log ends. */
export const UNREAD: LookupReader = { restart: () => undefined, take: () => undefined };

/** Lines written at once. */
const LINES = 1000;

/** Longer than the end of any line that states a hash. */
const TAIL = 30;

/** Whether the line that ends at the cursor is still there. */
const continues = (file: number, { offset, head }: LogPosition): boolean =>
  offset === 0 ||
  readAt(file, Math.max(0, offset - TAIL), offset)
    .toString('latin1')
    .endsWith(`"hash":"${head}"}\n`);

/**
 * What was looked up since `since`, oldest first, without a lock. Reads no more than what is new, and
 * holds a block of it at a time.
 */
export const readLookups = (
  folder: CaseFolder,
  since: LogPosition,
  reader: LookupReader,
): LookupReading => {
  const read = (file: number): LookupReading => {
    const { size } = fstatSync(file);
    const on = size >= since.offset && continues(file, since);
    if (!on) reader.restart();
    const damaged: number[] = [];
    let number = 0;
    const { position, lines, tornBytes } = readLines(
      file,
      on ? since : LOOKUPS_START,
      size,
      (text, before) => {
        const { lookup, hash, intact } = readLookup(text, before);
        number += 1;
        if (lookup !== null && intact) reader.take(lookup);
        else damaged.push(number);
        return hash;
      },
    );
    return { restarted: !on, damaged, lines, tornBytes, cursor: position };
  };
  const reading = doing(`${folder.lookups} could not be read`, () => readLog(folder.lookups, read));
  if (reading !== null) return reading;
  const restarted = since.offset > 0;
  if (restarted) reader.restart();
  return { restarted, damaged: [], lines: 0, tornBytes: 0, cursor: LOOKUPS_START };
};

/** How the end of lookups.jsonl differs from what lookups.head says. */
export interface LookupEnd {
  /** false: lookups are missing or were replaced. true: what may be, and has to be said. */
  readonly ok: boolean;
  readonly text: string;
}

/** null: they agree, or there is nothing to agree on. */
export const endOfLookups = (
  folder: CaseFolder,
  { lines, cursor }: LookupReading,
): LookupEnd | null => {
  const found = readAnchor(folder.lookupsHead);
  if (found.found !== 'anchor') {
    if (lines === 0) return null;
    const old = found.found === 'absent' && readCaseFile(folder).anchoredSince === null;
    const is = found.found === 'absent' ? 'is not there' : 'is damaged';
    const text = `lookups.head ${is}: whether lookups are missing behind the ${lines} of lookups.jsonl is not known`;
    return { ok: old, text };
  }
  const { anchor } = found;
  if (anchor.lines === lines && anchor.head === cursor.head) return null;
  if (lines === 0) {
    const text = `lookups.jsonl is not there: its ${counted(anchor.lines, 'lookup')} count as not looked up`;
    return { ok: true, text };
  }
  if (lines > anchor.lines) {
    const text = `${counted(lines - anchor.lines, 'lookup')} at the end of lookups.jsonl not in lookups.head: mia was stopped while it kept them, or somebody else added them`;
    return { ok: true, text };
  }
  const what =
    lines < anchor.lines
      ? `${counted(anchor.lines - lines, 'lookup')} of lookups.jsonl missing at its end, or an older copy was put back`
      : 'the last lookup of lookups.jsonl is not the one that lookups.head names';
  return { ok: false, text: `${what}; such messages count as not looked up` };
};

/**
 * Before lookups are added, holding the lock: how many there are. What is wrong goes into case.json,
 * because the next head will cover it. `head`: of the last line.
 */
const lookupsToAnchor = (folder: CaseFolder, head: string): number => {
  const found = readAnchor(folder.lookupsHead);
  if (found.found === 'anchor' && found.anchor.head === head) return found.anchor.lines;
  const reading = readLookups(folder, LOOKUPS_START, UNREAD);
  const end = endOfLookups(folder, reading);
  if (end !== null && !end.ok) keepFinding(folder, { of: 'lookups', text: end.text });
  return reading.lines;
};

export const anchorLookups = (folder: CaseFolder, lines: number, head: string): void =>
  writeAnchor(folder.lookupsHead, { lines, head });

/** The lines for `lookups`, a thousand at once; `chain.head` becomes that of the last one made. */
function* linesOf(lookups: readonly Lookup[], chain: { head: string }): Generator<Uint8Array> {
  for (let at = 0; at < lookups.length; at += LINES) {
    const lines = lookups.slice(at, at + LINES).map((lookup) => {
      const { text, hash } = writtenLookup(lookup, chain.head);
      chain.head = hash;
      return `${text}\n`;
    });
    yield Buffer.from(lines.join(''));
  }
}

/**
 * Adds lines; on the disk when this returns. A line that a crash tore off is taken away: what it said
 * is not known, so its messages count as not looked up.
 */
export const appendLookups = (folder: CaseFolder, lookups: readonly Lookup[]): void => {
  if (lookups.length === 0) return;
  const append = (file: number): void => {
    const end = endOfLines(file);
    const chain = { head: lastReadable(file, NO_LOOKUP_BEFORE, statedHash).head };
    ftruncateSync(file, end);
    const before = lookupsToAnchor(folder, chain.head);
    appendDurably(file, end, linesOf(lookups, chain));
    anchorLookups(folder, before + lookups.length, chain.head);
  };
  withCaseLock(folder, () =>
    doing(`${folder.lookups} could not be written`, () => changeLog(folder.lookups, append)),
  );
};
