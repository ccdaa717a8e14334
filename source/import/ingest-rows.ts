import { Problem } from '../domain/problem.ts';
import { readRow } from '../domain/records/read-row.ts';
import { otherwiseProved } from '../formats/dates/undated.ts';
import type { Layout } from '../formats/format.ts';
import type { RowReader } from '../formats/open-rows.ts';
import type { EvidenceWriter } from '../store/evidence-writer.ts';
import { RowPacker } from '../store/records/packed-rows.ts';
import type { ImportContext } from './import-context.ts';
import type { ImportEvent } from './import-events.ts';
import type { Input } from './inputs/input.ts';
import { readRows } from './read-rows.ts';
import { contentStore, type SourceContent, sourceInput } from './source-content.ts';

/**
 * Rows that go to the writer at a time; fewer where records list very much. What is not packed yet
 * survives each collection of garbage, of which reading makes much: so there are few of them.
 */
const PACK_ROWS = 100;
const PACK_NUMBERS = 100_000;

export type IngestedRows =
  | {
      readonly taken: 'rows';
      readonly reader: RowReader;
      /** Why the content ended before its time; null where it did not. */
      readonly cutShort: string | null;
    }
  | { readonly taken: 'nothing'; readonly problem: string };

/**
 * Reads a file to its end: its bytes go to `store`, its rows to the intake, batch by batch. `known`:
 * facts of its layout that an earlier reading proved.
 */
export async function* ingestRows(
  context: ImportContext,
  input: Input,
  store: EvidenceWriter,
  known?: Layout['facts'],
): AsyncGenerator<ImportEvent, IngestedRows> {
  const { progress, signal, writer, origin } = context;
  const packer = new RowPacker();
  let reader: RowReader | null = null;
  let lastLine = 1;
  let cutShort: string | null = null;
  const content = input.open(signal, (bytes) => progress.read(bytes));
  for await (const reading of readRows(content, known)) {
    switch (reading.read) {
      case 'unrecognised':
        return { taken: 'nothing', problem: reading.problem };
      case 'recognised':
        reader = reading.reader;
        break;
      case 'cutShort':
        cutShort = reading.reason;
        packer.add(
          { line: lastLine, start: 0, length: 0 },
          { read: 'damaged', reason: reading.reason, time: null },
        );
        break;
      case 'rows': {
        signal.throwIfAborted();
        await store.push(reading.chunk);
        for (const row of reading.rows) {
          packer.add(
            { line: row.line, start: row.start, length: row.end - row.start },
            readRow(row.content, origin),
          );
          lastLine = row.line;
          progress.rows(1);
          if (packer.rows >= PACK_ROWS || packer.size >= PACK_NUMBERS) {
            await writer.take(packer.take());
          }
        }
        if (writer.arrived()) yield { event: 'arrived' };
        const said = progress.event(input.file);
        if (said !== null) yield said;
      }
    }
  }
  await writer.take(packer.take());
  return reader === null
    ? { taken: 'nothing', problem: 'It is empty.' }
    : { taken: 'rows', reader, cutShort };
}

interface IngestedSource {
  readonly taken: IngestedRows & { readonly taken: 'rows' };
  /** Its number in records.db. */
  readonly number: number;
}

/**
 * How dates are read follows from the first 256 KiB of a file. Where all of it proves otherwise
 * (the first day after the 12th comes late), its rows are taken out and read again by what all of
 * it proves, so that the same file always gives the same rows. Else `first` is returned.
 */
export async function* reingestRows(
  context: ImportContext,
  source: SourceContent,
  first: IngestedSource,
): AsyncGenerator<ImportEvent, IngestedSource> {
  const facts = otherwiseProved(first.taken.reader.layout);
  if (facts === null) return first;
  const { writer, folder } = context;
  await writer.removeSource(first.number);
  const number = await writer.begin(source.file, source.kept, source.path);
  let complete = false;
  try {
    const hash = await contentStore(folder, false);
    const taken = yield* ingestRows(context, sourceInput(folder, source), hash, facts);
    const { sha256 } = await hash.finish();
    if (taken.taken === 'nothing' || sha256 !== source.sha256)
      throw new Problem(
        `${source.file} changed while it was read. Nothing was imported from it.`,
        'Import it again when no program writes to it any more.',
      );
    complete = true;
    return { taken, number };
  } finally {
    if (!complete) await writer.removeSource(number);
  }
}
