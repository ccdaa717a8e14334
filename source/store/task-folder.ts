import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { isObject, type JsonObject } from '../domain/json.ts';
import { Problem } from '../domain/problem.ts';
import type { Schema } from '../domain/schema.ts';
import { fits, flawIn } from '../domain/schema-flaw.ts';
import type { CaseFolder } from './case-folder.ts';
import { canonicalJson } from './canonical-json.ts';
import { diskProblem, doing, failedWith } from './disk-problem.ts';
import { sha256OfBytes } from './sha256.ts';
import { type ManifestCheck, TaskManifest } from './task-manifest.ts';
import { flushFolder, readWhole, replaceWhole, writeAll } from './whole-file.ts';

/** A fetch of audit records, a lookup of messages, or the saving of some. */
export type TaskKind = 'fetch' | 'lookup' | 'saved';

const WORDS: Readonly<Record<TaskKind, { readonly name: string; readonly again: string }>> = {
  fetch: { name: 'fetch', again: 'Fetch anew (mia fetch)' },
  lookup: { name: 'lookup', again: 'Take it away, and look up anew (mia trace --fetch)' },
  saved: { name: 'list of what was saved', again: 'Save anew (mia save-messages)' },
};

const prefixOf = (kind: TaskKind): string => `${kind}-`;

const STATE = 'state.json';

/** `check` of state.json: over the canonical JSON of all else in it. */
const checkOf = (state: object): string =>
  sha256OfBytes(Buffer.from(canonicalJson(state))).slice(0, 16);

const ZSTD = { params: { [constants.ZSTD_c_checksumFlag]: 1 } };

/** A name that leads nowhere else. */
const checkedName = (name: string): string => {
  if (!/^[\w-]{1,80}$/.test(name)) throw new RangeError(`"${name}" names no page`);
  return name;
};

const ID = /^[0-9a-f]{8,32}$/;

const checkedId = (id: string): string => {
  if (!ID.test(id)) throw new RangeError(`"${id}" is no fetch`);
  return id;
};

/**
 * What a fetch keeps in `evidence/fetch-ID/` (a lookup in `lookup-ID/`): its state, the manifest of its requests, and pages until
 * they are evidence. Whatever a method wrote is on the disk when it returns, whole or not at all. For
 * whoever holds the fetch lock.
 */
export class TaskFolder {
  readonly id: string;
  readonly #path: string;
  readonly #words: (typeof WORDS)[TaskKind];
  readonly #manifest: TaskManifest;

  constructor(folder: CaseFolder, id: string, kind: TaskKind = 'fetch') {
    this.id = checkedId(id);
    this.#path = join(folder.evidence, prefixOf(kind) + id);
    this.#words = WORDS[kind];
    this.#manifest = new TaskManifest(this.#path);
  }

  /** Makes the folder of a new fetch. */
  create(folder: CaseFolder): void {
    doing(`The ${this.#words.name} could not be begun`, () => {
      mkdirSync(this.#path, { recursive: true, mode: 0o700 });
      flushFolder(folder.evidence);
      flushFolder(folder.path);
    });
  }

  /** null: there is none. Problem: it is not readable. */
  state(): JsonObject | null {
    const path = join(this.#path, STATE);
    const text = doing(`${path} could not be read`, () => readWhole(path));
    if (text === null) return null;
    try {
      const data: unknown = JSON.parse(text);
      if (isObject(data)) {
        const { check: _, ...state } = data;
        return state;
      }
    } catch {
      // Said below.
    }
    throw this.#damaged('');
  }

  #damaged(flaw: string): Problem {
    return new Problem(
      `${join(this.#path, STATE)} is damaged${flaw}.`,
      `${this.#words.again}; what was imported from this ${this.#words.name} is not affected.`,
    );
  }

  /** The state, where it is as this version writes it. @throws Problem: it is damaged, and where. */
  checked<State>(state: JsonObject, schema: Schema<State>): State {
    if (fits(schema, state)) return state;
    throw this.#damaged(`: ${flawIn(schema, state)}`);
  }

  keepState(state: object): void {
    doing(`The state of the ${this.#words.name} could not be kept`, () =>
      replaceWhole(
        join(this.#path, STATE),
        `${JSON.stringify({ ...state, check: checkOf(state) }, null, 1)}\n`,
      ),
    );
  }

  /** Adds lines to the manifest, on the disk when this returns. */
  note(lines: readonly object[]): void {
    if (lines.length === 0) return;
    doing(`The manifest of the ${this.#words.name} could not be written`, () =>
      this.#manifest.append(lines),
    );
  }

  /** Whether manifest and state are as they were written. */
  check(): { readonly manifest: ManifestCheck; readonly state: 'fits' | 'changed' | 'none' } {
    return doing(`What the ${this.#words.name} kept could not be checked`, () => {
      const manifest = this.#manifest.check();
      return { manifest, state: this.#checkState() };
    });
  }

  #checkState(): 'fits' | 'changed' | 'none' {
    const text = readWhole(join(this.#path, STATE));
    if (text === null) return 'none';
    try {
      const data: unknown = JSON.parse(text);
      if (!isObject(data)) return 'changed';
      const { check, ...state } = data;
      if (check === undefined) return 'none';
      return check === checkOf(state) ? 'fits' : 'changed';
    } catch {
      return 'changed';
    }
  }

  /** The lines of the manifest that are whole, in order. */
  manifest(): readonly JsonObject[] {
    return doing(`The manifest of the ${this.#words.name} could not be read`, () =>
      this.#manifest.lines(),
    );
  }

  #pagePath(name: string): string {
    return join(this.#path, `${checkedName(name)}.zst`);
  }

  /** Keeps a page as it came, compressed. */
  keepPage(name: string, bytes: Uint8Array): void {
    doing('A page could not be kept', () => {
      const path = this.#pagePath(name);
      const file = openSync(`${path}.new`, 'w', 0o600);
      try {
        writeAll(file, zstdCompressSync(bytes, ZSTD), 0);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(`${path}.new`, path);
      flushFolder(this.#path);
    });
  }

  /** The page with this hash, or null where it is not there or is not what it was. */
  page(name: string, sha256: string): Buffer | null {
    const path = this.#pagePath(name);
    if (!existsSync(path)) return null;
    try {
      const bytes = zstdDecompressSync(readFileSync(path));
      return sha256OfBytes(bytes) === sha256 ? bytes : null;
    } catch (error) {
      if (failedWith(error, 'EACCES', 'EPERM', 'EIO', 'EMFILE', 'ENFILE'))
        throw diskProblem(error, `${path} could not be read`);
      return null;
    }
  }

  /** Takes pages away; harmless where they are gone. */
  dropPages(names: readonly string[]): void {
    doing('Pages that are evidence by now could not be taken away', () => {
      for (const name of names) rmSync(this.#pagePath(name), { force: true });
    });
  }
}

/** All fetches, or lookups, of a case, in no order. */
export const taskFolders = (
  folder: CaseFolder,
  kind: TaskKind = 'fetch',
): readonly TaskFolder[] => {
  const prefix = prefixOf(kind);
  if (!existsSync(folder.evidence)) return [];
  return doing('The fetches of the case could not be listed', () => readdirSync(folder.evidence))
    .filter((name) => name.startsWith(prefix) && ID.test(name.slice(prefix.length)))
    .map((name) => new TaskFolder(folder, name.slice(prefix.length), kind));
};
