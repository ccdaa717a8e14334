import type { Source } from '../../domain/source.ts';
import { changeCaseFile, readCaseFile } from '../../store/case-file.ts';
import type { EvidenceWriter } from '../../store/evidence-writer.ts';
import { settleSource } from '../../store/records/leftovers.ts';
import type { SourceReport } from '../../store/records/source-intake.ts';
import { countsByHash, warningsOf } from '../../store/records/source-counts.ts';
import { sha256Of } from '../inputs/file-bytes.ts';
import type { Input } from '../inputs/input.ts';
import type { ImportedSource, ImportEvent } from '../import-events.ts';
import { contentKeeper } from './content-keeper.ts';
import type { ImportContext } from './import-context.ts';
import { problemOfSource } from './source-problem.ts';
import { takeRows, type TakenRows } from './take-rows.ts';

const ID_LENGTH = 12;

const sourceInForce = (context: ImportContext, sha256: string): Source | undefined =>
  readCaseFile(context.folder).sources.find(
    (one) => one.sha256 === sha256 && one.withdrawn === null,
  );

/** The report on content that the case holds already: nothing is added (`domain.md` 1). */
const alreadyImported = (context: ImportContext, known: Source, file: string): ImportEvent => ({
  event: 'source',
  source: {
    ...known,
    file,
    accepted: 0,
    duplicates: known.accepted + known.duplicates + known.conflicts,
    conflicts: 0,
    alreadyImported: true,
  },
  warnings: warningsOf(context.db, known.sha256, file),
  moreWarnings: 0,
  losses: 0,
  problem: null,
});

/** By size first, then by hash: a file that is in the case is not read a second time in full. */
const knownContent = async (context: ImportContext, input: Input): Promise<Source | null> => {
  const { path, container, bytes } = input;
  if (path === null || container !== null || bytes === null) return null;
  const sameSize = readCaseFile(context.folder).sources.some((source) => source.bytes === bytes);
  if (!sameSize) return null;
  return sourceInForce(context, await sha256Of(path, context.signal)) ?? null;
};

/** Writes the source into case.json, with the counts of the others as they are now. */
const keepSource = (context: ImportContext, source: Source): void => {
  const counts = countsByHash(context.db);
  changeCaseFile(context.folder, (before) => ({
    ...before,
    sources: [...before.sources.filter((one) => one.sha256 !== source.sha256), source].map((one) =>
      one.withdrawn === null ? { ...one, ...counts.get(one.sha256) } : one,
    ),
  }));
};

const sourceOf = (
  context: ImportContext,
  input: Input,
  taken: TakenRows & { readonly taken: 'rows' },
  report: SourceReport,
  content: { readonly sha256: string; readonly bytes: number; readonly kept: boolean },
): ImportedSource => ({
  id: content.sha256.slice(0, ID_LENGTH),
  file: input.file,
  sha256: content.sha256,
  bytes: content.bytes,
  kind: taken.reader.format.kind,
  format: taken.reader.format.name,
  ...report.counts,
  container: input.container,
  importedAt: context.now(),
  analyst: context.analyst,
  kept: content.kept,
  path: content.kept ? null : input.path,
  origin: context.origin,
  withdrawn: null,
  alreadyImported: false,
});

/** Only a plain file can be left where it is: of an archive or a stream, no byte could be found again. */
const mayStay = (input: Input): boolean => input.path !== null && input.container === null;

/**
 * Imports one file. Ends with one 'source' or 'refused' event. When cancelled it throws the
 * signal's reason, and nothing of the file is left in the case.
 */
export async function* importInput(
  context: ImportContext,
  input: Input,
): AsyncGenerator<ImportEvent> {
  const known = await knownContent(context, input);
  if (known !== null) {
    context.progress.read(input.storedBytes ?? 0);
    yield alreadyImported(context, known, input.file);
    return;
  }
  const kept = context.keep || !mayStay(input);
  if (kept && !context.keep) {
    const text = 'It is kept in the case all the same: only a plain file can be left where it is.';
    yield { event: 'note', file: input.file, text };
  }
  const keeper = await contentKeeper(context.folder, kept);
  const source = await context.writer.begin(input.file, kept, kept ? null : input.path);
  let settled = false;
  try {
    const taken = yield* takeRows(context, input, keeper);
    if (taken.taken === 'nothing') {
      yield { event: 'refused', file: input.file, problem: taken.problem };
      return;
    }
    const event = await settle(context, input, keeper, taken, kept);
    settled = event.event === 'source' && !event.source.alreadyImported;
    yield event;
  } finally {
    await keeper.abandon();
    if (!settled) await context.writer.takeAway(source);
  }
}

const settle = async (
  context: ImportContext,
  input: Input,
  keeper: EvidenceWriter,
  taken: TakenRows & { readonly taken: 'rows' },
  kept: boolean,
): Promise<ImportEvent> => {
  const content = await keeper.finish();
  const known = sourceInForce(context, content.sha256);
  if (known !== undefined) return alreadyImported(context, known, input.file);
  context.signal.throwIfAborted();
  const { reader } = taken;
  const report = await context.writer.end(
    content.sha256,
    reader.format.kind,
    JSON.stringify(reader.layout),
  );
  const source = sourceOf(context, input, taken, report, { ...content, kept });
  const { alreadyImported: _, ...entry } = source;
  keepSource(context, entry);
  settleSource(context.db, report.source);
  return {
    event: 'source',
    source,
    warnings: report.warnings,
    moreWarnings: report.moreWarnings,
    losses: report.losses,
    problem: problemOfSource(source.kind, source),
  };
};
