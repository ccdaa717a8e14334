import { counted } from '../../domain/count-words.ts';
import { decisionWords } from '../../domain/verdicts/decision-words.ts';
import { isNearStamp, readStamp, stampOf } from '../../domain/verdicts/stamp.ts';
import type { CaseStore } from '../../store/case-store.ts';
import { NO_LINE_BEFORE } from '../../store/decision-line.ts';
import { type DecisionCheck, verifyDecisions } from '../../store/decision-log.ts';
import type { Finding, VerifyOptions } from './finding.ts';

export const AFFIRM = 'If it is as you want it, `mia verify --affirm` notes that in your name';

const wrong = (text: string): Finding => ({ of: 'decisions', ok: false, text });
const fine = (text: string): Finding => ({ of: 'decisions', ok: true, text });
const noted = (text: string): Finding => ({ of: 'decisions', ok: true, note: true, text });

const lineFindings = function* (check: DecisionCheck): Generator<Finding> {
  for (const flaw of check.flaws) yield wrong(`line ${flaw.line} ${flaw.text}`);
  if (check.tornBytes > 0) yield wrong(`${check.tornBytes} bytes at the end are no whole line`);
  if (check.end !== null) yield wrong(`${check.end.text}. ${AFFIRM}`);
  for (const file of check.tornFiles) yield noted(`a torn end was moved aside to ${file}`);
};

/** Where a head that was kept elsewhere stands among the decisions. */
const headFinding = ({ hashes }: DecisionCheck, wanted: string): Finding => {
  const head = wanted.toLowerCase();
  const total = hashes.length;
  if (head === NO_LINE_BEFORE)
    return fine(
      `${wanted} stands before the first decision: ${counted(total, 'decision')} were added since`,
    );
  const at = hashes.findLastIndex((hash) => hash?.startsWith(head) === true);
  if (at === -1)
    return wrong(`${wanted} is not in this case: it is none of its ${counted(total, 'decision')}`);
  const number = at + 1;
  if (number === total) return fine(`${wanted} is the last decision, number ${number}`);
  return fine(`${wanted} is decision ${number} of ${total}: ${total - number} were added since`);
};

/** Targets of a decision that are named. */
const NAMED = 3;

/** Where a stamp stands among the decisions, and which one that is. */
const stampFinding = (store: CaseStore, { hashes }: DecisionCheck, typed: string): Finding => {
  const read = readStamp(typed);
  if ('problem' in read) return wrong(`${typed} is no stamp: ${read.problem}`);
  const { stamp, fits } = read;
  const total = hashes.length;
  const at = hashes.findLastIndex((hash) => hash !== null && stampOf(hash) === stamp);
  const near = hashes.findLastIndex((hash) => hash !== null && isNearStamp(stampOf(hash), stamp));
  if (!fits && near >= 0)
    return wrong(
      `stamp ${stamp} is mistyped, and but for that is decision ${near + 1} of ${total}, which has ${stampOf(hashes[near] ?? '')}: compare it once more`,
    );
  if (!fits)
    return wrong(
      `stamp ${stamp} is mistyped: one of its characters is wrong, or two changed places. Have it read out once more`,
    );
  if (at === -1)
    return wrong(
      `stamp ${stamp} is not of this case: it is none of its ${counted(total, 'decision')}`,
    );
  const decision = store.decisions.find(({ hash }) => hash === hashes[at]);
  const what = decision === undefined ? 'not readable' : decisionWords(decision, NAMED);
  const since = total - at - 1;
  const after =
    since === 0 ? 'the last one' : `${since} ${since === 1 ? 'was' : 'were'} added since`;
  return fine(`stamp ${stamp} is decision ${at + 1} of ${total}, ${after}: ${what}`);
};

/** decisions.jsonl, line by line and its end. `kept`: what was noted of it elsewhere. */
export function* decisionFindings(
  store: CaseStore,
  { head, stamp }: Pick<VerifyOptions, 'head' | 'stamp'>,
): Generator<Finding> {
  const check = verifyDecisions(store.folder);
  const flaws = [...lineFindings(check)];
  yield* flaws;
  const { anchoredSince } = store.caseFile;
  if (anchoredSince !== null && anchoredSince.decisions > 0) {
    const { at, decisions } = anchoredSince;
    yield noted(
      `decisions.head is there since ${at}, from ${counted(decisions, 'decision')} on: that none was lost before then is not known`,
    );
  }
  if (flaws.every(({ ok }) => ok))
    yield fine(
      `${counted(check.decisions, 'decision')}, each follows from the one before, and none is missing at the end; head ${check.head}`,
    );
  if (head !== undefined) yield headFinding(check, head);
  if (stamp !== undefined) yield stampFinding(store, check, stamp);
}

/** What was found before, and what was affirmed of it. */
export function* affirmFindings({ caseFile }: CaseStore): Generator<Finding> {
  for (const { of, text } of caseFile.toAffirm)
    yield {
      of: of === 'decisions' ? of : 'case',
      ok: false,
      text: `found before: ${text}. ${AFFIRM}`,
    };
  for (const { of, text, at, analyst } of caseFile.affirmed)
    yield {
      of: of === 'decisions' ? of : 'case',
      ok: true,
      note: true,
      text: `affirmed by ${analyst} at ${at}: ${text}`,
    };
}
