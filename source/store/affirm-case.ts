import { type Affirmed, changeHeldCaseFile, type ToAffirm } from './case-file.ts';
import type { CaseFolder } from './case-folder.ts';
import { withCaseLock } from './case-lock.ts';
import { endFlawOf } from './decision-anchor.ts';
import { readDecisions } from './decision-reading.ts';
import { writeAnchor } from './log-anchor.ts';
import { anchorLookups, endOfLookups, LOOKUPS_START, readLookups, UNREAD } from './lookup-log.ts';

/**
 * An analyst stands in for what mia did not write: the end of the decisions as it is now becomes
 * what decisions.head says, case.json gets checks of what it says now, and both that and what was
 * found before is kept in case.json as affirmed, by whom and when. What was affirmed; nothing is
 * changed where there is nothing to affirm.
 */
export const affirmCase = (
  folder: CaseFolder,
  { at, analyst }: Pick<Affirmed, 'at' | 'analyst'>,
): readonly Affirmed[] =>
  withCaseLock(folder, () => {
    const reading = readDecisions(folder);
    const end = endFlawOf(folder, reading);
    const lookups = readLookups(folder, LOOKUPS_START, UNREAD);
    const lookupsEnd = endOfLookups(folder, lookups);
    // What is wrong with case.json itself is taken up by its next change.
    const { toAffirm } = changeHeldCaseFile(folder, (before) => before);
    const found: ToAffirm[] = [
      ...toAffirm,
      ...(end === null ? [] : [{ of: 'decisions', text: end.text } as const]),
    ];
    if (lookupsEnd?.ok === false) found.push({ of: 'lookups', text: lookupsEnd.text });
    if (found.length === 0) return [];
    const added = found.map((one) => ({ ...one, at, analyst }));
    if (end !== null) {
      const { lines, head } = reading.cursor;
      writeAnchor(folder.decisionsHead, { lines, head });
    }
    if (lookupsEnd !== null) anchorLookups(folder, lookups.lines, lookups.cursor.head);
    changeHeldCaseFile(folder, (before) => ({
      ...before,
      toAffirm: [],
      affirmed: [...before.affirmed, ...added],
    }));
    return added;
  });
