import type { JsonObject } from '../json.ts';
import type { SignIn } from '../sessions/sign-in.ts';
import type { TraceRow } from '../lookups/trace.ts';

/** What one row holds. `auditData` is AuditData in the classic PascalCase shape, objects as objects. */
export type RowContent =
  | {
      readonly kind: 'audit';
      readonly auditData: JsonObject;
      /** What the container says beside AuditData; serves only where AuditData is silent. */
      readonly envelope: { readonly id: string | null; readonly time: string | null };
      /**
       * Items or values lost in this container, in words for the warning list; empty when none.
       * Those that cost items begin with ITEMS_LOST (`costsItems`).
       */
      readonly losses: readonly string[];
      /** Left out where the row's date is plain, as nearly all are. */
      readonly date?: RowDate;
    }
  | {
      readonly kind: 'trace';
      readonly traces: readonly TraceRow[];
      /** Left out where the row's date is plain, as nearly all are. */
      readonly date?: RowDate;
    }
  | { readonly kind: 'signIns'; readonly signIn: SignIn; readonly date?: RowDate }
  | {
      readonly kind: 'damaged';
      readonly reason: string;
      /** What the container or the rest of the record says of its time, as written there. */
      readonly time?: string | null;
      readonly date?: RowDate;
    };

/** Which of day and month the dates of a file write first. */
export type DateOrder = 'dayFirst' | 'monthFirst';

/** What the dates of a file prove together; mixed: both, as in one put together on two machines. */
export type FileOrder = DateOrder | 'mixed';

/** What a row's date says of the dates of its file, and why it gave no time where it gave none. */
export interface RowDate {
  /** The order that this date proves, by itself or beside the time that its record states. */
  readonly proves: FileOrder | null;
  /**
   * order: two readings of it are dates. unreadable: none is. zone: it is local time of a zone that
   * the file does not state. null: it gave a time, or none was needed.
   */
  readonly doubt: 'order' | 'unreadable' | 'zone' | null;
  readonly text: string;
}

export const ITEMS_LOST = 'items lost';

/** Whether items were lost, and not merely depth that could be read back (`domain.md` 3). */
export const costsItems = (losses: readonly string[]): boolean =>
  losses.some((loss) => loss.startsWith(ITEMS_LOST));

/** One row and where its bytes stand in the file as it lies on disk (before any decoding). */
export interface Row {
  /** 1-based physical line on which the row begins. */
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly content: RowContent;
}
