import { fstatSync } from 'node:fs';
import type { Decision } from '../domain/verdicts/decision.ts';
import { type LogPosition, readLines, readLog } from './append-log.ts';
import type { CaseFolder } from './case-folder.ts';
import { headOf, NO_LINE_BEFORE, readLine } from './decision-line.ts';
import { doing } from './disk-problem.ts';

/** A position between two lines of decisions.jsonl. */
export interface DecisionCursor extends LogPosition {
  /** Lines before it. */
  readonly lines: number;
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

/**
 * The lines from `since` to `end`. What follows the last newline may be another console's line on its
 * way, and an unreadable last line a torn one: both stay ahead of the cursor, so that a cursor never
 * stands behind what `openDecisions` takes away.
 */
const readFrom = (
  file: number,
  since: DecisionCursor,
  end: number,
): Omit<DecisionReading, 'restarted'> => {
  const decisions: Decision[] = [];
  const flaws: DecisionFlaw[] = [];
  const hashes: (string | null)[] = [];
  let pending: DecisionFlaw[] = [];
  const { position } = readLines(file, since, end, (text, before) => {
    const found = readLine(text);
    const number = since.lines + hashes.length + pending.length + 1;
    if (found.found === 'unreadable') {
      pending.push(flawAt(number, 'unreadable'));
      return null;
    }
    flaws.push(...pending);
    hashes.push(...pending.map(() => null));
    pending = [];
    const line = found.found === 'decision' ? found.decision : found;
    if (found.found === 'decision') decisions.push(found.decision);
    else flaws.push(flawAt(number, found.found));
    if (line.prev !== before) flaws.push(flawAt(number, 'chain'));
    hashes.push(line.hash);
    return headOf(found);
  });
  const cursor = { ...position, lines: since.lines + hashes.length };
  return { decisions, flaws, hashes, cursor };
};

/**
 * The decisions after `since`, oldest first, without a lock: for following another console. Lines
 * that are not intact are left out and named in `flaws`. Restarts from the beginning where the file
 * no longer continues what was read. Reads no more than what is new.
 */
export const readDecisions = (
  folder: CaseFolder,
  since: DecisionCursor = LOG_START,
): DecisionReading =>
  doing(`${folder.decisions} could not be read`, () => {
    const restarted = since.offset > 0;
    const read = (file: number): DecisionReading => {
      const { size } = fstatSync(file);
      if (restarted && size >= since.offset) {
        const reading = readFrom(file, since, size);
        const continues = !reading.flaws.some(
          ({ line, flaw }) => line === since.lines + 1 && flaw !== 'unknown',
        );
        if (continues) return { restarted: false, ...reading };
      }
      return { restarted, ...readFrom(file, LOG_START, size) };
    };
    const none = { restarted, decisions: [], flaws: [], hashes: [], cursor: LOG_START };
    return readLog(folder.decisions, read) ?? none;
  });
