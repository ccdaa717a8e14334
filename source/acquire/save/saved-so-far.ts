import {
  type Described,
  listOf,
  objectOf,
  only,
  text,
  textOrNull,
  unionOf,
} from '../../domain/schema.ts';
import { fits } from '../../domain/schema-flaw.ts';
import {
  MISSED_MESSAGE,
  SAVED_FILE,
  type MissedMessage,
  type SavedFile,
} from '../../exports/documents/saved.ts';
import { isMessageFileName, type SavedFolder } from './saved-folder.ts';

/** Of the message that a line of the journal is about. */
const key = { key: text };

/** `receivedAt` is the mailbox's own text here. */
const journalLine = unionOf(
  objectOf({ entry: only('file'), ...key, ...SAVED_FILE, receivedAt: textOrNull }),
  /** All copies of it are saved; those of its files. */
  objectOf({ entry: only('saved'), ...key, files: listOf(text) }),
  objectOf({ entry: only('missed'), ...key, ...MISSED_MESSAGE }),
);
export type JournalLine = Described<typeof journalLine>;

/** A folder may have been somebody else's: of files elsewhere a journal says nothing. */
const isLine = (data: unknown): data is JournalLine =>
  fits(journalLine, data) && (data.entry !== 'file' || isMessageFileName(data.file));

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
    for (const data of folder.journal()) if (isLine(data)) this.#take(data);
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
