import { Problem } from '../domain/problem.ts';
import { otherwiseProved } from '../formats/dates/undated.ts';
import type { ImportEvent } from './import-events.ts';
import { contentStore } from './content-store.ts';
import type { ImportContext } from './import-context.ts';
import { type SourceContent, sourceInput } from './source-input.ts';
import { takeRows, type TakenRows } from './take-rows.ts';

export interface TakenSource {
  readonly taken: TakenRows & { readonly taken: 'rows' };
  /** Its number in records.db. */
  readonly number: number;
}

/**
 * A file's first 256 KiB say how its dates are read. Where all of it proves otherwise (the first day
 * after the 12th comes late), its rows are taken out and read again by what all of it proves, so that
 * the same file always says the same. Else what was taken stands.
 */
export async function* takeAgain(
  context: ImportContext,
  source: SourceContent,
  first: TakenSource,
): AsyncGenerator<ImportEvent, TakenSource> {
  const facts = otherwiseProved(first.taken.reader.layout);
  if (facts === null) return first;
  const { writer, folder } = context;
  await writer.takeAway(first.number);
  const number = await writer.begin(source.file, source.kept, source.path);
  let complete = false;
  try {
    const hash = await contentStore(folder, false);
    const taken = yield* takeRows(context, sourceInput(folder, source), hash, facts);
    const { sha256 } = await hash.finish();
    if (taken.taken === 'nothing' || sha256 !== source.sha256)
      throw new Problem(
        `${source.file} changed while it was read. Nothing was imported from it.`,
        'Import it again when no program writes to it any more.',
      );
    complete = true;
    return { taken, number };
  } finally {
    if (!complete) await writer.takeAway(number);
  }
}
