import type { SourceKind } from '../../domain/source.ts';
import type { RecordsUse } from '../../store/records/open-records.ts';
import type { PackedRows } from '../../store/records/packed-rows.ts';

/** What the records thread is started with. */
export interface RecordsOrder {
  readonly path: string;
  readonly use: RecordsUse;
}

export type ToRecordsWorker =
  | {
      readonly say: 'begin';
      readonly file: string;
      readonly kept: boolean;
      readonly path: string | null;
    }
  /** Answered with whether rows became visible. */
  | { readonly say: 'take'; readonly packed: PackedRows }
  | {
      readonly say: 'end';
      readonly sha256: string;
      readonly kind: SourceKind;
      readonly layout: string;
    }
  | { readonly say: 'takeAway'; readonly source: number }
  | { readonly say: 'close' };

export type FromRecordsWorker =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: unknown };
