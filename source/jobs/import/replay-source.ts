import { createReadStream, existsSync } from 'node:fs';
import type { Source } from '../../domain/source.ts';
import { Problem } from '../../domain/problem.ts';
import { streamEvidence } from '../../store/evidence.ts';
import { settleSource } from '../../store/records/leftovers.ts';
import type { Input } from '../inputs/input.ts';
import type { ImportEvent } from '../import-events.ts';
import { contentKeeper } from './content-keeper.ts';
import type { ImportContext } from './import-context.ts';
import { takeRows } from './take-rows.ts';

const contentOf = (context: ImportContext, source: Source): AsyncIterable<Uint8Array> => {
  if (source.kept || source.path === null) return streamEvidence(context.folder, source.sha256);
  if (!existsSync(source.path)) {
    throw new Problem(
      `${source.path} is gone: it was imported with --no-keep, so the case holds no copy of it.`,
      'Put the file back where it was, or take it out with `mia withdraw`.',
    );
  }
  return createReadStream(source.path);
};

/**
 * Reads a source of case.json into records.db again, from the evidence (or from where --no-keep left
 * it). @throws Problem where the bytes are gone or are not what they were.
 */
export async function* replaySource(
  importing: ImportContext,
  source: Source,
): AsyncGenerator<ImportEvent> {
  const context: ImportContext = { ...importing, origin: source.origin ?? 'given' };
  const input: Input = {
    file: source.file,
    bytes: source.bytes,
    storedBytes: source.bytes,
    container: source.container,
    path: source.path,
    open: async function* (signal, onRead) {
      for await (const chunk of contentOf(context, source)) {
        signal.throwIfAborted();
        onRead?.(chunk.length);
        yield chunk;
      }
    },
  };
  const hash = await contentKeeper(context.folder, false);
  const number = await context.writer.begin(source.file, source.kept, source.path);
  let complete = false;
  try {
    const taken = yield* takeRows(context, input, hash);
    const { sha256 } = await hash.finish();
    if (taken.taken === 'nothing' || sha256 !== source.sha256) {
      throw new Problem(
        `${source.file} is not what was imported: its SHA-256 is ${sha256.slice(0, 12)}…, it was ${source.id}….`,
        'Put the original back, or take the source out with `mia withdraw`.',
      );
    }
    const { reader } = taken;
    await context.writer.end(sha256, reader.format.kind, JSON.stringify(reader.layout));
    settleSource(context.db, number);
    complete = true;
    yield { event: 'arrived' };
  } finally {
    if (!complete) await context.writer.takeAway(number);
  }
}
