import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { Problem } from '../domain/problem.ts';
import type { Source } from '../domain/records/source.ts';
import { sha256OfOpen } from '../store/sha256.ts';

/** Reads files that --no-keep left where they were, as long as they are what was imported. */
export class LeftFiles {
  /** By path and times of change: whether that is still the content of the source. */
  readonly #known = new Map<string, boolean>();

  #isAsImported(file: number, source: Source): boolean {
    const { size, mtimeMs, ctimeMs } = fstatSync(file);
    if (size !== source.bytes) return false;
    // Not touched since: no need to read a large file for one record.
    if (Math.max(mtimeMs, ctimeMs) <= Date.parse(source.importedAt)) return true;
    const state = `${source.path} ${mtimeMs} ${ctimeMs}`;
    const known = this.#known.get(state) ?? sha256OfOpen(file) === source.sha256;
    this.#known.set(state, known);
    return known;
  }

  /** @throws Problem where the file is gone, can't be read, or holds something else now. */
  read(source: Source, start: number, length: number): Uint8Array {
    const path = source.path ?? '';
    if (statSync(path, { throwIfNoEntry: false }) === undefined) {
      throw new Problem(
        `${path} is gone: it was imported with --no-keep, so the case holds no copy of it.`,
        'Put the file back where it was to see its records.',
      );
    }
    const file = openSync(path, 'r');
    try {
      const bytes = Buffer.alloc(length);
      if (!this.#isAsImported(file, source) || readSync(file, bytes, 0, length, start) !== length) {
        throw changed(path);
      }
      return bytes;
    } finally {
      closeSync(file);
    }
  }
}

/** What stands there now must not be shown as what the case was made of. */
export const changed = (path: string): Problem =>
  new Problem(
    `${path} is not what was imported: it was changed since, and --no-keep kept no copy.`,
    'Put the original back to see its records; `mia verify` says which files changed.',
  );
