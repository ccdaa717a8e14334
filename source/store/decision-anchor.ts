import { existsSync } from 'node:fs';
import { counted } from '../domain/count-words.ts';
import { decisionWords } from '../domain/verdicts/decision-words.ts';
import { changeHeldCaseFile, keepFinding, readCaseFile } from './case-file.ts';
import type { CaseFolder } from './case-folder.ts';
import { NO_LINE_BEFORE } from './decision-line.ts';
import { type DecisionReading, readDecisions } from './decision-reading.ts';
import { type AnchorFound, readAnchor, writeAnchor } from './log-anchor.ts';

/** How the end of decisions.jsonl differs from what decisions.head says of it. */
export interface EndFlaw {
  readonly flaw: 'oneMore' | 'more' | 'fewer' | 'replaced' | 'unanchored';
  /** Decisions concerned, as far as it can be said. */
  readonly decisions: number;
  /** For the analyst; may hold names out of the log. */
  readonly text: string;
}

const longer = (reading: DecisionReading, added: number): EndFlaw => {
  const { lines } = reading.cursor;
  if (added > 1) {
    const text = `decisions.jsonl has ${counted(lines, 'line')}, decisions.head says ${lines - added}: ${counted(added, 'decision')} at its end were added by something else than mia`;
    return { flaw: 'more', decisions: added, text };
  }
  const last = reading.decisions.find(({ hash }) => hash === reading.cursor.head);
  const text = `decisions.jsonl, line ${lines} (${last === undefined ? 'not readable' : decisionWords(last)}) is not in decisions.head: mia was stopped while it was kept, or somebody else added it`;
  return { flaw: 'oneMore', decisions: 1, text };
};

/** null: they agree. For a case in which an anchor has to be there. */
const compare = (found: AnchorFound, reading: DecisionReading): EndFlaw | null => {
  const { lines, head } = reading.cursor;
  if (found.found !== 'anchor') {
    const is = found.found === 'absent' ? 'is not there' : 'is damaged';
    const text = `decisions.head ${is}: whether decisions are missing behind the ${counted(lines, 'decision')} of decisions.jsonl is not known`;
    return { flaw: 'unanchored', decisions: lines, text };
  }
  const { anchor } = found;
  if (anchor.lines === lines && anchor.head === head) return null;
  if (lines < anchor.lines) {
    const missing = anchor.lines - lines;
    const text = `decisions.jsonl has ${counted(lines, 'line')}, decisions.head says ${anchor.lines}: ${counted(missing, 'decision')} ${missing === 1 ? 'is' : 'are'} missing, or an older copy was put back`;
    return { flaw: 'fewer', decisions: missing, text };
  }
  const before = anchor.lines === 0 ? NO_LINE_BEFORE : reading.hashes[anchor.lines - 1];
  if (before === anchor.head) return longer(reading, lines - anchor.lines);
  const since = lines - anchor.lines + 1;
  const text = `decisions.jsonl, line ${anchor.lines} is not the decision that decisions.head names: at least ${counted(since, 'decision')} at its end ${since === 1 ? 'was' : 'were'} changed or replaced`;
  return { flaw: 'replaced', decisions: since, text };
};

const isAnchored = (folder: CaseFolder): boolean => readCaseFile(folder).anchoredSince !== null;

/** What is wrong with the end of the decisions; null where nothing is, or there is no anchor yet. */
export const endFlawOf = (folder: CaseFolder, reading: DecisionReading): EndFlaw | null => {
  const found = readAnchor(folder.decisionsHead);
  const flaw = compare(found, reading);
  return flaw !== null && found.found === 'absent' && !isAnchored(folder) ? null : flaw;
};

const anchorAt = (folder: CaseFolder, { cursor }: DecisionReading): void =>
  writeAnchor(folder.decisionsHead, { lines: cursor.lines, head: cursor.head });

/**
 * At an opening that may write, holding the lock: a case that has no anchor gets one, and case.json
 * says since when and from which number on.
 */
export const beginAnchor = (
  folder: CaseFolder,
  reading: DecisionReading,
  at: string,
): EndFlaw | null => {
  const found = readAnchor(folder.decisionsHead);
  const flaw = compare(found, reading);
  if (isAnchored(folder)) return flaw;
  if (found.found === 'absent') anchorAt(folder, reading);
  else if (flaw !== null) return flaw;
  // Where case.json was lost, that has to be seen.
  if (!existsSync(folder.caseFile)) return null;
  // An anchor that is there was made with the first decision: a case made in the console has it so.
  const decisions = found.found === 'absent' ? reading.cursor.lines : 0;
  changeHeldCaseFile(folder, (before) => ({ ...before, anchoredSince: { at, decisions } }));
  return null;
};

/**
 * Before a decision is added, holding the lock: how many lines there are. What is wrong with the end
 * goes into case.json first, because the next anchor will cover it. `head`: of the last line.
 */
export const linesToAnchor = (folder: CaseFolder, head: string): number => {
  const found = readAnchor(folder.decisionsHead);
  if (found.found === 'anchor' && found.anchor.head === head) return found.anchor.lines;
  const reading = readDecisions(folder);
  const flaw = endFlawOf(folder, reading);
  if (flaw !== null) keepFinding(folder, { of: 'decisions', text: flaw.text });
  anchorAt(folder, reading);
  return reading.cursor.lines;
};
