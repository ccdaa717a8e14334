import type { Lookup } from '../../domain/lookups/lookup.ts';
import { Problem } from '../../domain/problem.ts';
import { TenantRefusal, WaitGivenUp } from '../../tenant/http/refusal.ts';
import type { TenantAnswer } from '../../tenant/http/tenant-requests.ts';
import { manifestLines } from '../task/task-store.ts';
import type { ImportedSource } from '../../import/import-events.ts';
import { importPieces, type Piece } from '../../import/import-pieces.ts';
import type { Question } from './lookup-state.ts';
import type { LookupWork } from './lookup-work.ts';

/** An answer that is on the disk. */
export interface KeptAnswer extends Piece {
  readonly file: string;
}

/**
 * An answer byte for byte: from the disk where it was kept before, else asked for and kept before
 * anybody reads it. `part`: unique among the answers of its question, of [\w-]. The manifest comes
 * first: an answer it does not name does not exist, and one it names but the disk lacks is asked for.
 * @throws TenantRefusal, WaitGivenUp, the signal's reason.
 */
export const keptAnswer = async (
  work: LookupWork,
  { name }: Question,
  part: string,
  ask: () => Promise<TenantAnswer>,
): Promise<Omit<KeptAnswer, 'rows'>> => {
  work.signal.throwIfAborted();
  const { store, reporter, reach } = work;
  const file = `${name}-${part}`;
  const kept = store.page(file);
  if (kept !== null) return { file, body: kept };
  try {
    const { body, attempts } = await ask();
    reach.heard(attempts);
    reporter.request(attempts, true);
    store.note(manifestLines(attempts, { question: name, ...store.named(file, body) }));
    store.keep(file, body);
    return { file, body };
  } catch (error) {
    if (error instanceof TenantRefusal || error instanceof WaitGivenUp) {
      reach.heard(error.attempts);
      reporter.request(error.attempts, false);
      store.note(manifestLines(error.attempts, { question: name }));
    }
    throw error;
  }
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
      ...{ signal: work.signal, emit: work.tell },
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
 * Takes a question from the first request to its end: its answers, those on the disk first, become one
 * source of the case (none where no answer has a row: then the manifest has them), `ends`
 * says what is to be noted in lookups.jsonl, and then the question is over. Killed at any moment, the
 * same question asked again (`keeper.openQuestions`) asks for no kept answer once more.
 * `words`: what is asked, for the name of the source. `ends` runs when the rows are in the case.
 * @throws TenantRefusal, WaitGivenUp, Problem, the signal's reason: the question stays open, nothing is in the case.
 */
export const answerQuestion = async (
  work: LookupWork,
  question: Question,
  words: string,
  answers: AsyncGenerator<KeptAnswer>,
  ends: (source: ImportedSource | null) => Iterable<Lookup>,
): Promise<ImportedSource | null> => {
  const { store, reporter } = work;
  work.state();
  const files: string[] = [];
  reporter.asks(question.service);
  const name = `lookup ${store.id}/${question.name.slice(1)} ${words}`;
  const source = await imported(work, name, answers, files);
  if (source !== null) {
    reporter.source(source);
    work.tell({ event: 'source', source });
  }
  await work.settle(ends(source));
  const kept = { entry: 'kept', question: question.name };
  store.note([
    source === null
      ? { ...kept, answers: files.map((file) => ({ file, body: store.text(file) })) }
      : { ...kept, source: source.sha256, files },
  ]);
  store.end(question);
  store.drop(files);
  work.state();
  return source;
};
