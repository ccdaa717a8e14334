import type { ExportFormat } from '../console/state.ts';
import type { CaseService } from '../jobs/case-service.ts';
import type { ImportEvent } from '../jobs/import-events.ts';

/** A case service that tells when something changed, by this program or by another one. */
export interface WatchedCase extends CaseService {
  /** Returns what ends it. */
  onChanged(listener: () => void): () => void;
}

/** A case and the jobs that work on it, as the console needs them. */
export interface OpenCase {
  readonly service: WatchedCase;
  readonly importer: (paths: readonly string[], signal: AbortSignal) => AsyncIterable<ImportEvent>;
  /** Resolves to the files written; rejects with the signal's reason when aborted. */
  readonly exporter: (
    request: { readonly format: ExportFormat; readonly path: string },
    signal: AbortSignal,
  ) => Promise<readonly string[]>;
  /** Ends the service, and takes away what was temporary. */
  readonly close: () => Promise<void>;
}
