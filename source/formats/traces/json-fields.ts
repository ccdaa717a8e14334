import type { JsonValue } from '../../domain/json.ts';
import { utcIso } from '../../domain/utc-time.ts';
import { receivedAt } from './local-time.ts';

/** A JSON value as a cell of a table would hold it. */
export const cellOf = (value: JsonValue | undefined): string =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';

/** ISO, or "/Date(1690150882000)/" as ConvertTo-Json of Windows PowerShell 5 writes it. */
export const jsonTime = (value: JsonValue | undefined): string | null => {
  const text = cellOf(value);
  const milliseconds = /^\/Date\((\d{1,15})\)\/$/.exec(text)?.[1];
  const date = milliseconds === undefined ? null : new Date(Number(milliseconds));
  if (date === null) return utcIso(text);
  return Number.isNaN(date.getTime()) ? null : utcIso(date.toISOString());
};

/** The time of an element, for `traceContent`. */
export const jsonReceivedAt = (
  value: JsonValue | undefined,
  order: JsonValue | undefined,
): ReturnType<typeof receivedAt> => {
  const time = jsonTime(value);
  return time === null ? receivedAt(cellOf(value), order) : { receivedAt: time };
};
