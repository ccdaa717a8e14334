import { Problem } from '../../domain/problem.ts';
import { LOCKS } from '../../store/case-folder.ts';
import { tryHold } from '../../store/case-lock.ts';
import type { CaseStore } from '../../store/case-store.ts';
import type { Finding } from './finding.ts';
import { diskProblem } from '../../import/inputs/input.ts';
import { contentFlaw, structureFlaw } from './compare-records.ts';

const wrong = (text: string): Finding => ({ of: 'records', ok: false, text });

const compared = async (store: CaseStore, now: () => string): Promise<Finding> => {
  try {
    const flaw = await contentFlaw(store.folder, store.unjudgedDb, now);
    if (flaw !== null) return wrong(`records.db ${flaw}: run \`mia rebuild\``);
    return { of: 'records', ok: true, text: 'records.db says what its sources say' };
  } catch (error) {
    const problem =
      error instanceof Problem ? `${error.message} ${error.hint}` : diskProblem(error);
    if (problem === null) throw error;
    return wrong(`could not be compared: ${problem}`);
  }
};

/** records.db: whether it is sound, and, unless `quick`, whether it says what the evidence says. */
export async function* recordsFindings(
  store: CaseStore,
  now: () => string,
  quick: boolean,
): AsyncGenerator<Finding> {
  const structure = structureFlaw(store.unjudgedDb, quick ? 'quick_check' : 'integrity_check');
  if (structure !== null) yield wrong(`records.db ${structure}: run \`mia rebuild\``);
  if (quick || structure !== null) return;
  const { folder } = store;
  using hold = folder.readOnly === null ? tryHold(folder, LOCKS.import) : null;
  if (hold === null && folder.readOnly === null) {
    const text = 'an import is running, so records.db was not compared: verify again afterwards';
    yield { of: 'records', ok: true, note: true, text };
    return;
  }
  yield await compared(store, now);
}
