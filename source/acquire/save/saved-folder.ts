import {
  chmodSync,
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import type { JsonObject } from '../../domain/json.ts';
import { Problem } from '../../domain/problem.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import { changeLog, endOfLines, jsonLines, objectsIn } from '../../store/append-log.ts';
import { doing, failedWith } from '../../store/disk-problem.ts';
import { sha256OfBytes, sha256OfOpen } from '../../store/sha256.ts';
import { flushFolder, readWhole, replaceWhole, writeAll } from '../../store/whole-file.ts';
import { isManifest, manifestSheet, manifestText, type SavedManifest } from './saved-manifest.ts';

/** What is saved, and what was asked for, line by line: a run goes on from it. */
const JOURNAL = 'progress.jsonl';
const MANIFEST = 'manifest.json';
const SHEET = 'manifest.csv';
const PART = '.part';

/** SHA-256 of a regular file; null: there is none. */
const sha256OfFile = (path: string): string | null => {
  let file: number;
  try {
    if (!lstatSync(path).isFile()) return null;
    file = openSync(path, 'r');
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return null;
    throw error;
  }
  try {
    return sha256OfOpen(file);
  } finally {
    closeSync(file);
  }
};

/** A name for a file in which nothing is yet; false: somebody else's file has it. */
const give = (from: string, to: string): boolean => {
  try {
    // A link never replaces anything, unlike a rename.
    linkSync(from, to);
    rmSync(from);
    return true;
  } catch (error) {
    if (failedWith(error, 'EEXIST')) return false;
    if (!failedWith(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS')) throw error;
  }
  // A disk without links, as FAT: then the look before must do.
  if (existsSync(to)) return false;
  renameSync(from, to);
  return true;
};

/**
 * A folder into which messages are saved: ours from the first line of its journal on, 0700, its files
 * 0600. For whoever holds the lock.
 */
export class SavedFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /**
   * Makes the folder, takes an empty one, or goes on in one of ours.
   * @throws Problem: it is none, or holds other files.
   */
  static open(out: string): SavedFolder {
    const path = resolve(out);
    const shown = forTerminal(out);
    doing(`The folder ${shown} could not be used`, () => {
      if (statSync(path, { throwIfNoEntry: false }) === undefined) mkdirSync(path, { mode: 0o700 });
      if (!statSync(path).isDirectory())
        throw new Problem(`${shown} is not a folder.`, 'Name a new one with --out.');
      const names = readdirSync(path);
      if (names.length > 0 && !names.includes(JOURNAL))
        throw new Problem(
          `${shown} holds other files; nothing was put among them.`,
          'Name a new folder, an empty one, or one that mia save-messages began.',
        );
      chmodSync(path, 0o700);
    });
    return new SavedFolder(path);
  }

  /** The lines of the journal that are whole, in order. */
  journal(): readonly JsonObject[] {
    const text = doing('What was saved before could not be read', () =>
      readWhole(join(this.path, JOURNAL)),
    );
    return objectsIn(text ?? '');
  }

  /**
   * Adds lines, which outlive this process at once, and a loss of power from the next `flush` on: what
   * it costs is to ask again, since a file is believed by its hash alone. A line that a crash tore off
   * is ended first, so that none is joined to it.
   */
  note(lines: readonly object[]): void {
    if (lines.length === 0) return;
    doing('What was saved could not be noted', () =>
      changeLog(join(this.path, JOURNAL), (file) => {
        const { size } = fstatSync(file);
        const torn = endOfLines(file) < size;
        writeAll(file, Buffer.from(`${torn ? '\n' : ''}${jsonLines(lines)}`), size);
      }),
    );
  }

  /** Everything so far is on the disk when this returns. */
  flush(): void {
    doing('What was saved could not be noted', () => {
      const file = openSync(join(this.path, JOURNAL), 'r+');
      try {
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      flushFolder(this.path);
    });
  }

  /** Whether the file is there and what it was; one that a crash left unnamed gets its name. */
  holds(file: string, sha256: string): boolean {
    return doing(`${file} could not be read`, () => {
      const path = join(this.path, file);
      if (sha256OfFile(path) === sha256) return true;
      if (existsSync(path) || sha256OfFile(path + PART) !== sha256) return false;
      return give(path + PART, path);
    });
  }

  /**
   * Keeps a message under the first of `names` that nobody else's file has; `about` says it in the
   * journal before the file gets its name, so that no file is there which no line names.
   */
  keep(names: Iterable<string>, bytes: Uint8Array, about: (file: string) => object): string {
    const sha256 = sha256OfBytes(bytes);
    for (const name of names) {
      const kept = doing(`${name} could not be written`, () => {
        const path = join(this.path, name);
        if (existsSync(path)) {
          if (sha256OfFile(path) !== sha256) return false;
          this.note([about(name)]);
          return true;
        }
        rmSync(path + PART, { force: true });
        const file = openSync(path + PART, 'wx', 0o600);
        try {
          writeAll(file, bytes, 0);
          fsyncSync(file);
        } finally {
          closeSync(file);
        }
        this.note([about(name)]);
        return give(path + PART, path);
      });
      if (kept) return name;
    }
    throw new Problem('No free name is left for a message.', 'Save into a new folder.');
  }

  /** Takes away what a run that was killed left half-written, but for what `holds` would name. */
  dropParts(): void {
    doing('Files left half-written could not be taken away', () => {
      for (const name of readdirSync(this.path))
        if (name.endsWith(`.eml${PART}`)) rmSync(join(this.path, name), { force: true });
    });
  }

  /** Replaces the manifests. @throws Problem: a file of that name is none. */
  describe(manifest: SavedManifest): void {
    doing('The manifest could not be written', () => {
      const path = join(this.path, MANIFEST);
      if (existsSync(path) && !isManifest(readFileSync(path, 'utf8')))
        throw new Problem(
          `${MANIFEST} in the folder is no manifest of mia; it was left as it is.`,
          'Move it elsewhere, then run the same again.',
        );
      replaceWhole(path, manifestText(manifest));
      replaceWhole(join(this.path, SHEET), manifestSheet(manifest));
    });
  }
}

/** Bytes of a subject in a file name. */
const LONGEST_SUBJECT = 60;

/** Letters and digits of any script, and nothing that a shell, a screen or a file system reads. */
const cleaned = (subject: string): string => {
  const words = subject.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '-');
  let name = '';
  for (const character of words) {
    if (Buffer.byteLength(name + character) > LONGEST_SUBJECT) break;
    name += character;
  }
  return name.replace(/^-+|-+$/g, '');
};

/** Which copy of which message a file holds: the same for the same one, on every machine. */
const copyKey = (ident: readonly (string | null)[]): string =>
  sha256OfBytes(Buffer.from(JSON.stringify(ident))).slice(0, 16);

/**
 * The name of the file of one copy of a message: a hash, which alone tells files apart, and some of
 * the subject for people. Senders choose subjects: of those only letters and digits are left, so the
 * name leads nowhere, is no device, and is short. `turn`: from 1; another file has the name already.
 */
export const messageFileName = (
  ident: readonly (string | null)[],
  subject: string | null,
  turn = 1,
): string => {
  const words = cleaned(subject ?? '');
  const parts = [copyKey(ident), ...(words === '' ? [] : [words]), ...(turn > 1 ? [turn] : [])];
  return `${parts.join('-')}.eml`;
};

/** What messageFileName makes, and nothing else. */
export const isMessageFileName = (name: string): boolean =>
  /^[0-9a-f]{16}(-[\p{L}\p{N}]+)*\.eml$/u.test(name) && Buffer.byteLength(name) < 120;
