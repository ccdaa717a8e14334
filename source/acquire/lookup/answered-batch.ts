import type { Lookup } from '../../domain/lookups/lookup.ts';
import { Problem } from '../../domain/problem.ts';
import { type Attempt, TenantRefusal, WaitGivenUp } from '../../tenant/http/refusal.ts';
import type { TenantAnswer } from '../../tenant/http/tenant-requests.ts';
import type { ImportedSource } from '../../import/import-events.ts';
import { importPieces, type Piece } from '../../import/import-pieces.ts';
import type { Batch } from './lookup-state.ts';
import type { LookupWork } from './lookup-work.ts';

/** An answer that is on the disk. */
export interface KeptAnswer extends Piece {
  readonly file: string;
}

/**
 * An answer byte for byte: from the disk where it was kept before, else asked for and kept before
 * anybody reads it. `part`: unique among the answers of its batch, of [\w-].
 * @throws TenantRefusal, WaitGivenUp, the signal's reason.
 */
export const keptAnswer = async (
  { signal, store, reporter, reach }: LookupWork,
  { name }: Batch,
  part: string,
  ask: () => Promise<TenantAnswer>,
): Promise<Omit<KeptAnswer, 'rows'>> => {
  signal.throwIfAborted();
  const file = `${name}-${part}`;
  const kept = store.keptPage(file);
  if (kept !== null) return { file, body: kept.body };
  const sent = (attempts: readonly Attempt[], isAnswered: boolean): void => {
    reach.heard(attempts);
    reporter.request(attempts, isAnswered);
  };
  const counted = async (): Promise<TenantAnswer> => {
    try {
      const answer = await ask();
      sent(answer.attempts, true);
      return answer;
    } catch (error) {
      if (error instanceof TenantRefusal || error instanceof WaitGivenUp)
        sent(error.attempts, false);
      throw error;
    }
  };
  const about = { question: name };
  const { body } = await store.requestPage(file, counted, (page) => ({ ...about, ...page }), about);
  return { file, body };
};

/** Imports answers while they come; null: none has a row. `files`: filled with those that were taken. */
const imported = (
  work: LookupWork,
  file: string,
  answers: AsyncGenerator<KeptAnswer>,
  files: string[],
): Promise<ImportedSource | null> => {
  const noted = async function* (): AsyncGenerator<Piece> {
    for await (const answer of answers) {
      files.push(answer.file);
      yield answer;
    }
  };
  return importPieces(
    {
      ...{ folder: work.folder.path, file, analyst: work.analyst },
      ...{ signal: work.signal, emit: work.emit },
      onWait: () => work.reporter.say('otherImport'),
      refusal: (problem) =>
        new Problem(
          `What was looked up could not be read into the case: ${problem}`,
          'It is kept. Look up again (mia trace --fetch), and it goes on from there.',
        ),
    },
    noted(),
  );
};

/**
 * Takes a batch from the first request to its end: its answers, those on the disk first, become one
 * source of the case (none where no answer has a row: then the manifest has them), `ends`
 * says what is to be noted in lookups.jsonl, and then the batch is over. Killed at any moment, the
 * same batch asked again (`store.openBatches`) asks for no kept answer once more.
 * `words`: what is asked, for the name of the source. `ends` runs when the rows are in the case.
 * @throws TenantRefusal, WaitGivenUp, Problem, the signal's reason: the batch stays open, nothing is in the case.
 */
export const answerBatch = async (
  work: LookupWork,
  batch: Batch,
  words: string,
  answers: AsyncGenerator<KeptAnswer>,
  ends: (source: ImportedSource | null) => Iterable<Lookup>,
): Promise<ImportedSource | null> => {
  const { store, reporter } = work;
  work.state();
  const files: string[] = [];
  reporter.asks(batch.service);
  const name = `lookup ${store.id}/${batch.name.slice(1)} ${words}`;
  const source = await imported(work, name, answers, files);
  if (source !== null) {
    reporter.source(source);
    work.emit({ event: 'source', source });
  }
  await work.settle(ends(source));
  const kept = { entry: 'kept', question: batch.name };
  store.note([
    source === null
      ? { ...kept, answers: files.map((file) => ({ file, body: store.text(file) })) }
      : { ...kept, source: source.sha256, files },
  ]);
  store.end(batch);
  store.dropPages(files);
  work.state();
  return source;
};
