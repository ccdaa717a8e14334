import type { CaseFolder } from '../../store/case-folder.ts';
import { type TaskFolder, type TaskKind, taskFolders } from '../../store/task-folder.ts';
import type { Finding } from './finding.ts';

const wrong = (text: string): Finding => ({ of: 'case', ok: false, text });
const noted = (text: string): Finding => ({ of: 'case', ok: true, note: true, text });

const inFolder = function* (kept: TaskFolder, name: string): Generator<Finding> {
  const { manifest, state } = kept.check();
  if (manifest.check === 'changed')
    yield wrong(
      `${name}/manifest.jsonl is not as it was written: what it says of requests may be false or not whole`,
    );
  if (manifest.check === 'none')
    yield noted(`${name}/manifest.jsonl has no head, being of an older mia: it was not checked`);
  if (manifest.check === 'fits' && manifest.more > 0)
    yield noted(
      `${name}/manifest.jsonl has ${manifest.more} more lines than its head says: mia was stopped there, or somebody added them`,
    );
  if (state === 'changed') yield wrong(`${name}/state.json is not as it was written`);
};

/**
 * What fetches, lookups and savings kept of their requests. What was saved of messages lies outside
 * of the case, and is held to its own hashes when the saving goes on.
 */
export function* manifestFindings(folder: CaseFolder): Generator<Finding> {
  const kinds: readonly TaskKind[] = ['fetch', 'lookup', 'saved'];
  const kept = kinds.flatMap((kind) =>
    taskFolders(folder, kind).map((one) => [one, `evidence/${kind}-${one.id}`] as const),
  );
  if (kept.length === 0) return;
  const findings = kept.flatMap(([one, name]) => [...inFolder(one, name)]);
  yield* findings;
  if (findings.length === 0)
    yield {
      of: 'case',
      ok: true,
      text: `manifests of ${kept.length} fetches and lookups as written`,
    };
}
