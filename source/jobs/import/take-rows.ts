import type { RowReader } from '../../formats/open-rows.ts';
import type { EvidenceWriter } from '../../store/evidence-writer.ts';
import type { Input } from '../inputs/input.ts';
import type { ImportEvent } from '../import-events.ts';
import type { ImportContext } from './import-context.ts';
import { readRows } from './read-rows.ts';

/** Rows written in one transaction, and the longest time between two of them. */
const BATCH_ROWS = 25_000;
const BATCH_MS = 1500;

export type TakenRows =
  | { readonly taken: 'rows'; readonly reader: RowReader }
  | { readonly taken: 'nothing'; readonly problem: string };

/** Reads a file to its end: its bytes go to `keeper`, its rows to the intake, batch by batch. */
export async function* takeRows(
  context: ImportContext,
  input: Input,
  keeper: EvidenceWriter,
): AsyncGenerator<ImportEvent, TakenRows> {
  const { progress, signal } = context;
  let reader: RowReader | null = null;
  let lastLine = 1;
  let batchRows = 0;
  let batchStart = performance.now();
  const content = input.open(signal, (bytes) => progress.read(bytes));
  for await (const reading of readRows(content)) {
    switch (reading.read) {
      case 'unrecognised':
        return { taken: 'nothing', problem: reading.problem };
      case 'recognised':
        reader = reading.reader;
        break;
      case 'cutShort':
        context.intake.take({
          line: lastLine,
          start: 0,
          end: 0,
          content: { kind: 'damaged', reason: reading.reason },
        });
        break;
      case 'rows': {
        signal.throwIfAborted();
        await keeper.push(reading.chunk);
        for (const row of reading.rows) {
          context.intake.take(row);
          lastLine = row.line;
          batchRows += 1;
          progress.rows(1);
        }
        if (
          batchRows >= BATCH_ROWS ||
          (batchRows > 0 && performance.now() - batchStart > BATCH_MS)
        ) {
          context.intake.flush();
          batchRows = 0;
          batchStart = performance.now();
          yield { event: 'arrived' };
        }
        const said = progress.event(input.file);
        if (said !== null) yield said;
      }
    }
  }
  return reader === null
    ? { taken: 'nothing', problem: 'It is empty.' }
    : { taken: 'rows', reader };
}
