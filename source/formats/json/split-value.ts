import type { JsonValue } from '../../domain/json.ts';

/** One element, or one unreadable stretch of the file. */
export interface SplitValue {
  readonly line: number;
  /** Offsets in the stream of text. */
  readonly start: number;
  readonly end: number;
  readonly value: JsonValue;
  /** The element is an array of cells under these columns. */
  readonly columns: readonly string[] | null;
  readonly damage: string | null;
}
