import { closeSync, fstatSync, openSync } from 'node:fs';
import type { Decision } from '../domain/verdicts/decision.ts';
import type { CaseFolder } from './case-folder.ts';
import { NO_LINE_BEFORE, readLine } from './decision-line.ts';
import { diskProblem, failedWith } from './disk-problem.ts';
import { readAt } from './whole-file.ts';

/** A place between two lines of decisions.jsonl. */
export interface DecisionCursor {
  /** Bytes before it, lines before it, and the hash that the line before it states. */
  readonly offset: number;
  readonly lines: number;
  readonly head: string;
}

export const LOG_START: DecisionCursor = { offset: 0, lines: 0, head: NO_LINE_BEFORE };

/** What is wrong with a line; `line` counts from 1. Only `chain` lines are followed all the same. */
export interface DecisionFlaw {
  readonly line: number;
  readonly flaw: 'unreadable' | 'altered' | 'unknown' | 'chain';
  readonly text: string;
}

export interface DecisionReading {
  /** Not a continuation of `since`: the file was replaced, these are all of its decisions. */
  readonly restarted: boolean;
  readonly decisions: readonly Decision[];
  readonly flaws: readonly DecisionFlaw[];
  /** What each whole line states as its hash, those with flaws too; null where it states none. */
  readonly hashes: readonly (string | null)[];
  /** After the last whole line. */
  readonly cursor: DecisionCursor;
}

const FLAW_TEXTS: { readonly [flaw in DecisionFlaw['flaw']]: string } = {
  unreadable: 'is not readable and was left out',
  altered: 'was changed after it was written and was left out',
  unknown: 'is of a kind this version does not know and was left out',
  chain: 'does not follow the line before it: lines are missing, added or moved there',
};

const flawAt = (line: number, flaw: DecisionFlaw['flaw']): DecisionFlaw => ({
  line,
  flaw,
  text: `decisions.jsonl, line ${line} ${FLAW_TEXTS[flaw]}`,
});

/** The bytes from `offset` on; null where the file is shorter. */
const bytesFrom = (path: string, offset: number): Buffer | null => {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return offset === 0 ? Buffer.alloc(0) : null;
    throw error;
  }
  try {
    const size = fstatSync(file).size;
    if (size < offset) return null;
    return readAt(file, offset, size);
  } finally {
    closeSync(file);
  }
};

/**
 * The lines of `bytes`, which begin at `since`. What follows the last newline may be another
 * console's line on its way, and an unreadable last line a torn one: both stay ahead of the cursor,
 * so that a cursor never stands behind what `openDecisions` takes away.
 */
const readLines = (bytes: Buffer, since: DecisionCursor): Omit<DecisionReading, 'restarted'> => {
  const decisions: Decision[] = [];
  const flaws: DecisionFlaw[] = [];
  const hashes: (string | null)[] = [];
  let { offset, lines, head } = since;
  let pending: DecisionFlaw[] = [];
  let [from, unreadable] = [0, 0];
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, from)) {
    const found = readLine(bytes.toString('utf8', from, end));
    from = end + 1;
    const number = lines + unreadable + 1;
    if (found.found === 'unreadable') {
      unreadable += 1;
      pending.push(flawAt(number, 'unreadable'));
      continue;
    }
    flaws.push(...pending);
    hashes.push(...pending.map(() => null));
    pending = [];
    const line = found.found === 'decision' ? found.decision : found;
    if (found.found === 'decision') decisions.push(found.decision);
    else flaws.push(flawAt(number, found.found));
    if (line.prev !== head) flaws.push(flawAt(number, 'chain'));
    hashes.push(line.hash);
    head = line.hash ?? NO_LINE_BEFORE;
    [lines, unreadable, offset] = [number, 0, since.offset + from];
  }
  return { decisions, flaws, hashes, cursor: { offset, lines, head } };
};

/**
 * The decisions after `since`, oldest first, without a lock: for following another console. Lines
 * that are not intact are left out and named in `flaws`. Restarts from the beginning where the file
 * no longer continues what was read. Reads no more than what is new.
 */
export const readDecisions = (
  folder: CaseFolder,
  since: DecisionCursor = LOG_START,
): DecisionReading => {
  try {
    const bytes = bytesFrom(folder.decisions, since.offset);
    const reading = bytes === null ? null : readLines(bytes, since);
    const continues =
      reading !== null &&
      !reading.flaws.some(({ line, flaw }) => line === since.lines + 1 && flaw !== 'unknown');
    if (reading !== null && (continues || since.offset === 0)) {
      return { restarted: false, ...reading };
    }
    return {
      restarted: true,
      ...readLines(bytesFrom(folder.decisions, 0) ?? Buffer.alloc(0), LOG_START),
    };
  } catch (error) {
    throw diskProblem(error, `${folder.decisions} could not be read`);
  }
};
