import type { DatabaseSync } from 'node:sqlite';
import type { FolderName } from '../../domain/records/audit-record.ts';
import { betterFolderName } from '../../domain/records/folder-name.ts';
import { type Prepared, prepareAll } from '../prepared.ts';
import {
  folderOfNamed,
  NAMES_PER_FOLDER,
  namedFolderNumber,
  ordinalOfNamed,
} from './packed-content.ts';

interface FolderEntry {
  readonly folder: number;
  /** Ordinals by name. */
  readonly names: Map<string | null, number>;
  best: string | null;
}

const sql = {
  folder: 'SELECT folder, name FROM folders WHERE mailbox = ? AND ident = ?',
  names: 'SELECT ordinal, name FROM folder_names WHERE folder = ?',
  add: 'INSERT INTO folders (folder, mailbox, ident, id, name) VALUES (?, ?, ?, ?, ?)',
  addName: 'INSERT INTO folder_names (folder, ordinal, name, records) VALUES (?, ?, ?, 0)',
  rename: 'UPDATE folders SET name = ? WHERE folder = ?',
  count: `UPDATE folder_names SET records = records + ? WHERE folder = ? AND ordinal = ?
    RETURNING records`,
  dropName: 'DELETE FROM folder_names WHERE folder = ? AND ordinal = ?',
  drop: 'DELETE FROM folders WHERE folder = ?',
  next: 'SELECT coalesce(max(folder), 0) + 1 AS next FROM folders',
} as const;

/**
 * Numbers for folders and for the names that records give them. How many records give each is
 * counted, so that a name goes with the last of them, and a folder with its last name.
 */
export class FolderNames {
  readonly #statements: Prepared<typeof sql>;
  readonly #folders = new Map<string, FolderEntry>();
  /** By how much the records of a named folder have changed since the last flush. */
  readonly #changes = new Map<number, number>();
  #next: number;

  constructor(db: DatabaseSync) {
    this.#statements = prepareAll(db, sql);
    this.#next = Number(this.#statements.next.get()?.['next']);
  }

  /** The number (`namedFolderNumber`) of this name of a folder. */
  number(mailbox: number, folder: FolderName): number {
    const ident = folder.id ?? `name:${folder.name ?? ''}`;
    const cacheKey = `${mailbox}|${ident}`;
    let entry = this.#folders.get(cacheKey);
    if (entry === undefined) {
      entry = this.#find(mailbox, ident) ?? this.#add(mailbox, ident, folder);
      this.#folders.set(cacheKey, entry);
    }
    return namedFolderNumber(entry.folder, this.#ordinal(entry, folder.name));
  }

  #find(mailbox: number, ident: string): FolderEntry | null {
    const found = this.#statements.folder.get(mailbox, ident);
    if (found === undefined) return null;
    const folder = Number(found['folder']);
    const rows = this.#statements.names.all(folder);
    const names = rows.map(
      (row) => [row['name'] as string | null, Number(row['ordinal'])] as const,
    );
    return { folder, names: new Map(names), best: found['name'] as string | null };
  }

  #add(mailbox: number, ident: string, { id, name }: FolderName): FolderEntry {
    const folder = this.#next++;
    this.#statements.add.run(folder, mailbox, ident, id, name);
    return { folder, names: new Map(), best: name };
  }

  #ordinal(entry: FolderEntry, name: string | null): number {
    const known = entry.names.get(name);
    if (known !== undefined) return known;
    const ordinal = Math.max(-1, ...entry.names.values()) + 1;
    // Nobody renames a folder so often; who makes it look so has it counted under the last name.
    if (ordinal >= NAMES_PER_FOLDER) return ordinal - 1;
    entry.names.set(name, ordinal);
    this.#statements.addName.run(entry.folder, ordinal, name);
    const best = betterFolderName(entry.best, name);
    if (best !== entry.best) {
      entry.best = best;
      this.#statements.rename.run(best, entry.folder);
    }
    return ordinal;
  }

  /** A record that lists these came (1) or went away (-1). */
  count(namedFolders: readonly number[], change: 1 | -1): void {
    for (const named of namedFolders)
      this.#changes.set(named, (this.#changes.get(named) ?? 0) + change);
  }

  /** Drops names that no record gives any more, and folders without a name. */
  flush(): void {
    const doubtful = new Set<number>();
    for (const [named, change] of this.#changes) {
      const [folder, ordinal] = [folderOfNamed(named), ordinalOfNamed(named)];
      if (Number(this.#statements.count.get(change, folder, ordinal)?.['records']) > 0) continue;
      this.#statements.dropName.run(folder, ordinal);
      doubtful.add(folder);
    }
    this.#changes.clear();
    for (const folder of doubtful) this.#nameAnew(folder);
    if (doubtful.size > 0) this.#folders.clear();
  }

  #nameAnew(folder: number): void {
    const names = this.#statements.names.all(folder).map((row) => row['name'] as string | null);
    if (names.length === 0) this.#statements.drop.run(folder);
    else this.#statements.rename.run(names.reduce(betterFolderName), folder);
  }

  /** Between batches: empties what has grown larger than `most`. */
  trim(most: number): void {
    if (this.#folders.size > most) this.#folders.clear();
  }
}
