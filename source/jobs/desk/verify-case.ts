import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../domain/problem.ts';
import type { Source } from '../../domain/source.ts';
import { verifyEvidence } from '../../store/evidence.ts';
import type { OpenCase } from '../../store/open-case.ts';
import { contentDigest } from '../../store/records/content-digest.ts';
import { openRecords } from '../../store/records/open-records.ts';
import type { Finding, VerifyOptions } from '../case-desk.ts';
import { diskWords } from '../inputs/input.ts';
import { caseFindings } from './case-findings.ts';
import { affirmFindings, decisionFindings } from './decision-findings.ts';
import { lookupFindings } from './lookup-findings.ts';
import { replayAll } from '../import/run-rebuild.ts';

const hashOnDisk = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
};

const evidenceFinding = async (open: OpenCase, source: Source): Promise<Finding> => {
  const bad = (text: string): Finding => ({
    of: 'evidence',
    ok: false,
    text: `${source.file}: ${text}`,
  });
  if (source.kept) {
    const problem = await verifyEvidence(open.folder, source.sha256);
    if (problem !== null) return bad(`${problem.message} ${problem.hint}`);
  } else {
    const path = source.path ?? '';
    if (!existsSync(path)) return bad(`${path} is gone (it was imported with --no-keep)`);
    if ((await hashOnDisk(path)) !== source.sha256) return bad(`${path} is not what was imported`);
  }
  return { of: 'evidence', ok: true, text: `${source.file}: SHA-256 ${source.id}… as noted` };
};

/** Reads all evidence into a database beside, and compares what the two say. */
const recordsFinding = async (open: OpenCase, now: () => string): Promise<Finding> => {
  const folder = await mkdtemp(join(tmpdir(), 'mia-verify-'));
  const path = join(folder, 'records.db');
  try {
    const { signal } = new AbortController();
    for await (const _ of replayAll(open.folder, path, { folder: open.folder.path, now, signal }));
    const again = openRecords(path);
    try {
      const same = contentDigest(again) === contentDigest(open.db);
      const text = same
        ? 'records.db says what its sources say'
        : 'records.db does not say what its sources say: run `mia rebuild`';
      return { of: 'records', ok: same, text };
    } finally {
      again.close();
    }
  } catch (error) {
    const problem = error instanceof Problem ? `${error.message} ${error.hint}` : diskWords(error);
    if (problem === null) throw error;
    return { of: 'records', ok: false, text: `could not be compared: ${problem}` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/**
 * `mia verify`: decisions, evidence, case.json, and that records.db says what its sources say.
 * @throws nothing that a damaged case can cause.
 */
export async function* verifyCase(
  open: OpenCase,
  now: () => string,
  { quick = false, head }: VerifyOptions,
): AsyncGenerator<Finding> {
  open.refresh();
  yield* decisionFindings(open, head);
  yield* affirmFindings(open);
  for (const source of open.caseFile.sources) yield await evidenceFinding(open, source);
  yield* caseFindings(open);
  yield* lookupFindings(open.folder);
  if (!quick) yield await recordsFinding(open, now);
}
