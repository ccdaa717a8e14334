import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readdirSync,
  statSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { Act, Decision } from '../domain/verdicts/decision.ts';
import { Problem } from '../domain/problem.ts';
import { appendDurably, changeLog, lastReadable, type LogPosition } from './append-log.ts';
import type { CaseFolder } from './case-folder.ts';
import { withCaseLock } from './case-lock.ts';
import { beginAnchor, type EndFlaw, endFlawOf, linesToAnchor } from './decision-anchor.ts';
import { hashOf, headOf, NO_LINE_BEFORE, readLine, writtenLine } from './decision-line.ts';
import { readDecisions } from './decision-reading.ts';
import type { DecisionFlaw } from './decision-reading.ts';
import { diskProblem } from './disk-problem.ts';
import { writeAnchor } from './log-anchor.ts';
import { flushFolder, readAt } from './whole-file.ts';

/** Who decides, when and why. */
export type Signature = Pick<Decision, 'at' | 'analyst' | 'console' | 'reason'>;

/** The end of a line that a crash cut off: it is in `file` now, and nothing was made of it. */
export interface TornTail {
  readonly file: string;
  readonly bytes: number;
  /** For the analyst. */
  readonly notice: string;
}

/** Behind the last readable line, and the hash it states. What follows is torn. */
const lastWhole = (file: number): LogPosition =>
  lastReadable(file, NO_LINE_BEFORE, (text) => headOf(readLine(text)));

const freeName = (folder: CaseFolder, at: string): string => {
  const stem = `decisions.torn-${at.replace(/[^0-9A-Za-z]/g, '')}`;
  let name = `${stem}.jsonl`;
  for (let next = 2; existsSync(join(folder.path, name)); next++) name = `${stem}-${next}.jsonl`;
  return name;
};

/** A crash cuts off one line. A file of which no line can be read is another matter, not for us. */
const refuseGarbage = (folder: CaseFolder, end: number, tail: Buffer): void => {
  if (end > 0 || tail.indexOf(10) === tail.lastIndexOf(10)) return;
  throw new Problem(
    `${folder.decisions} is not readable. It was left as it is.`,
    'Restore it from a backup, or move it away to begin without decisions.',
  );
};

/** Copies what follows the last readable line to a file of its own, then cuts it off. */
const cutTail = (folder: CaseFolder, file: number, end: number, at: string): TornTail | null => {
  const size = fstatSync(file).size;
  if (size === end) return null;
  const tail = readAt(file, end, size);
  refuseGarbage(folder, end, tail);
  const name = freeName(folder, at);
  const aside = openSync(join(folder.path, name), 'wx', 0o600);
  try {
    appendDurably(aside, 0, [tail]);
  } finally {
    closeSync(aside);
  }
  flushFolder(folder.path);
  ftruncateSync(file, end);
  fsyncSync(file);
  const notice = `The end of decisions.jsonl was cut off when mia (or the machine) stopped: its ${size - end} bytes are in ${name}, and nothing was made of them. The decisions before it are whole; please make the last one again.`;
  return { file: name, bytes: size - end, notice };
};

const withLog = <Result>(folder: CaseFolder, change: (file: number) => Result): Result =>
  withCaseLock(folder, () => changeLog(folder.decisions, change));

/** The decisions as a case is opened. */
export interface OpenedDecisions {
  readonly torn: TornTail | null;
  readonly end: EndFlaw | null;
}

/**
 * For opening a case that may be written: moves a torn tail (no newline at its end, or not readable)
 * to `decisions.torn-<time>.jsonl`, and holds the end against decisions.head, which is made where the
 * case never had one. Appending moves a torn tail too. `at`: now, UTC.
 */
export const openDecisions = (folder: CaseFolder, at: string): OpenedDecisions => {
  const there = existsSync(folder.decisions);
  try {
    if (there)
      return withLog(folder, (file) => {
        const torn = cutTail(folder, file, lastWhole(file).offset, at);
        return { torn, end: beginAnchor(folder, readDecisions(folder), at) };
      });
    // Nothing is made in a folder that is no case yet.
    if (!existsSync(folder.caseFile)) return { torn: null, end: null };
    return withCaseLock(folder, () => ({
      torn: null,
      end: beginAnchor(folder, readDecisions(folder), at),
    }));
  } catch (error) {
    throw diskProblem(error, `${folder.decisions} could not be mended`);
  }
};

