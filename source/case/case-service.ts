/**
 * What the console asks of a case. Everything is asynchronous: the answers come from a worker
 * thread that owns the store, so the main loop never waits for a disk or a query.
 */
import type { CaseFilter } from '../domain/sessions/case-filter.ts';
import type { ContextNote, Decision } from '../domain/verdicts/decision.ts';
import type { Gap, Summary } from '../domain/exposure/exposure.ts';
import type { FetchAsked, FetchStatement } from '../domain/fetches/fetch.ts';
import type { PastLookup } from '../domain/lookups/past-lookup.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Message, MessageTouches } from '../domain/exposure/message.ts';
import type { Context, Session, Verdict } from '../domain/sessions/session.ts';
import type { SignInGlance } from '../domain/sessions/sign-in-glance.ts';
import type { Source } from '../domain/records/source.ts';
import type { MessageKey } from '../domain/lookups/wanted-message.ts';
import type { UnfinishedFetch } from '../store/fetch-state.ts';

export type { CaseFilter };

export const SESSION_SORTS = [
  'lastSeen',
  'firstSeen',
  'user',
  'address',
  'messages',
  'verdict',
] as const;
export type SessionSort = (typeof SESSION_SORTS)[number];
export const MESSAGE_SORTS = ['accessed', 'sender', 'subject', 'folder', 'class'] as const;
export type MessageSort = (typeof MESSAGE_SORTS)[number];

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

/** Whose messages: those of sessions (keys of sessions, or of single contexts), of all that is malicious, or all. */
export type MessageScope =
  | { readonly of: 'sessions'; readonly keys: readonly string[] }
  | { readonly of: 'context'; readonly key: string }
  | { readonly of: 'malicious' }
  | { readonly of: 'case' };

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

/** Lines of the list of sessions. */
export interface SessionPage extends Page<SessionLine> {
  /** How many sessions all lines of the list stand for. */
  readonly sessions: number;
}

/** A session without its contexts, and its activity over the span of the case; or several in one line. */
export interface SessionLine extends Omit<Session, 'contexts' | 'signIns'>, Indicated {
  /** Where the line stands for several sessions: its key is the group's, its figures are theirs together. */
  readonly group: { readonly sessions: number } | null;
  readonly signInGlance: SignInGlance;
  readonly contextCount: number;
  /** Records in each of ACTIVITY_SLICES equal slices of the case's span. */
  readonly activity: readonly number[];
  /** A slice inside a gap of (one of) its mailboxes. */
  readonly gapSlices: readonly boolean[];
}
export const ACTIVITY_SLICES = 16;

/** Addresses of what is open in a row that have a malicious verdict elsewhere; none of the service's own. */
export interface Indicated {
  readonly indicators: readonly string[];
  /** Records that fell under its malicious verdict later. */
  readonly byRule: number;
}

/** A context of an opened session. */
export type ContextLine = Context & Indicated;

export interface MessagePage extends Page<Message> {
  /** How many of the whole list have metadata. */
  readonly traced: number;
  /** How many of the whole list have no message id: counted apart everywhere. */
  readonly withoutId: number;
}

export interface SessionSize {
  readonly key: string;
  readonly records: number;
  /** Key of the group in whose line it is; null: it has one of its own. */
  readonly group: string | null;
}

/** Where a session is to be found. */
export interface FoundSession {
  readonly isListed: boolean;
  /** Key of the group in whose line it is, in that list or else in that of all sessions. */
  readonly group: string | null;
}

/** One record of a context, in time order. */
export interface RecordLine {
  /** Number within this records.db only. */
  readonly row: number;
  readonly id: string;
  readonly time: string;
  readonly access: 'bind' | 'sync';
  readonly folders: readonly string[];
  readonly items: number;
  readonly operationCount: number | null;
  readonly throttled: boolean | null;
  readonly itemsMissing: boolean;
  /** More than one contradicting version of this record was read. */
  readonly conflict: boolean;
}

/** A record as it came: the bytes, which source and line, and what is in it. */
export interface RawRecord {
  readonly id: string;
  /** The row's text exactly as in the file (decoded). `y` copies this. */
  readonly text: string;
  /** AuditData pretty-printed, two spaces. */
  readonly pretty: string;
  readonly file: string;
  readonly line: number;
  readonly sha256: string;
  /** Where the same record stands elsewhere, or contradicting versions of it. */
  readonly alsoIn: readonly {
    readonly file: string;
    readonly line: number;
    readonly outcome: 'duplicate' | 'conflict';
  }[];
  /** Why the raw bytes cannot be shown, in words; then text and pretty are empty. */
  readonly unavailable: string | null;
}

export interface Overview {
  readonly version: number;
  readonly title: string;
  readonly analyst: string;
  readonly folder: string;
  /** Why nothing can be marked or imported, in words; null: it can. */
  readonly readOnly: string | null;
  readonly summary: Summary;
  readonly sources: readonly Source[];
  /** What can be said for each fetch from a tenant, in the order in which they began. */
  readonly fetches: readonly FetchStatement[];
  /** The same for lookups, in the order in which they ended. */
  readonly lookups: readonly PastLookup[];
  /** First and last record of the case, null in an empty one. */
  readonly span: { readonly from: string; readonly to: string } | null;
  readonly window: { readonly from: string | null; readonly to: string | null } | null;
  /** Rows of traces; what is neither accepted nor damaged came more than once. */
  readonly traceRows: {
    readonly rows: number;
    readonly accepted: number;
    readonly damaged: number;
  };
  /** Rows of sign-in logs; what is none of the others came more than once. */
  readonly signInRows: {
    readonly rows: number;
    readonly accepted: number;
    readonly conflicts: number;
    readonly damaged: number;
  };
  /** Rows of audit logs by outcome. */
  readonly rows: {
    readonly damaged: number;
    readonly conflicts: number;
    readonly duplicates: number;
    readonly otherOperations: number;
    readonly accepted: number;
  };
}

