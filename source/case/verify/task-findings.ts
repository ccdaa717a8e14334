import { AFFIRM } from './decision-findings.ts';
import type { Finding } from './finding.ts';
import type { CaseFolder } from '../../store/case-folder.ts';
import { endOfLookups, LOOKUPS_START, readLookups, UNREAD } from '../../store/lookup-log.ts';
import { type TaskFolder, type TaskKind, taskFolders } from '../../store/task-folder.ts';

const wrong = (text: string): Finding => ({ of: 'case', ok: false, text });
const fine = (text: string): Finding => ({ of: 'case', ok: true, text });
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
    yield fine(`manifests of ${kept.length} fetches and lookups as written`);
}

/** Lines named one by one; damage to a disk seldom hits few. */
const NAMED = 5;

/**
 * lookups.jsonl, which says why messages have no metadata: each line is held to the one before. What
 * is damaged counts as never looked up.
 */
export function* lookupFindings(folder: CaseFolder): Generator<Finding> {
  const reading = readLookups(folder, LOOKUPS_START, UNREAD);
  const { damaged, lines, tornBytes } = reading;
  const end = endOfLookups(folder, reading);
  if (end?.ok === true) yield noted(end.text);
  else if (end !== null) yield wrong(`${end.text}. ${AFFIRM}`);
  if (damaged.length > 0) {
    const named = damaged.slice(0, NAMED).join(', ');
    const more = damaged.length > NAMED ? ` and ${damaged.length - NAMED} more` : '';
    yield wrong(
      `lookups.jsonl, line ${named}${more}: not what was written, or lines before it are missing; those messages count as not looked up`,
    );
  }
  if (tornBytes > 0)
    yield fine(
      `lookups.jsonl: ${tornBytes} bytes at the end are no whole line; the next lookup takes them away`,
    );
  if (damaged.length === 0 && lines > 0 && end === null)
    yield fine(`${lines} lookups, each follows from the one before`);
}