/** The same for opening a case that can only be read: nothing is moved or made. */
export const seeDecisions = (folder: CaseFolder): OpenedDecisions => {
  const reading = readDecisions(folder);
  const bytes =
    (statSync(folder.decisions, { throwIfNoEntry: false })?.size ?? 0) - reading.cursor.offset;
  const notice = `The end of decisions.jsonl is cut off: nothing was made of its last ${bytes} bytes. The decisions before them are whole.`;
  const torn = bytes <= 0 ? null : { file: basename(folder.decisions), bytes, notice };
  return { torn, end: endFlawOf(folder, reading) };
};

/** `anchor` follows when the line is on the disk. */
const writeDurably = (file: number, end: number, line: string, anchor: () => void): void => {
  try {
    appendDurably(file, end, [Buffer.from(line)]);
    anchor();
  } catch (error) {
    // Half a line would be torn: better none.
    ftruncateSync(file, end);
    throw error;
  }
};

/**
 * Writes a decision after the last line there is, whoever wrote that; it is on the disk (fsync) when
 * this returns. Problem: the case is locked, or the disk full; then nothing was written.
 */
export const appendDecision = (
  folder: CaseFolder,
  act: Act,
  signature: Signature,
  onTornTail: (tail: TornTail) => void = () => {},
): Decision => {
  try {
    return withLog(folder, (file) => {
      const { offset: end, head } = lastWhole(file);
      const torn = cutTail(folder, file, end, signature.at);
      if (torn !== null) onTornTail(torn);
      const lines = linesToAnchor(folder, head) + 1;
      const { at, console } = signature;
      // Half a surrogate pair has no UTF-8, so other tools could not check the line.
      const analyst = signature.analyst.toWellFormed();
      const reason = signature.reason?.toWellFormed() ?? null;
      const content = { ...act, at, analyst, console, reason, prev: head };
      const decision: Decision = { ...content, hash: hashOf(content) };
      writeDurably(file, end, `${writtenLine(decision)}\n`, () =>
        writeAnchor(folder.decisionsHead, { lines, head: decision.hash }),
      );
      return decision;
    });
  } catch (error) {
    throw diskProblem(error, 'The decision was not kept: decisions.jsonl could not be written');
  }
};

export interface DecisionCheck {
  readonly decisions: number;
  /** Hash of the last line, 64 zeros where there is none: `decisionsHead` of an export. */
  readonly head: string;
  readonly flaws: readonly DecisionFlaw[];
  /** What is wrong with the end of the log, as decisions.head has it. */
  readonly end: EndFlaw | null;
  /** What each line states as its hash, from the first on. */
  readonly hashes: readonly (string | null)[];
  /** Bytes after the last readable line: a crash cut it off, or another console is writing. */
  readonly tornBytes: number;
  /** Tails that were moved aside before. */
  readonly tornFiles: readonly string[];
}

/** Every line against its own hash and the line before. Changes nothing. */
export const verifyDecisions = (folder: CaseFolder): DecisionCheck => {
  const tornFiles = readdirSync(folder.path)
    .filter((name) => /^decisions\.torn-.*\.jsonl$/.test(name))
    .sort();
  const check = (size: number): DecisionCheck => {
    const reading = readDecisions(folder);
    const { decisions, flaws, hashes, cursor } = reading;
    const tornBytes = size - cursor.offset;
    const [count, end] = [decisions.length, endFlawOf(folder, reading)];
    return { decisions: count, head: cursor.head, flaws, end, hashes, tornBytes, tornFiles };
  };
  try {
    // Without the lock, which nobody can take there.
    if (folder.readOnly !== null)
      return check(statSync(folder.decisions, { throwIfNoEntry: false })?.size ?? 0);
    if (!existsSync(folder.decisions)) return withCaseLock(folder, () => check(0));
    return withLog(folder, (file) => check(fstatSync(file).size));
  } catch (error) {
    throw diskProblem(error, `${folder.decisions} could not be checked`);
  }
};
