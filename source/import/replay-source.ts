import type { Source } from '../domain/records/source.ts';
import { Problem } from '../domain/problem.ts';
import { settleSource } from '../store/records/leftovers.ts';
import type { ImportEvent } from './import-events.ts';
import { contentStore, sourceInput } from './source-content.ts';
import type { ImportContext } from './import-context.ts';
import { reingestRows, ingestRows } from './ingest-rows.ts';

/**
 * Reads a source of case.json into records.db again, from the evidence (or from where --no-keep left
 * it). @throws Problem where the bytes are gone or are not what they were.
 */
export async function* replaySource(
  importing: ImportContext,
  source: Source,
): AsyncGenerator<ImportEvent> {
  const context: ImportContext = { ...importing, origin: source.origin ?? 'given' };
  const input = sourceInput(context.folder, source);
  const hash = await contentStore(context.folder, false);
  let number = await context.writer.begin(source.file, source.kept, source.path);
  let complete = false;
  try {
    const taken = yield* ingestRows(context, input, hash);
    const { sha256 } = await hash.finish();
    if (taken.taken === 'nothing' || sha256 !== source.sha256) {
      throw new Problem(
        `${source.file} is not what was imported: its SHA-256 is ${sha256.slice(0, 12)}…, it was ${source.id}….`,
        'Put the original back, or take the source out with `mia withdraw`.',
      );
    }
    const again = yield* reingestRows(context, source, { taken, number });
    number = again.number;
    const { reader } = again.taken;
    await context.writer.end(sha256, reader.format.kind, JSON.stringify(reader.layout));
    settleSource(context.db, number);
    complete = true;
    yield { event: 'arrived' };
  } finally {
    if (!complete) await context.writer.removeSource(number);
  }
}
