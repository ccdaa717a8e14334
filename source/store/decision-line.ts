import { createHash } from 'node:crypto';
import type { Decision } from '../domain/verdicts/decision.ts';
import { GAP_KINDS } from '../domain/exposure/exposure.ts';
import { isObject } from '../domain/json.ts';
import type { JsonObject } from '../domain/json.ts';
import { canonicalJson } from './canonical-json.ts';

/** `prev` of the first line. */
export const NO_LINE_BEFORE = '0'.repeat(64);

/** SHA-256, in hex, over the canonical line without its `hash`; its `prev` is in it. */
export const hashOf = (line: object): string => {
  const content: Record<string, unknown> = { ...line };
  delete content['hash'];
  return createHash('sha256').update(canonicalJson(content)).digest('hex');
};

/** The line with its hash, as it is written, without the newline. */
export const writtenLine = (decision: Decision): string => canonicalJson(decision);

const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';

const isNote = (value: unknown): boolean =>
  isObject(value) &&
  typeof value['key'] === 'string' &&
  typeof value['records'] === 'number' &&
  typeof value['digest'] === 'string';

const isSyncNote = (value: unknown): boolean =>
  isObject(value) && typeof value['key'] === 'string' && typeof value['syncs'] === 'number';

const isTarget = (value: unknown): boolean =>
  isObject(value) &&
  typeof value['session'] === 'string' &&
  typeof value['whole'] === 'boolean' &&
  Array.isArray(value['contexts']) &&
  value['contexts'].every(isNote);

const isAct = (line: JsonObject): boolean => {
  switch (line['act']) {
    case 'mark':
      return (
        [null, 'malicious', 'benign'].includes(line['verdict'] as string | null) &&
        Array.isArray(line['targets']) &&
        line['targets'].every(isTarget)
      );
    case 'undo':
    case 'redo':
      return typeof line['of'] === 'string';
    case 'window':
      return ['mailbox', 'from', 'to'].every((key) => isTextOrNull(line[key]));
    case 'rebut':
      return (
        ['mailbox', 'from', 'to'].every((key) => typeof line[key] === 'string') &&
        [undefined, ...GAP_KINDS].some((kind) => kind === line['kind']) &&
        typeof line['rebutted'] === 'boolean'
      );
    case 'rebutSync':
      return (
        typeof line['mailbox'] === 'string' &&
        typeof line['syncs'] === 'number' &&
        (line['contexts'] === undefined ||
          (Array.isArray(line['contexts']) && line['contexts'].every(isSyncNote))) &&
        typeof line['rebutted'] === 'boolean'
      );
    case 'contain':
      return ['mailbox', 'sessions', 'consents', 'rules', 'delegations', 'by'].every((key) =>
        isTextOrNull(line[key]),
      );
    case 'withdraw':
      return typeof line['source'] === 'string';
    default:
      return false;
  }
};

const isSigned = (line: JsonObject): boolean =>
  ['at', 'analyst', 'console', 'prev', 'hash'].every((key) => typeof line[key] === 'string') &&
  isTextOrNull(line['reason']);

const isDecision = (line: JsonObject): line is JsonObject & Decision =>
  isSigned(line) && isAct(line);

/** unreadable: not JSON. altered: its hash is not its own. unknown: intact, but not for this version. */
export type LineFound =
  | { readonly found: 'decision'; readonly decision: Decision }
  | {
      readonly found: 'altered' | 'unknown';
      readonly hash: string | null;
      readonly prev: string | null;
    }
  | { readonly found: 'unreadable' };

/** What the next line is to name as its `prev`; null: the line is not readable. */
export const headOf = (line: LineFound): string | null => {
  if (line.found === 'unreadable') return null;
  return (line.found === 'decision' ? line.decision.hash : line.hash) ?? NO_LINE_BEFORE;
};

const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Reads a line without its newline. */
export const readLine = (text: string): LineFound => {
  let line: unknown;
  try {
    line = JSON.parse(text);
  } catch {
    return { found: 'unreadable' };
  }
  if (!isObject(line)) return { found: 'unreadable' };
  if (line['hash'] === hashOf(line) && isDecision(line))
    return { found: 'decision', decision: line };
  return {
    found: line['hash'] === hashOf(line) ? 'unknown' : 'altered',
    hash: textOrNull(line['hash']),
    prev: textOrNull(line['prev']),
  };
};
