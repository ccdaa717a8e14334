import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../../domain/json.ts';
import type { CaseFolder } from '../../store/case-folder.ts';
import { sha256OfBytes } from '../../store/sha256.ts';
import { TaskFolder, type TaskKind } from '../../store/task-folder.ts';
import { type Attempt, TenantRefusal, WaitGivenUp } from '../../tenant/http/refusal.ts';
import type { TenantAnswer } from '../../tenant/http/tenant-requests.ts';

/** An answer that is kept, as the manifest names it. */
export interface KeptPage {
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
}

export interface ReadPage {
  readonly page: KeptPage;
  readonly body: Uint8Array;
}

/** A line of the manifest for each attempt; `about` belongs to the last one, which was answered. */
export const manifestLines = (
  attempts: readonly Attempt[],
  about: object = {},
): readonly object[] =>
  attempts.map((attempt, at) => ({
    entry: 'request',
    ...attempt,
    repeated: at > 0,
    ...(at === attempts.length - 1 ? about : {}),
  }));

/** What was sent before an error; none where it is no answer of the tenant. */
const attemptsBefore = (error: unknown): readonly Attempt[] =>
  error instanceof TenantRefusal || error instanceof WaitGivenUp ? error.attempts : [];

/** Runs a request, and gives `note` the lines of every attempt, also of one that was refused or given up. */
export const recorded = async <Value>(
  note: (lines: readonly object[]) => void,
  ask: () => Promise<Value>,
  answerOf: (value: Value) => Pick<TenantAnswer, 'attempts'>,
  about: (value: Value) => object = () => ({}),
  unanswered: object = {},
): Promise<Value> => {
  try {
    const value = await ask();
    note(manifestLines(answerOf(value).attempts, about(value)));
    return value;
  } catch (error) {
    note(manifestLines(attemptsBefore(error), unanswered));
    throw error;
  }
};

const keptPageOf = (line: JsonObject): KeptPage | null => {
  const { file, sha256, bytes } = line;
  return typeof file === 'string' && typeof sha256 === 'string' && typeof bytes === 'number'
    ? { file, sha256, bytes }
    : null;
};

/** The folder of a new task: nothing of it is on the disk yet. */
export const newTaskFolder = (folder: CaseFolder, kind: TaskKind): TaskFolder =>
  new TaskFolder(folder, randomBytes(4).toString('hex'), kind);

/**
 * State, manifest and pages of one task, `evidence/KIND-ID/`. What a method changed is on the disk when
 * it returns. For whoever holds the lock of the task.
 */
export class TaskStore<State extends object> {
  readonly #folder: TaskFolder;
  #state: State;
  #makeIn: CaseFolder | null;
  /** Lines of the manifest that name a page, by its file. Read once: it grows with each request. */
  readonly #pages = new Map<string, JsonObject>();

  /** `makeIn`: its folder is made there with the first change; null: it is there. */
  constructor(folder: TaskFolder, state: State, makeIn: CaseFolder | null = null) {
    this.#folder = folder;
    this.#state = state;
    this.#makeIn = makeIn;
    for (const line of folder.manifest()) this.#takePage(line);
  }

  get id(): string {
    return this.#folder.id;
  }

  get state(): State {
    return this.#state;
  }

  change(part: Partial<State>): void {
    this.#state = { ...this.#state, ...part };
    if (this.#makeIn !== null) this.#folder.create(this.#makeIn);
    this.#makeIn = null;
    this.#folder.keepState(this.#state);
  }

  /** Adds lines to the manifest. */
  note(lines: readonly object[]): void {
    this.#folder.note(lines);
    for (const line of lines) this.#takePage(line as JsonObject);
  }

  manifest(): readonly JsonObject[] {
    return this.#folder.manifest();
  }

  #takePage(line: JsonObject): void {
    const page = keptPageOf(line);
    // Asked for again where the first never got to the disk: the later line counts, in the first's order.
    if (page !== null) this.#pages.set(page.file, line);
  }

  /** Lines of the manifest that name a page, one a page, in the order in which they came. */
  pages(): Iterable<JsonObject> {
    return this.#pages.values();
  }

  /** A page that is on the disk as it came; null: it is to be asked for. */
  keptPage(file: string): ReadPage | null {
    const page = keptPageOf(this.#pages.get(file) ?? {});
    const body = page === null ? null : this.#folder.page(file, page.sha256);
    return page === null || body === null ? null : { page, body };
  }

  /** Takes pages away that are evidence by now; harmless where they are gone. */
  dropPages(files: readonly string[]): void {
    this.#folder.dropPages(files);
  }

  /** Runs a request and notes every attempt, also of one that was refused or given up. */
  request<Value>(
    ask: () => Promise<Value>,
    answerOf: (value: Value) => Pick<TenantAnswer, 'attempts'>,
    about?: (value: Value) => object,
    unanswered?: object,
  ): Promise<Value> {
    return recorded((lines) => this.note(lines), ask, answerOf, about, unanswered);
  }

  /**
   * Asks for a page and keeps it, byte for byte. The manifest comes first: a page it does not name does
   * not exist, and one it names but the disk lacks is asked for again. `file`: unique in the task, of
   * [\w-]; `about`: what the manifest says of it; `unanswered`: of an attempt that was refused or given up.
   */
  async requestPage(
    file: string,
    ask: () => Promise<TenantAnswer>,
    about: (page: KeptPage) => object,
    unanswered?: object,
  ): Promise<ReadPage> {
    const asked = async () => {
      const answer = await ask();
      const { body } = answer;
      return { answer, page: { file, sha256: sha256OfBytes(body), bytes: body.length } };
    };
    const { answer, page } = await this.request(
      asked,
      (one) => one.answer,
      (one) => about(one.page),
      unanswered,
    );
    this.#folder.keepPage(file, answer.body);
    return { page, body: answer.body };
  }
}
