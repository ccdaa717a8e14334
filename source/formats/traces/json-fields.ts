import type { JsonValue } from '../../domain/json.ts';
import { receivedAt } from '../dates/local-time.ts';

/** A JSON value as a cell of a table would hold it. */
export const cellOf = (value: JsonValue | undefined): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** The time of an element, for `traceContent`. */
export const jsonReceivedAt = (
  value: JsonValue | undefined,
  order: JsonValue | undefined,
): ReturnType<typeof receivedAt> => receivedAt(cellOf(value), order);
