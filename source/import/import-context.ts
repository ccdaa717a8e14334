import type { DatabaseSync } from 'node:sqlite';
import type { CaseFolder } from '../store/case-folder.ts';
import type { SourceOrigin } from '../domain/records/source.ts';
import type { ImportProgress } from './progress.ts';
import type { RecordWriter } from './record-writer.ts';

/** What all files of one import share. One at a time per case (the import lock is held). */
export interface ImportContext {
  readonly folder: CaseFolder;
  /** For questions; what writes records is `writer`, in its thread. */
  readonly db: DatabaseSync;
  readonly writer: RecordWriter;
  readonly analyst: string;
  readonly now: () => string;
  readonly keep: boolean;
  /** Of what is imported now; a source that is read again has its own. */
  readonly origin: SourceOrigin;
  readonly signal: AbortSignal;
  readonly progress: ImportProgress;
}