/** What a mark aims at. */
export interface MarkRequest {
  /** null clears. */
  readonly verdict: Verdict | null;
  readonly sessions: readonly string[];
  readonly contexts: readonly string[];
  readonly reason: string | null;
  /**
   * Records each of them had when it was shown. A benign mark is refused where there are more now:
   * it must not clear what the analyst did not see.
   */
  readonly seen?: { readonly [key: string]: number };
}

/** What a mark would touch, as it stands now, and which contexts must be asked for one by one. */
export interface MarkPreview {
  readonly sessions: number;
  readonly contexts: number;
  /** Of those contexts. */
  readonly malicious: number;
  readonly benign: number;
  /** Messages that they accessed, each counted once for each context. */
  readonly messages: number;
  /** Sessions, given whole, that a benign verdict would take malicious contexts of. */
  readonly partlyMalicious: number;
  /** Keys of sessions, given whole, whose contexts a benign verdict asks for. */
  readonly varied: readonly string[];
  readonly contextsToAsk: readonly Context[];
  /** Of `varied` those with more contexts than can be asked for at once. */
  readonly leftOut: number;
}

export interface DecisionOutcome {
  readonly decision: Decision;
  /** For the status line: sessions and contexts touched, own verdicts replaced, change of `messages.confirmed`. */
  readonly sessions: number;
  readonly contexts: number;
  readonly replaced: number;
  /** Contexts that were cleared, and that the verdict on their session still speaks for. */
  readonly stillJudged?: number;
  readonly confirmedBefore: number;
  readonly confirmedAfter: number;
}

/** All contexts seen from one address, for `A` and "same address: 3 more open contexts". */
export interface AddressReach {
  readonly address: string;
  /** One of the service's own addresses: behind REST a proxy, not the actor. */
  readonly service: boolean;
  readonly contexts: readonly (ContextNote & {
    readonly session: string;
    readonly verdict: Verdict | null;
    /** Its address is one of the service's own: only marked when asked for outright. */
    readonly service: boolean;
  })[];
  readonly sessions: number;
  readonly messages: number;
}

/** How the case stands towards its tenant. */
export interface FetchStatus {
  /** Begun and not ended, the oldest first. */
  readonly unfinished: readonly UnfinishedFetch[];
  /** Of case.json: its tenant and how to sign in there, as far as that is noted. */
  readonly settings: JsonObject;
  /** Judged sessions that hold more now than when they were judged, by their verdict. */
  readonly grown: { readonly benign: number; readonly malicious: number };
}

export interface CaseService {
  overview(): Promise<Overview>;
  fetchStatus(): Promise<FetchStatus>;
  /**
   * What to ask the sign-in log for: whoever acted in the sessions, over their time. `leftOut`: who
   * has neither a user name nor an id.
   */
  signInsToAsk(): Promise<{ readonly asked: FetchAsked; readonly leftOut: readonly string[] }>;
  sessions(query: SessionQuery, from: number, count: number): Promise<SessionPage>;
  /** Index of the line of a session or a group in that list, -1 where it is not in it. */
  sessionPosition(query: SessionQuery, key: string): Promise<number>;
  /** Sessions of a range of lines of that list and their records now, for range selection. `to` exclusive. */
  sessionSizes(query: SessionQuery, from: number, to: number): Promise<readonly SessionSize[]>;
  messages(query: MessageQuery, from: number, count: number): Promise<MessagePage>;
  /**
   * Of that list those without metadata that were never looked up (with `failed`: or whose lookup
   * failed), at most `most`, from index `from` on first and then those before it.
   */
  messagesToLookup(
    query: MessageQuery,
    from: number,
    most: number,
    failed: boolean,
  ): Promise<readonly MessageKey[]>;
  /** Index of a message, by its `row`, in that list, -1 where it is not in it. */
  messagePosition(query: MessageQuery, row: number): Promise<number>;
  /** Which sessions accessed a message, by its `row`. */
  touches(message: number): Promise<MessageTouches>;
  findSession(query: SessionQuery, key: string): Promise<FoundSession>;
  contexts(session: string): Promise<readonly ContextLine[]>;
  records(context: string, from: number, count: number): Promise<Page<RecordLine>>;
  raw(record: number): Promise<RawRecord>;
  /** The newest record of a session, a context, or a message, for `r` on such a row. */
  newestRecord(
    of: { session: string } | { context: string } | { message: number },
  ): Promise<number | null>;
  previewMark(request: MarkRequest): Promise<MarkPreview>;
  mark(request: MarkRequest): Promise<DecisionOutcome>;
  /** null: nothing of this console's to undo or redo. */
  undo(): Promise<DecisionOutcome | null>;
  redo(): Promise<DecisionOutcome | null>;
  /** Sets the reason of nothing retroactively: records a window or a rebuttal. */
  setWindow(
    mailbox: string | null,
    from: string | null,
    to: string | null,
    reason: string | null,
  ): Promise<DecisionOutcome>;
  rebutGap(
    mailbox: string,
    gap: Pick<Gap, 'from' | 'to' | 'kind'>,
    rebutted: boolean,
    reason: string,
  ): Promise<DecisionOutcome>;
  fromAddress(address: string): Promise<AddressReach>;
  close(): Promise<void>;
}
