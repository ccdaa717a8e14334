import type { JsonValue } from '../../domain/json.ts';

/** One element, or one unreadable range of the file. */
export interface SplitValue {
  readonly line: number;
  /** Offsets in the stream of text. */
  readonly start: number;
  readonly end: number;
  readonly value: JsonValue;
  /** The element is an array of cells under these columns. */
  readonly columns: readonly string[] | null;
  readonly damage: string | null;
  /** Not valid UTF-8, so read in the encoding of last resort. */
  readonly misencoded: boolean;
}

export const BROKEN = 'broken JSON';
/** We hold no more than this of one record: what is longer may be whole, and is not read. */
export const TOO_LONG = 'broken JSON, or one record of more than 16 MiB, which is not read';
export const TRUNCATED = 'truncated: the file ends inside this record';
export const OPEN_END = 'truncated: the file ends before its list of records is closed';

export const unreadable = (
  line: number,
  start: number,
  end: number,
  damage: string,
): SplitValue => ({ line, start, end, value: null, columns: null, damage, misencoded: false });
