import type { JsonValue } from '../json.ts';

/** Numbers also come as strings (Elastic) and as 1156492.00. */
export const statedNumber = (value: JsonValue | undefined): number | null => {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? Math.trunc(read) : null;
};

/** No field that we read is negative or beyond 2^53: what is says nothing. */
export const whole = (value: JsonValue | undefined): number | null => {
  const read = statedNumber(value);
  return read !== null && read >= 0 && Number.isSafeInteger(read) ? read : null;
};

/** Sums of counts stay exact below this; no record has ever declared so many. */
export const MOST_COUNTED = 2 ** 31 - 1;

/** A count of items beyond all reason still is more than are listed (`domain.md` 3). */
export const count = (value: JsonValue | undefined): number | null => {
  const read = statedNumber(value);
  return read === null || read < 0 ? null : Math.min(read, MOST_COUNTED);
};
