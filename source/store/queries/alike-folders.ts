import type { DatabaseSync } from 'node:sqlite';
import { mayBeOneFolder } from '../../domain/records/folder-name.ts';

const sql = {
  withoutId: 'SELECT DISTINCT mailbox FROM folders WHERE id IS NULL',
  names: `SELECT f.folder, f.id, coalesce(n.name, f.name) AS name FROM folders f
    LEFT JOIN folder_names n ON n.folder = f.folder WHERE f.mailbox = ?`,
} as const;

interface NamedFolder {
  readonly folder: number;
  readonly id: string | null;
  readonly name: string | null;
}

const namedFolders = (db: DatabaseSync, mailbox: number): readonly NamedFolder[] =>
  db
    .prepare(sql.names)
    .all(mailbox)
    .map((row) => ({
      folder: Number(row['folder']),
      id: row['id'] as string | null,
      name: row['name'] as string | null,
    }));

/**
 * Other folders that each folder may be (`mayBeOneFolder`). Two folders are told apart by their ids
 * (`domain.md`, Reading 3); where a record names one without its id, it may be any that is named alike,
 * and doubt never clears. Empty where all have ids. Good until records change.
 */
const alikeFolders = (db: DatabaseSync): ReadonlyMap<number, ReadonlySet<number>> => {
  const found = new Map<number, Set<number>>();
  const add = (folder: number, other: number): void => {
    found.set(folder, (found.get(folder) ?? new Set()).add(other));
  };
  for (const { mailbox } of db.prepare(sql.withoutId).all()) {
    const folders = namedFolders(db, Number(mailbox));
    for (const one of folders.filter(({ id }) => id === null))
      for (const other of folders) {
        if (other.folder === one.folder || !mayBeOneFolder(one.name, other.name)) continue;
        add(one.folder, other.folder);
        add(other.folder, one.folder);
      }
  }
  return found;
};

/** Folders and all those that they may be. Looks at the case when it is first asked; until records change. */
export class AlikeFolders {
  readonly #db: DatabaseSync;
  #alike: ReadonlyMap<number, ReadonlySet<number>> | null = null;

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  with(folders: readonly number[]): readonly number[] {
    this.#alike ??= alikeFolders(this.#db);
    const { size } = this.#alike;
    if (size === 0) return folders;
    return [...new Set(folders.flatMap((one) => [one, ...(this.#alike?.get(one) ?? [])]))];
  }
}
