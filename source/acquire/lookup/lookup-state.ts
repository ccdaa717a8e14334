import { isObject, type JsonObject } from '../../domain/json.ts';
import {
  count,
  type Described,
  listOf,
  objectOf,
  oneOf,
  only,
  type Schema,
  text,
  textOrNull,
} from '../../domain/schema.ts';
import type { LookupService } from '../../domain/lookups/lookup.ts';
import type { CaseFolder } from '../../store/case-folder.ts';
import type { TaskFolder } from '../../store/task-folder.ts';
import { sha256OfBytes } from '../../store/sha256.ts';

/** Something asked of a service that takes several requests, and becomes one source. */
const question = objectOf({
  /** Unique in its lookup; the names of its pages begin with it. */
  name: text,
  service: oneOf('messageTrace', 'mailbox'),
  /** What is asked, in the way's own words: enough to go on after a crash. */
  about: { type: 'object' } as Schema<JsonObject>,
});
export type Question = Described<typeof question>;

/** What a lookup needs to go on after a crash, beside the manifest and the pages. */
const lookupState = objectOf({
  version: only(1),
  id: text,
  cloud: text,
  tenantId: text,
  account: text,
  clientId: text,
  analyst: text,
  /** What was answered before then is asked again; null: nothing is. */
  againSince: textOrNull,
  startedAt: text,
  endedAt: textOrNull,
  /** How many questions were begun. */
  questions: count,
  /** Those that have not ended. */
  open: listOf(question),
});
export type LookupState = Described<typeof lookupState>;

/** null: it was never written, or is another version's. @throws Problem: it is damaged. */
export const readLookupState = (folder: TaskFolder): LookupState | null => {
  const data = folder.state();
  return data === null || data['version'] !== 1 ? null : folder.checked(data, lookupState);
};

/** State, manifest and pages of one lookup; each change is on the disk when it returns. */
export class LookupStateStore {
  readonly #folder: TaskFolder;
  #state: LookupState;
  #makeIn: CaseFolder | null;
  /** SHA-256 of pages that the manifest names. Read once: it grows with each request. */
  readonly #pages = new Map<string, string>();
  /** When requests were sent in the last minutes before this run, by the path they went to. */
  readonly #sent: { readonly url: string; readonly at: number }[] = [];

  /** `makeIn`: its folder is made there with the first thing that is kept; null: it is there. */
  constructor(folder: TaskFolder, state: LookupState, makeIn: CaseFolder | null = null) {
    this.#folder = folder;
    this.#state = state;
    this.#makeIn = makeIn;
    for (const line of folder.manifest()) {
      const { file, sha256, url, sentAt } = line;
      if (typeof file === 'string' && typeof sha256 === 'string') this.#pages.set(file, sha256);
      if (typeof url === 'string' && typeof sentAt === 'string')
        this.#sent.push({ url, at: Date.parse(sentAt) });
    }
  }

  get id(): string {
    return this.#folder.id;
  }

  get state(): LookupState {
    return this.#state;
  }

  change(change: Partial<LookupState>): void {
    this.#state = { ...this.#state, ...change };
    if (this.#makeIn !== null) this.#folder.create(this.#makeIn);
    this.#makeIn = null;
    this.#folder.keepState(this.#state);
  }

  openQuestions(service: LookupService): readonly Question[] {
    return this.#state.open.filter((question) => question.service === service);
  }

  /** Begins a question; it is on the disk before anything is asked. */
  begin(service: LookupService, about: JsonObject): Question {
    const number = this.#state.questions + 1;
    const question: Question = { name: `q${number}`, service, about };
    this.change({ questions: number, open: [...this.#state.open, question] });
    return question;
  }

  /** Its answer is in the case. */
  end({ name }: Question): void {
    this.change({ open: this.#state.open.filter((question) => question.name !== name) });
  }

  note(lines: readonly object[]): void {
    this.#folder.note(lines);
    for (const line of lines) {
      if (!isObject(line)) continue;
      const { file, sha256 } = line;
      if (typeof file === 'string' && typeof sha256 === 'string') this.#pages.set(file, sha256);
    }
  }

  /** A page that was kept, or null: then it is to be asked for. */
  page(file: string): Uint8Array | null {
    const sha256 = this.#pages.get(file);
    return sha256 === undefined ? null : this.#folder.page(file, sha256);
  }

  /** A kept page as text, which they are. */
  text(file: string): string {
    return Buffer.from(this.page(file) ?? []).toString();
  }

  /** What the manifest says of a page that is about to be kept. */
  named(file: string, body: Uint8Array): object {
    return { file, sha256: sha256OfBytes(body), bytes: body.length };
  }

  keep(file: string, body: Uint8Array): void {
    this.#folder.keepPage(file, body);
  }

  drop(files: readonly string[]): void {
    this.#folder.dropPages(files);
  }

  /** When requests to a path were sent before this run, epoch milliseconds, the oldest first. */
  sentTo(path: string): readonly number[] {
    return this.#sent.filter(({ url }) => url.includes(path)).map(({ at }) => at);
  }
}
