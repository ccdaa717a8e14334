import type { RowCounts, Source } from '../domain/records/source.ts';
import type { Format } from '../formats/format.ts';
import type { RowReader } from '../formats/open-rows.ts';
import { undatedWarnings } from '../formats/dates/undated.ts';
import { changeCaseFile, readCaseFile } from '../store/case-file.ts';
import type { EvidenceWriter } from '../store/evidence-writer.ts';
import { whyNotWritten } from '../store/read-only.ts';
import { settleSource } from '../store/records/leftovers.ts';
import { countsByHash } from '../store/records/source-counts.ts';
import type { SourceReport } from '../store/records/source-ingest.ts';
import { sha256Of } from './inputs/file-bytes.ts';
import type { Input } from './inputs/input.ts';
import type { ImportEvent } from './import-events.ts';
import { changedSize, conflictWarnings, problemOfSource, sourceWarnings } from './source-report.ts';
import { contentStore, type SourceContent } from './source-content.ts';
import type { ImportContext } from './import-context.ts';
import { reingestRows, ingestRows } from './ingest-rows.ts';

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
    ...{ accepted: 0, sideEvents: 0 },
    duplicates: known.accepted + known.sideEvents + known.duplicates + known.conflicts,
    conflicts: 0,
    alreadyImported: true,
  },
  warnings: sourceWarnings(context.db, known.sha256, file),
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
  content: SourceContent,
  format: Format,
  counts: RowCounts,
): Source => {
  const { sha256, file, bytes, container, kept, path, cutShort } = content;
  return {
    ...{ id: sha256.slice(0, ID_LENGTH), file, sha256, bytes },
    ...{ kind: format.kind, format: format.name, ...counts, container },
    ...{ importedAt: context.now(), analyst: context.analyst, kept, path },
    origin: context.origin,
    ...(cutShort === undefined ? {} : { cutShort }),
    withdrawn: null,
  };
};

/** Only a plain file can be left where it is: of an archive or a stream, no byte could be found again. */
const canStayOutside = (input: Input): boolean => input.path !== null && input.container === null;

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
  const kept = context.keep || !canStayOutside(input);
  if (kept && !context.keep) {
    const text = 'It is kept in the case all the same: only a plain file can be left where it is.';
    yield { event: 'note', file: input.file, text };
  }
  const store = await contentStore(context.folder, kept);
  const path = kept ? null : input.path;
  const source = { number: await context.writer.begin(input.file, kept, path), settled: false };
  try {
    const taken = yield* ingestRows(context, input, store);
    if (taken.taken === 'nothing') {
      yield { event: 'refused', file: input.file, problem: taken.problem };
      return;
    }
    const content = await store.finish();
    const before = sourceInForce(context, content.sha256);
    if (before !== undefined) {
      yield alreadyImported(context, before, input.file);
      return;
    }
    context.signal.throwIfAborted();
    const changed = await changedSize(input, content.bytes);
    if (changed !== null) yield { event: 'note', file: input.file, text: changed };
    const cutShort = taken.cutShort === null ? {} : { cutShort: taken.cutShort };
    const { file, container } = input;
    const again = { file, container, kept, path, ...content, ...cutShort };
    const settled = yield* reingestRows(context, again, { taken, number: source.number });
    source.number = settled.number;
    const report = await finishSource(context, again, settled.taken.reader);
    source.settled = true;
    yield settle(context, report);
  } finally {
    await store.abandon();
    if (!source.settled) await undoImport(context, store, source.number);
  }
}

/** Nothing came of it: what was kept and written of it goes. */
const undoImport = async (
  { writer }: ImportContext,
  store: EvidenceWriter,
  source: number,
): Promise<void> => {
  await store.takeBack();
  try {
    await writer.removeSource(source);
  } catch (error) {
    // Not even for that was there room: it is left over then, and the next opening takes it away.
    if (whyNotWritten(error) === null) throw error;
  }
};

interface FinishedSource {
  readonly source: Source;
  readonly layout: RowReader['layout'];
  readonly report: SourceReport;
}

/** All of the source is in records.db: now case.json knows it too. */
const finishSource = async (
  context: ImportContext,
  content: SourceContent,
  { format, layout }: RowReader,
): Promise<FinishedSource> => {
  const report = await context.writer.end(content.sha256, format.kind, JSON.stringify(layout));
  const source = sourceOf(context, content, format, report.counts);
  keepSource(context, source);
  return { source, layout, report };
};

/** It is in the case from here on, whatever happens. */
const settle = (
  context: ImportContext,
  { source, layout, report }: FinishedSource,
): ImportEvent => {
  try {
    settleSource(context.db, report.source);
  } catch (error) {
    // The next opening does it.
    if (whyNotWritten(error) === null) throw error;
  }
  const conflicts = conflictWarnings(context.db, source.sha256, source.file);
  return {
    event: 'source',
    source: { ...source, alreadyImported: false },
    warnings: [...undatedWarnings(layout, source.file), ...report.warnings, ...conflicts],
    moreWarnings: report.moreWarnings + source.conflicts - conflicts.length,
    losses: report.losses,
    problem: problemOfSource(source.kind, source, report.sideEventRows),
  };
};
