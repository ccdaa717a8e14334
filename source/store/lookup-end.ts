import { counted } from '../domain/count-words.ts';
import { changeHeldCaseFile, readCaseFile } from './case-file.ts';
import type { CaseFolder } from './case-folder.ts';
import type { LookupReading } from './lookup-log.ts';
import { readAnchor, writeAnchor } from './log-anchor.ts';

/** How the end of lookups.jsonl differs from what lookups.head says. */
export interface LookupEnd {
  /** false: lookups are missing or were replaced. true: what may be, and has to be said. */
  readonly ok: boolean;
  readonly text: string;
}

type Read = Pick<LookupReading, 'lines' | 'cursor'>;

/** null: they agree, or there is nothing to agree on. */
export const endOfLookups = (folder: CaseFolder, { lines, cursor }: Read): LookupEnd | null => {
  const found = readAnchor(folder.lookupsHead);
  if (found.found !== 'anchor') {
    if (lines === 0) return null;
    const old = found.found === 'absent' && readCaseFile(folder).anchoredSince === null;
    const is = found.found === 'absent' ? 'is not there' : 'is damaged';
    const text = `lookups.head ${is}: whether lookups are missing behind the ${lines} of lookups.jsonl is not known`;
    return { ok: old, text };
  }
  const { anchor } = found;
  if (anchor.lines === lines && anchor.head === cursor.head) return null;
  if (lines === 0) {
    const text = `lookups.jsonl is not there: its ${counted(anchor.lines, 'lookup')} count as not looked up`;
    return { ok: true, text };
  }
  if (lines > anchor.lines) {
    const text = `${counted(lines - anchor.lines, 'lookup')} at the end of lookups.jsonl not in lookups.head: mia was stopped while it kept them, or somebody else added them`;
    return { ok: true, text };
  }
  const what =
    lines < anchor.lines
      ? `${counted(anchor.lines - lines, 'lookup')} of lookups.jsonl missing at its end, or an older copy was put back`
      : 'the last lookup of lookups.jsonl is not the one that lookups.head names';
  return { ok: false, text: `${what}; such messages count as not looked up` };
};

/**
 * Before lookups are added, holding the lock: how many there are. What is wrong goes into case.json,
 * because the next head will cover it. `head`: of the last line; `read`: the whole log, if need be.
 */
export const lookupsToAnchor = (folder: CaseFolder, head: string, read: () => Read): number => {
  const found = readAnchor(folder.lookupsHead);
  if (found.found === 'anchor' && found.anchor.head === head) return found.anchor.lines;
  const reading = read();
  const end = endOfLookups(folder, reading);
  if (end !== null && !end.ok) {
    const finding = { of: 'lookups', text: end.text } as const;
    changeHeldCaseFile(folder, (before) => ({
      ...before,
      toAffirm: [...before.toAffirm, finding],
    }));
  }
  return reading.lines;
};

export const anchorLookups = (folder: CaseFolder, lines: number, head: string): void =>
  writeAnchor(folder.lookupsHead, { lines, head });
