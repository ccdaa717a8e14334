/** What lists are asked with. */
import type { CaseFilter } from '../../domain/sessions/case-filter.ts';
import type { ContextScope, MessageOrder, SessionOrder } from '../../store/queries/lists.ts';

export type SessionSort = Exclude<SessionOrder, 'first'>;
export type MessageSort = Exclude<MessageOrder, 'first'>;
/** Whose messages: those of sessions (keys of sessions, or of single contexts), of all that is malicious, or all. */
export type MessageScope = ContextScope;

export interface SessionQuery {
  readonly filter: CaseFilter;
  readonly sort: SessionSort;
  /** Fuzzy; empty: none. */
  readonly search: string;
  /** In lines: derived sessions that differ in the service's own address only have one together. */
  readonly grouped?: boolean;
  /** Only sessions of that group, by its key. */
  readonly group?: string;
}

export interface MessageQuery {
  readonly scope: MessageScope;
  readonly filter: CaseFilter;
  readonly sort: MessageSort;
  readonly search: string;
}

/** A window into a list. `version` grows whenever records, traces or verdicts changed. */
export interface Page<Row> {
  readonly version: number;
  readonly total: number;
  readonly from: number;
  readonly rows: readonly Row[];
}
