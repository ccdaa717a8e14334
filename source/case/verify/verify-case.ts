import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import type { Source } from '../../domain/records/source.ts';
import { verifyEvidence } from '../../store/evidence.ts';
import type { CaseStore } from '../../store/case-store.ts';
import type { Finding, VerifyOptions } from './finding.ts';
import { caseFindings } from './case-findings.ts';
import { affirmFindings, decisionFindings } from './decision-findings.ts';
import { lookupFindings } from './task-findings.ts';
import { manifestFindings } from './task-findings.ts';
import { recordsFindings } from './records-findings.ts';

const hashOnDisk = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
};

const evidenceFinding = async (store: CaseStore, source: Source): Promise<Finding> => {
  const bad = (text: string): Finding => ({
    of: 'evidence',
    ok: false,
    text: `${source.file}: ${text}`,
  });
  if (source.kept) {
    const problem = await verifyEvidence(store.folder, source.sha256);
    if (problem !== null) return bad(`${problem.message} ${problem.hint}`);
  } else {
    const path = source.path ?? '';
    if (!existsSync(path)) return bad(`${path} is gone (it was imported with --no-keep)`);
    if ((await hashOnDisk(path)) !== source.sha256) return bad(`${path} is not what was imported`);
  }
  return { of: 'evidence', ok: true, text: `${source.file}: SHA-256 ${source.id}… as noted` };
};

/**
 * `mia verify`: decisions, evidence, case.json, and that records.db says what its sources say.
 * @throws nothing that a damaged case can cause.
 */
export async function* verifyCase(
  store: CaseStore,
  now: () => string,
  { quick = false, ...kept }: VerifyOptions,
): AsyncGenerator<Finding> {
  store.refresh();
  yield* decisionFindings(store, kept);
  yield* affirmFindings(store);
  for (const source of store.caseFile.sources) yield await evidenceFinding(store, source);
  yield* caseFindings(store);
  yield* lookupFindings(store.folder);
  yield* manifestFindings(store.folder);
  yield* recordsFindings(store, now, quick);
}
