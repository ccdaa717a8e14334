import { hash } from 'node:crypto';
import { isObject, type JsonObject } from '../domain/json.ts';
import { canonicalJson } from './canonical-json.ts';

/**
 * `checks` of case.json: the first 16 digits of the SHA-256 over the canonical JSON of each of its
 * other keys; of a list one for each entry, so that it can be said which was changed.
 */
export interface CaseChecks {
  readonly [key: string]: string | readonly string[];
}

/** What of case.json is not as mia wrote it. */
export interface ChangedPart {
  /** Its key in case.json. */
  readonly key: string;
  /** In words, for the analyst. May hold names out of the file. */
  readonly text: string;
}

const KEY = 'checks';

const checkOf = (value: unknown): string => hash('sha256', canonicalJson(value)).slice(0, 16);

const checkedKeys = (file: object): readonly (readonly [string, unknown])[] =>
  Object.entries(file).filter(([key, value]) => key !== KEY && value !== undefined);

export const checksOf = (file: object): CaseChecks =>
  Object.fromEntries(
    checkedKeys(file).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.map(checkOf) : checkOf(value),
    ]),
  );

/** How an entry of a list is called: a source by its file, a fetch or lookup by its id. */
const nameOf = (entry: unknown, at: number): string => {
  const named = isObject(entry) ? (entry['file'] ?? entry['id'] ?? entry['text']) : undefined;
  return typeof named === 'string' ? named : `entry ${at + 1}`;
};

const changedEntries = (
  key: string,
  entries: readonly unknown[],
  checks: readonly unknown[],
): readonly ChangedPart[] => {
  const left = new Map<unknown, number>();
  for (const check of checks) left.set(check, (left.get(check) ?? 0) + 1);
  const changed: string[] = [];
  for (const [at, entry] of entries.entries()) {
    const found = left.get(checkOf(entry)) ?? 0;
    if (found > 0) left.set(checkOf(entry), found - 1);
    else changed.push(nameOf(entry, at));
  }
  const unmatched = [...left.values()].reduce((sum, count) => sum + count, 0);
  const gone = unmatched - changed.length;
  const parts = changed.map((name) => ({ key, text: `${key}: ${name} is not as it was written` }));
  if (gone > 0) parts.push({ key, text: `${key}: ${gone} taken out` });
  const inOrder = entries.every((entry, at) => checkOf(entry) === checks[at]);
  if (parts.length === 0 && !inOrder) parts.push({ key, text: `${key}: in another order` });
  return parts;
};

/** What of case.json, as it lies on the disk, its checks do not confirm; null: it has no checks. */
export const changedParts = (file: JsonObject): readonly ChangedPart[] | null => {
  const checks = file[KEY];
  if (!isObject(checks)) return null;
  const keys = new Map(checkedKeys(file));
  const parts: ChangedPart[] = [];
  for (const [key, value] of keys) {
    const check = checks[key];
    if (Array.isArray(value) && Array.isArray(check))
      parts.push(...changedEntries(key, value, check));
    else if (check !== checkOf(value)) parts.push({ key, text: `${key} is not as it was written` });
  }
  for (const key of Object.keys(checks))
    if (!keys.has(key)) parts.push({ key, text: `${key} is gone` });
  return parts;
};
