import type { Lookup } from '../../domain/lookup.ts';
import { Problem } from '../../domain/problem.ts';
import { TenantRefusal } from '../../tenant/http/refusal.ts';
import type { TenantAnswer } from '../../tenant/http/tenant-requests.ts';
import { manifestLines } from '../fetch/fetch-work.ts';
import type { ImportedSource, ImportEvent } from '../import-events.ts';
import { importPaths } from '../import-paths.ts';
import type { Question } from './look-up-state.ts';
import type { LookUpWork } from './look-up-work.ts';

/** An answer that is on the disk. */
export interface KeptAnswer {
  readonly file: string;
  readonly body: Uint8Array;
  /** Rows of metadata in it: what an import could tell the format by. */
  readonly rows: number;
}

/**
 * An answer byte for byte: from the disk where it was kept before, else asked for and kept before
 * anybody reads it. `part`: unique among the answers of its question, of [\w-]. The manifest comes
 * first: an answer it does not name does not exist, and one it names but the disk lacks is asked for.
 * @throws TenantRefusal, the signal's reason.
 */
export const keptAnswer = async (
  work: LookUpWork,
  { name }: Question,
  part: string,
  ask: () => Promise<TenantAnswer>,
): Promise<Omit<KeptAnswer, 'rows'>> => {
  work.signal.throwIfAborted();
  const { keeper, teller } = work;
  const file = `${name}-${part}`;
  const kept = keeper.page(file);
  if (kept !== null) return { file, body: kept };
  try {
    const { body, attempts } = await ask();
    teller.request(attempts.length);
    keeper.note(manifestLines(attempts, { question: name, ...keeper.named(file, body) }));
    keeper.keep(file, body);
    return { file, body };
  } catch (error) {
    if (error instanceof TenantRefusal) {
      teller.request(error.attempts.length);
      keeper.note(manifestLines(error.attempts, { question: name }));
    }
    throw error;
  }
};

const followImport = async (
  { tell, teller }: LookUpWork,
  events: AsyncIterable<ImportEvent>,
): Promise<ImportedSource | null> => {
  let source: ImportedSource | null = null;
  for await (const event of events)
    switch (event.event) {
      case 'source':
        source = event.source;
        break;
      case 'arrived':
        tell({ event: 'arrived' });
        break;
      case 'waiting':
        teller.say('otherImport');
        break;
      case 'note':
        tell({ event: 'note', text: `${event.file}: ${event.text}` });
        break;
      case 'refused':
      case 'failed':
        throw new Problem(
          `What was looked up could not be read into the case: ${event.problem}`,
          'It is kept. Look up again (mia trace --fetch), and it goes on from there.',
        );
      case 'progress':
      case 'finished':
      case 'cancelled':
        break;
    }
  return source;
};

/** Answers up to the first with a row: an import can't tell what an empty one is. */
const lookForRows = async (
  answers: AsyncGenerator<KeptAnswer>,
  files: string[],
): Promise<readonly Uint8Array[] | null> => {
  const held: Uint8Array[] = [];
  for (;;) {
    const next = await answers.next();
    if (next.done === true) return null;
    files.push(next.value.file);
    held.push(next.value.body);
    if (next.value.rows > 0) return held;
  }
};

const imported = async (
  work: LookUpWork,
  sourceName: string,
  answers: AsyncGenerator<KeptAnswer>,
  files: string[],
): Promise<ImportedSource | null> => {
  const held = await lookForRows(answers, files);
  if (held === null) return null;
  const control = new AbortController();
  const abort = (): void => control.abort(work.signal.reason);
  let failure: { readonly error: unknown } | null = null;
  const content = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* held;
      for await (const { file, body } of answers) {
        files.push(file);
        yield body;
      }
    } catch (error) {
      failure = { error };
      // The import must end without a source: what it was given is not all.
      control.abort(error);
    }
  };
  work.signal.addEventListener('abort', abort, { once: true });
  try {
    const events = importPaths({
      folder: work.folder.path,
      paths: ['-'],
      stdin: content(),
      stdinName: sourceName,
      keep: true,
      analyst: work.analyst,
      origin: 'fetched',
      signal: control.signal,
    });
    const source = await followImport(work, events);
    const failed = failure as { readonly error: unknown } | null;
    if (failed !== null) throw failed.error;
    work.signal.throwIfAborted();
    if (source === null) throw new Error('An import ended without a source or a reason.');
    return source;
  } finally {
    work.signal.removeEventListener('abort', abort);
  }
};

/**
 * Takes a question from the first request to its end: its answers, those on the disk first, become one
 * source of the case (none where no answer has a row: then the manifest has them), `ends`
 * says what is to be noted in lookups.jsonl, and then the question is over. Killed at any moment, the
 * same question asked again (`keeper.openQuestions`) asks for no kept answer once more.
 * `words`: what is asked, for the name of the source. `ends` runs when the rows are in the case.
 * @throws TenantRefusal, Problem, the signal's reason: the question stays open, nothing is in the case.
 */
export const answerQuestion = async (
  work: LookUpWork,
  question: Question,
  words: string,
  answers: AsyncGenerator<KeptAnswer>,
  ends: (source: ImportedSource | null) => readonly Lookup[],
): Promise<ImportedSource | null> => {
  const { keeper, teller } = work;
  const files: string[] = [];
  teller.asks(question.service);
  const name = `lookup ${keeper.id}/${question.name.slice(1)} ${words}`;
  const source = await imported(work, name, answers, files);
  if (source !== null) work.tell({ event: 'source', source });
  await work.settle(ends(source));
  const kept = { entry: 'kept', question: question.name };
  keeper.note([
    source === null
      ? { ...kept, answers: files.map((file) => ({ file, body: keeper.text(file) })) }
      : { ...kept, source: source.sha256, files },
  ]);
  keeper.end(question);
  keeper.drop(files);
  return source;
};
