import { isObject } from '../domain/json.ts';

const sorted = (_key: string, value: unknown): unknown =>
  isObject(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/**
 * One spelling per value: keys sorted, no space (Python: json.dumps(x, sort_keys=True,
 * separators=(',', ':'), ensure_ascii=False)), so that anyone can compute the hashes.
 */
export const canonicalJson = (value: unknown): string => JSON.stringify(value, sorted);
