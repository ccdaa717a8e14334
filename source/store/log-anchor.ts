import { closeSync, fdatasyncSync, openSync } from 'node:fs';
import { diskProblem } from './disk-problem.ts';
import { sha256OfBytes } from './sha256.ts';
import { readWhole, replaceWhole, writeAll } from './whole-file.ts';

/** Where a log ends: how many lines it has, and the hash that the last one states. */
export interface LogAnchor {
  readonly lines: number;
  readonly head: string;
}

/** An anchor as read. absent: no file. damaged: neither of its two lines is what was written. */
export type AnchorFound =
  | { readonly found: 'anchor'; readonly anchor: LogAnchor }
  | { readonly found: 'absent' | 'damaged' };

interface Slot extends LogAnchor {
  /** Grows with each write: the valid slot with the higher one counts. */
  readonly turn: number;
}

/** Bytes of a slot, its newline among them: within a disk's sector, so that it is seldom torn. */
const SLOT_BYTES = 128;
const SLOTS = 2;

const textOf = ({ turn, lines, head }: Slot): string => {
  const content = `${turn} ${lines} ${head}`;
  const check = sha256OfBytes(Buffer.from(content)).slice(0, 16);
  return `${`${content} ${check}`.padEnd(SLOT_BYTES - 1)}\n`;
};

const SLOT_TEXT = /^(\d{1,15}) (\d{1,15}) ([0-9a-f]{16,64}) [0-9a-f]{16} *\n$/;

const slotOf = (text: string): Slot | null => {
  const [, turn, lines, head] = SLOT_TEXT.exec(text) ?? [];
  if (turn === undefined || lines === undefined || head === undefined) return null;
  const slot = { turn: Number(turn), lines: Number(lines), head };
  return textOf(slot) === text ? slot : null;
};

const slotsIn = (text: string): readonly (Slot | null)[] =>
  Array.from({ length: SLOTS }, (_, at) =>
    slotOf(text.slice(at * SLOT_BYTES, (at + 1) * SLOT_BYTES)),
  );

const newestOf = (slots: readonly (Slot | null)[]): Slot | null =>
  slots.reduce(
    (newest, slot) => (slot !== null && slot.turn > (newest?.turn ?? -1) ? slot : newest),
    null,
  );

export const readAnchor = (path: string): AnchorFound => {
  let text: string | null;
  try {
    text = readWhole(path);
  } catch (error) {
    throw diskProblem(error, `${path} could not be read`);
  }
  if (text === null) return { found: 'absent' };
  const newest = newestOf(slotsIn(text));
  if (newest === null) return { found: 'damaged' };
  return { found: 'anchor', anchor: { lines: newest.lines, head: newest.head } };
};

/**
 * Writes where the log ends now; on the disk when this returns. For whoever holds the lock. The file
 * has two lines of fixed length, written in turn: whatever moment a crash meets, one of them is
 * whole. In place, because that needs one flush and no room on the disk, where a new file under
 * another name would cost three flushes with each decision.
 */
export const writeAnchor = (path: string, { lines, head }: LogAnchor): void => {
  const text = readWhole(path);
  const slots = slotsIn(text ?? '');
  const newest = newestOf(slots);
  const fresh = textOf({ turn: (newest?.turn ?? 0) + 1, lines, head });
  if (newest === null || text?.length !== SLOTS * SLOT_BYTES) {
    replaceWhole(path, fresh + `${' '.repeat(SLOT_BYTES - 1)}\n`);
    return;
  }
  const at = slots.indexOf(newest) === 0 ? 1 : 0;
  const file = openSync(path, 'r+');
  try {
    writeAll(file, Buffer.from(fresh), at * SLOT_BYTES);
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
};
