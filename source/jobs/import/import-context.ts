import type { DatabaseSync } from 'node:sqlite';
import type { CaseFolder } from '../../store/case-folder.ts';
import { SourceIntake } from '../../store/records/source-intake.ts';
import { removeSource } from '../../store/records/remove-source.ts';
import type { ImportProgress } from './progress.ts';

/** What all files of one import share. One at a time per case (the import lock is held). */
export class ImportContext {
  readonly folder: CaseFolder;
  readonly db: DatabaseSync;
  readonly analyst: string;
  readonly now: () => string;
  readonly keep: boolean;
  readonly signal: AbortSignal;
  readonly progress: ImportProgress;
  intake: SourceIntake;

  constructor(options: Omit<ImportContext, 'intake' | 'takeAway'>) {
    this.folder = options.folder;
    this.db = options.db;
    this.analyst = options.analyst;
    this.now = options.now;
    this.keep = options.keep;
    this.signal = options.signal;
    this.progress = options.progress;
    this.intake = new SourceIntake(options.db);
  }

  /** Takes a source out of records.db again; the intake's numbers are no longer good then. */
  takeAway(source: number): void {
    this.intake.abandon();
    removeSource(this.db, source);
    this.intake = new SourceIntake(this.db);
  }
}
