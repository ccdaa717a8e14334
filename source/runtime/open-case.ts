import type { ExportFormat } from '../console/state.ts';
import { exportInThread } from '../jobs/export-in-thread.ts';
import type { ImportEvent } from '../jobs/import-events.ts';
import { importPaths } from '../jobs/import-paths.ts';
import { startCaseService } from '../jobs/start-case-service.ts';
import type { FollowedCase } from '../jobs/start-case-service.ts';

/** A case and the jobs that work on it, as the console needs them. */
export interface OpenCase {
  readonly service: FollowedCase;
  readonly importer: (paths: readonly string[], signal: AbortSignal) => AsyncIterable<ImportEvent>;
  /** Resolves to the files written; rejects with the signal's reason when aborted. */
  readonly exporter: (
    request: { readonly format: ExportFormat; readonly path: string },
    signal: AbortSignal,
  ) => Promise<readonly string[]>;
  /** Ends the service, and takes away what was temporary. */
  readonly close: () => Promise<void>;
}

export interface CaseToOpen {
  readonly folder: string;
  readonly analyst: string | null;
  readonly toolVersion: string;
  /** Called once the case is closed. */
  readonly afterwards?: () => void;
}

/**
 * Opens a case folder with threads for its questions, imports and exports.
 * @throws Problem where it can't be opened.
 */
export const openCase = async (which: CaseToOpen): Promise<OpenCase> => {
  const { folder, analyst, toolVersion } = which;
  const service = await startCaseService({ folder, analyst });
  return {
    service,
    // Who the decisions are by, imports are by too: the name given, else that of the case.
    importer: (paths, signal) =>
      importPaths({ folder, paths, keep: true, analyst: service.analyst, signal }),
    exporter: ({ format, path }, signal) =>
      exportInThread(
        { folder, analyst, format, path, intoFolder: format === 'csv', toolVersion },
        signal,
      ),
    async close() {
      await service.close();
      which.afterwards?.();
    },
  };
};
