import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { CaseFolder } from './case-folder.ts';
import { openRecordsOf } from './records/open-records.ts';

/**
 * Asks records.db, over and over, what `make` prepares questions for: one connection for as long as
 * the file is the same, a new one where a rebuild has put another in its place.
 */
export class FollowedRecords<Questions> implements Disposable {
  readonly #folder: CaseFolder;
  readonly #make: (db: DatabaseSync) => Questions;
  #open: { readonly db: DatabaseSync; readonly inode: number; readonly asked: Questions } | null =
    null;

  constructor(folder: CaseFolder, make: (db: DatabaseSync) => Questions) {
    this.#folder = folder;
    this.#make = make;
  }

  ask<Answer>(question: (asked: Questions) => Answer): Answer {
    const inode = statSync(this.#folder.records, { throwIfNoEntry: false })?.ino ?? 0;
    if (this.#open === null || this.#open.inode !== inode) {
      this.#open?.db.close();
      const db = openRecordsOf(this.#folder);
      const { ino } = statSync(this.#folder.records);
      this.#open = { db, inode: ino, asked: this.#make(db) };
    }
    return question(this.#open.asked);
  }

  [Symbol.dispose](): void {
    this.#open?.db.close();
    this.#open = null;
  }
}
