import { forTerminal } from '../domain/terminal-text.ts';
import { changedInCaseFile, isByHand } from '../store/case-file.ts';
import type { OpenedDecisions } from '../store/decision-log.ts';
import type { CaseStore } from '../store/case-store.ts';

/** What everybody has to know who looks at this case, in words for a terminal. */
export const noticesOf = (open: CaseStore, { torn, end }: OpenedDecisions): readonly string[] => {
  const changed = (changedInCaseFile(open.folder) ?? []).filter((part) => !isByHand(part));
  const toAffirm = [
    ...(end === null ? [] : [end.text]),
    ...changed.map(({ text }) => `case.json, ${text}`),
    ...open.caseFile.toAffirm.map(({ text }) => text),
  ];
  return [
    ...open.folder.remarks.map((remark) => `${forTerminal(remark)}.`),
    ...open.flaws.map((flaw) => `${flaw.text}.`),
    ...(torn === null ? [] : [torn.notice]),
    ...toAffirm.map((text) => `${forTerminal(text)}. See mia verify.`),
  ];
};
