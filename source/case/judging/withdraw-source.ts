import { Problem } from '../../domain/problem.ts';
import type { Source } from '../../domain/records/source.ts';
import { changeCaseFile } from '../../store/case-file.ts';
import { LOCKS } from '../../store/case-folder.ts';
import { tryHold } from '../../store/case-lock.ts';
import { appendDecision } from '../../store/decision-log.ts';
import type { CaseStore } from '../../store/case-store.ts';
import { openRecords } from '../../store/records/open-records.ts';
import { removeLeftovers } from '../../store/records/leftovers.ts';
import { countsByHash } from '../../store/records/source-counts.ts';
import type { Author } from './judging.ts';

const find = (store: CaseStore, name: string): Source => {
  const wanted = name.trim().toLowerCase();
  const sources = store.caseFile.sources.filter(
    (source) =>
      wanted !== '' &&
      (source.sha256.startsWith(wanted) ||
        source.file === name ||
        source.file.endsWith(`/${name}`)),
  );
  const [source, another] = sources;
  if (source === undefined) {
    throw new Problem(`There is no source ${name} in this case.`, 'List them with `mia sources`.');
  }
  if (another !== undefined) {
    throw new Problem(
      `${name} could be ${sources.length} sources.`,
      'Name it by its id, from `mia sources`.',
    );
  }
  if (source.withdrawn !== null) {
    throw new Problem(
      `${source.file} was withdrawn already, at ${source.withdrawn.at}.`,
      'Nothing was changed.',
    );
  }
  return source;
};

/**
 * Takes a wrong import out: what only it says goes, what others say too stays. Noted in case.json and
 * as a decision; the evidence stays where it is. `name`: id, SHA-256 (or its start) or file.
 * @throws Problem where it is not there, or an import is running.
 */
export const withdrawSource = (
  store: CaseStore,
  author: Author,
  name: string,
  because: string | null,
): Source => {
  using hold = tryHold(store.folder, LOCKS.import);
  if (hold === null) {
    throw new Problem(
      'An import into this case is running.',
      'Wait until it has ended, or cancel it, then try again.',
    );
  }
  store.refresh();
  const source = find(store, name);
  const { analyst, console } = author;
  const at = author.now();
  const withdrawn = { at, analyst, because };
  appendDecision(
    store.folder,
    { act: 'withdraw', source: source.sha256 },
    { at, analyst, console, reason: because },
  );
  const { sources } = changeCaseFile(store.folder, (before) => ({
    ...before,
    sources: before.sources.map((one) =>
      one.sha256 === source.sha256 ? { ...one, withdrawn } : one,
    ),
  }));
  const db = openRecords(store.folder.records, 'write');
  try {
    removeLeftovers(db, sources);
    const counts = countsByHash(db);
    changeCaseFile(store.folder, (before) => ({
      ...before,
      sources: before.sources.map((one) =>
        one.withdrawn === null ? { ...one, ...counts.get(one.sha256) } : one,
      ),
    }));
  } finally {
    db.close();
  }
  store.refresh();
  return { ...source, withdrawn };
};
