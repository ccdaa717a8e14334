import { setTimeout as sleep } from 'node:timers/promises';
import { withDiskTrouble } from '../domain/disk-trouble.ts';
import { Problem } from '../domain/problem.ts';
import type { SourceOrigin } from '../domain/records/source.ts';
import { LOCKS, openCaseFolder, type CaseFolder } from '../store/case-folder.ts';
import { readCaseFile } from '../store/case-file.ts';
import { tryHold } from '../store/case-lock.ts';
import { takeAwayEmptyCase } from '../store/case-folder.ts';
import { removeStalePartials } from '../store/evidence-writer.ts';
import { refuseForgottenFiles } from '../store/forgotten-sources.ts';
import { applyLookups } from '../store/records/apply-lookups.ts';
import { removeLeftovers, sourcesNotIn } from '../store/records/leftovers.ts';
import { openRecords } from '../store/records/open-records.ts';
import { analystOf } from '../store/analyst.ts';
import { importInputs } from './import-inputs.ts';
import type { ImportEvent } from './import-events.ts';
import { type ImportContext, ImportProgress } from './import-context.ts';
import { importInput } from './import-input.ts';
import { RecordWriter } from './record-writer.ts';
import { replaySource } from './replay-source.ts';

/** How often a held import lock is tried again. */
const WAIT_MS = 200;

export interface ImportRequest {
  /** The case folder; made where it is not there. */
  readonly folder: string;
  /** Also in a folder that holds other files and no case. */
  readonly newCase?: boolean;
  /** Files, folders, archives, or - for standard input. */
  readonly paths: readonly string[];
  /** false: `--no-keep`. */
  readonly keep: boolean;
  /** null: case.json's, else user@host. */
  readonly analyst: string | null;
  /** given unless said. */
  readonly origin?: SourceOrigin;
  readonly now: () => string;
  readonly signal: AbortSignal;
  readonly standardInput?: AsyncIterable<Uint8Array>;
  readonly standardInputName?: string;
}

/** Waits until no other program imports into this case, and says so once. */
export async function* importLock(
  folder: CaseFolder,
  signal: AbortSignal,
): AsyncGenerator<ImportEvent, Disposable> {
  let held = tryHold(folder, LOCKS.import);
  if (held === null) yield { event: 'waiting' };
  while (held === null) {
    await sleep(WAIT_MS, undefined, { signal });
    held = tryHold(folder, LOCKS.import);
  }
  return held;
}

/** How a job ends when something was thrown: cancelled, failed in words, or a bug that goes on up. */
export const endingOf = (error: unknown, signal: AbortSignal): ImportEvent => {
  if (signal.aborted) return { event: 'cancelled' };
  const problem = withDiskTrouble(error);
  if (problem instanceof Problem)
    return { event: 'failed', problem: `${problem.message} ${problem.hint}` };
  throw error;
};

/** Sources that case.json names and records.db lacks (it may be deleted at any time) come first. */
async function* restoreMissing(context: ImportContext): AsyncGenerator<ImportEvent> {
  const missing = sourcesNotIn(context.db, readCaseFile(context.folder).sources);
  for (const source of missing) yield* replaySource(context, source);
}

async function* importAll(
  context: ImportContext,
  request: ImportRequest,
): AsyncGenerator<ImportEvent> {
  yield* restoreMissing(context);
  const inputs = importInputs(request.paths, {
    signal: request.signal,
    leaveOut: [context.folder.path],
    ...(request.standardInput === undefined ? {} : { standardInput: request.standardInput }),
    ...(request.standardInputName === undefined
      ? {}
      : { standardInputName: request.standardInputName }),
  });
  for await (const finding of inputs) {
    switch (finding.found) {
      case 'total':
        context.progress.total = finding.bytes;
        break;
      case 'skipped':
        yield { event: 'note', file: finding.file, text: finding.reason };
        break;
      case 'problem':
        yield { event: 'refused', file: finding.file, problem: finding.problem };
        break;
      case 'input':
        try {
          yield* importInput(context, finding.input);
        } catch (error) {
          // A file that can't be read is said; the others go on.
          const ending = endingOf(error, request.signal);
          if (ending.event !== 'failed') throw error;
          yield { event: 'refused', file: finding.input.file, problem: ending.problem };
        }
    }
  }
}

/**
 * Imports files into a case, on this thread. Ends in exactly one of finished, cancelled, failed; a
 * cancelled one leaves nothing half-imported, and what was finished before stays. Where nothing was
 * ever kept, no case is left behind.
 */
export async function* runImport(request: ImportRequest): AsyncGenerator<ImportEvent> {
  try {
    const { newCase: amongOthers = false } = request;
    const folder = openCaseFolder(request.folder, { create: true, amongOthers });
    using _hold = yield* importLock(folder, request.signal);
    const origin = request.origin ?? 'given';
    const use = origin === 'fetched' ? 'add' : 'write';
    const db = openRecords(folder.records, use);
    try {
      removeStalePartials(folder);
      const { sources } = readCaseFile(folder);
      refuseForgottenFiles(db, sources);
      removeLeftovers(db, sources);
      applyLookups(folder, db);
      const { now, keep, signal } = request;
      const analyst = analystOf(request.analyst, readCaseFile(folder).analyst);
      const progress = new ImportProgress(() => performance.now());
      const writer = new RecordWriter(folder.records, use);
      try {
        const context = { folder, db, writer, analyst, now, keep, origin, signal, progress };
        yield* importAll(context, request);
      } finally {
        await writer.close();
      }
      // Noted while this import held records.db.
      applyLookups(folder, db);
    } finally {
      db.close();
      takeAwayEmptyCase(folder);
    }
  } catch (error) {
    yield endingOf(error, request.signal);
    return;
  }
  yield { event: 'finished' };
}
