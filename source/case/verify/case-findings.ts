import { existsSync, readdirSync } from 'node:fs';
import { recordsDamage } from '../../domain/disk-trouble.ts';
import type { RowCounts, Source } from '../../domain/records/source.ts';
import { windowOf } from '../../domain/verdicts/mailbox-decisions.ts';
import { changedInCaseFile, isByHand, type StatedWindow } from '../../store/case-file.ts';
import { verifyEvidence } from '../../store/evidence.ts';
import type { CaseStore } from '../../store/case-store.ts';
import { countsByHash } from '../../store/records/source-counts.ts';
import type { Finding } from './finding.ts';

const wrong = (text: string): Finding => ({ of: 'case', ok: false, text });

const ROW_OUTCOMES = [
  'rows',
  'accepted',
  'sideEvents',
  'otherOperations',
  'duplicates',
  'conflicts',
  'damaged',
] as const satisfies readonly (keyof RowCounts)[];

/** The counts of case.json, which reports repeat, against the rows themselves. */
const countFindings = function* (store: CaseStore, sources: readonly Source[]): Generator<Finding> {
  let found: ReturnType<typeof countsByHash>;
  try {
    found = countsByHash(store.unjudgedDb);
  } catch (error) {
    // Said of records.db itself.
    if (recordsDamage(error) === null) throw error;
    return;
  }
  for (const source of sources) {
    const counts = found.get(source.sha256);
    if (counts === undefined) continue;
    const differing = ROW_OUTCOMES.filter((outcome) => counts[outcome] !== source[outcome]);
    const said = differing.map(
      (outcome) => `${outcome} ${source[outcome]}, and it has ${counts[outcome]}`,
    );
    if (said.length > 0) yield wrong(`case.json says of ${source.file}: ${said.join('; ')}`);
  }
};

/** Only `mia withdraw` takes a source out, and that is a decision. */
const withdrawalFindings = function* (store: CaseStore): Generator<Finding> {
  const decided = new Set(
    store.decisions.flatMap((decision) => (decision.act === 'withdraw' ? [decision.source] : [])),
  );
  for (const { withdrawn, sha256, file } of store.caseFile.sources) {
    if (withdrawn !== null && !decided.has(sha256))
      yield wrong(`case.json says that ${file} was withdrawn, and no decision says so`);
  }
};

const inWords = (window: Pick<StatedWindow, 'from' | 'to'> | null): string =>
  window === null ? 'none' : `${window.from ?? '(store)'} to ${window.to ?? '(store)'}`;

/** case.json repeats the windows that decisions set. */
const windowFindings = function* (store: CaseStore): Generator<Finding> {
  const { window, windows } = store.caseFile;
  const repeated: readonly (readonly [string | null, StatedWindow | null])[] = [
    [null, window],
    ...Object.entries(windows),
  ];
  for (const [mailbox, said] of repeated) {
    const decided = windowOf(store.state, mailbox);
    if (inWords(said) === inWords(decided)) continue;
    const whose = mailbox === null ? 'the access window' : `the access window of ${mailbox}`;
    yield wrong(
      `case.json says that ${whose} is ${inWords(said)}, the decisions say ${inWords(decided)}`,
    );
  }
};

/** What case.json says against its own checksums. A title is the analyst's to write. */
const checkFindings = function* (store: CaseStore): Generator<Finding> {
  const changed = changedInCaseFile(store.folder);
  if (changed === null && store.caseFile.anchoredSince !== null)
    yield wrong('case.json has lost its checks: what was changed in it is not known');
  for (const part of changed ?? []) {
    const text = `case.json, ${part.text}`;
    if (isByHand(part)) yield { of: 'case', ok: true, note: true, text: `${text}, by hand` };
    else yield wrong(`${text}: restore it, or affirm what it says now (mia verify --affirm)`);
  }
};

const EVIDENCE = /^([0-9a-f]{64})\.zst$/;

/**
 * Evidence is never deleted; what no source names has lost its source, or never got it: an import that
 * is killed at its end leaves its evidence and nothing else, and case.json as it was.
 */
const strayFindings = async function* (store: CaseStore): AsyncGenerator<Finding> {
  const { evidence } = store.folder;
  const named = new Set(store.caseFile.sources.map((source) => source.sha256));
  const isAsWritten = changedInCaseFile(store.folder)?.length === 0;
  for (const name of existsSync(evidence) ? readdirSync(evidence).sort() : []) {
    const sha256 = EVIDENCE.exec(name)?.[1];
    if (sha256 === undefined || named.has(sha256)) continue;
    const isWhole = (await verifyEvidence(store.folder, sha256)) === null;
    const text = `case.json names no source for evidence/${name}`;
    if (isAsWritten && isWhole)
      yield {
        of: 'case',
        ok: true,
        note: true,
        text: `${text}: its import was stopped at its end, so none of its rows count. Import the file again`,
      };
    else
      yield wrong(
        `${text}: it was taken out of case.json, or its import was killed at its end. Import the file again, or restore case.json`,
      );
  }
};

/** What case.json says against its own checks, decisions, records and evidence. */
export async function* caseFindings(store: CaseStore): AsyncGenerator<Finding> {
  const inForce = store.caseFile.sources.filter((source) => source.withdrawn === null);
  const strays: Finding[] = [];
  for await (const finding of strayFindings(store)) strays.push(finding);
  const flaws = [
    ...checkFindings(store),
    ...withdrawalFindings(store),
    ...windowFindings(store),
    ...strays,
    ...countFindings(store, inForce),
  ];
  yield* flaws;
  if (flaws.some(({ ok }) => !ok)) return;
  const text = 'case.json is as it was written, and agrees with decisions, evidence and records';
  yield { of: 'case', ok: true, text };
}
