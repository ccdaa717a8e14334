import type { JsonObject } from '../../domain/json.ts';
import { isMessageFileName, type SavedFolder } from './saved-folder.ts';
import type { MissedMessage, SavedFile } from './saved-manifest.ts';

/** A line of the journal. `key`: `wantedKey` of the message. */
export type JournalLine =
  | ({ readonly entry: 'file'; readonly key: string } & SavedFile)
  /** All copies of it are saved; those of its files. */
  | { readonly entry: 'saved'; readonly key: string; readonly files: readonly string[] }
  | ({ readonly entry: 'missed'; readonly key: string } & MissedMessage);

/** A folder may have been somebody else's: of files elsewhere a journal says nothing. */
const isLine = (data: JsonObject): boolean =>
  typeof data['key'] === 'string' &&
  ((data['entry'] === 'file' &&
    typeof data['file'] === 'string' &&
    isMessageFileName(data['file'])) ||
    (data['entry'] === 'saved' && Array.isArray(data['files'])) ||
    data['entry'] === 'missed');

/** What the folder holds: as its journal says, and as its files are. */
export class SavedSoFar {
  readonly #folder: SavedFolder;
  /** By the name of the file. */
  readonly #files = new Map<string, SavedFile>();
  readonly #whole = new Map<string, readonly string[]>();
  readonly #missed = new Map<string, MissedMessage>();
  /** Files that were looked at: they are there, and what they were. */
  readonly #good = new Set<string>();
  /** What this run came to, by message. */
  readonly #ended = new Map<string, 'saved' | 'notFound' | 'failed'>();

  constructor(folder: SavedFolder) {
    this.#folder = folder;
    for (const data of folder.journal())
      if (isLine(data)) this.#take(data as unknown as JournalLine);
  }

  #take(line: JournalLine): void {
    switch (line.entry) {
      case 'file': {
        const { entry: _entry, key: _key, ...file } = line;
        this.#files.set(line.file, file);
        break;
      }
      case 'saved':
        this.#whole.set(line.key, line.files);
        this.#missed.delete(line.key);
        break;
      case 'missed': {
        const { entry: _entry, key, ...missed } = line;
        this.#missed.set(key, missed);
      }
    }
  }

  #isGood(name: string): boolean {
    if (this.#good.has(name)) return true;
    const file = this.#files.get(name);
    if (file === undefined || !this.#folder.holds(name, file.sha256)) return false;
    this.#good.add(name);
    return true;
  }

  /** Whether the message is saved with all its copies, and each file is what it was. */
  isSaved(key: string): boolean {
    return this.#whole.get(key)?.every((name) => this.#isGood(name)) ?? false;
  }

  /** The good file among these names, of this copy of a message. */
  fileOf(names: Iterable<string>, restId: string): SavedFile | null {
    for (const name of names) {
      const file = this.#files.get(name);
      if (file === undefined) return null;
      if (file.restId === restId && this.#isGood(name)) return file;
    }
    return null;
  }

  /** How a message ended in this run; open: it did not come to it. */
  endOf(key: string): 'saved' | 'notFound' | 'failed' | 'open' {
    return this.#ended.get(key) ?? 'open';
  }

  note(line: Exclude<JournalLine, { entry: 'file' }>): void {
    this.#folder.note([line]);
    this.#take(line);
    const end = line.entry === 'saved' ? 'saved' : line.reason;
    this.#ended.set(line.key, end === 'mailboxClosed' ? 'failed' : end);
  }

  /** A file that was just written, and noted by whoever wrote it. */
  wrote(line: Extract<JournalLine, { entry: 'file' }>): void {
    this.#take(line);
    this.#good.add(line.file);
  }

  get files(): readonly SavedFile[] {
    return [...this.#files.values()].filter(({ file }) => this.#isGood(file));
  }

  get missed(): readonly MissedMessage[] {
    return [...this.#missed.values()];
  }
}
