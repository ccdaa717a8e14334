import type { Row } from '../domain/records/row.ts';
import type { Layout } from '../formats/format.ts';
import { openRows, type RowReader } from '../formats/open-rows.ts';
import { DamagedInput } from './inputs/input.ts';

/** What a format is recognised by. */
const HEAD_BYTES = 256 * 1024;
/** What is looked at where the first records are damaged, or larger than that: four times as much each time. */
const LONGEST_HEAD = 64 << 20;
const GROWTH = 4;

export type Reading =
  | { readonly read: 'recognised'; readonly reader: RowReader }
  | { readonly read: 'unrecognised'; readonly problem: string; readonly more: boolean }
  | { readonly read: 'rows'; readonly rows: Iterable<Row>; readonly chunk: Uint8Array }
  /** The content ended before its time; all that was readable came before. */
  | { readonly read: 'cutShort'; readonly reason: string };

/**
 * Reads a file as rows: first which format it is (or why none), then the rows of one chunk after
 * another. `rows` are lazy, and must be taken before the next reading is asked for. `known`: facts of
 * its layout that an earlier reading proved.
 */
export async function* readRows(
  content: AsyncIterable<Uint8Array>,
  known?: Layout['facts'],
): AsyncGenerator<Reading> {
  const head: Uint8Array[] = [];
  let headBytes = 0;
  let wanted = HEAD_BYTES;
  let reader: RowReader | null = null;
  let cutShort: string | null = null;
  let damage: string | null = null;
  const recognise = (whole: boolean): Reading => {
    const opened = openRows(Buffer.concat(head), whole, known);
    if ('problem' in opened) {
      // Of a damaged archive it is the damage that matters, not what the little that is left looks like.
      return { read: 'unrecognised', problem: damage ?? opened.problem, more: opened.more };
    }
    reader = opened.reader;
    return { read: 'recognised', reader };
  };
  try {
    for await (const chunk of content) {
      if (reader !== null) {
        yield { read: 'rows', rows: (reader as RowReader).push(chunk), chunk };
        continue;
      }
      head.push(chunk);
      headBytes += chunk.length;
      if (headBytes < wanted) continue;
      const recognised = recognise(false);
      if (recognised.read === 'unrecognised' && recognised.more && headBytes < LONGEST_HEAD) {
        wanted = headBytes * GROWTH;
        continue;
      }
      yield recognised;
      if (recognised.read !== 'recognised') return;
      for (const early of head)
        yield { read: 'rows', rows: recognised.reader.push(early), chunk: early };
      head.length = 0;
    }
  } catch (error) {
    if (!(error instanceof DamagedInput)) throw error;
    cutShort = `${error.message} ${error.hint}`.trim();
    damage = `${error.message} No row could be read. Get the file again from where it came from.`;
  }
  if (reader === null) {
    const recognised = recognise(true);
    yield recognised;
    if (recognised.read !== 'recognised') return;
    for (const early of head)
      yield { read: 'rows', rows: recognised.reader.push(early), chunk: early };
    yield { read: 'rows', rows: recognised.reader.end(), chunk: new Uint8Array() };
  } else {
    yield { read: 'rows', rows: (reader as RowReader).end(), chunk: new Uint8Array() };
  }
  if (cutShort !== null) yield { read: 'cutShort', reason: cutShort };
}
