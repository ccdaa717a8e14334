/**
 * The case as commands and the console's worker use it: everything synchronous, on the thread that
 * opened it. `openCase` is in `open-desk.ts`.
 */
import type { Containment, Decision } from '../domain/verdicts/decision.ts';
import type { Gap, Summary } from '../domain/exposure/exposure.ts';
import type { FetchStatement } from '../domain/fetches/fetch.ts';
import type { PastLookup } from '../domain/lookups/past-lookup.ts';
import type { Message } from '../domain/exposure/message.ts';
import type { MessageKey } from '../domain/lookups/wanted-message.ts';
import type { Scope } from '../domain/exposure/scope.ts';
import type { Mailbox, Session } from '../domain/sessions/session.ts';
import type { Source, Warning } from '../domain/records/source.ts';
import type { Trace, Unresolved } from '../domain/lookups/trace.ts';
import type { ReadOnlyRecords } from '../store/open-any-case.ts';
import type { Affirmed } from '../store/case-file.ts';
import type {
  AddressReach,
  CaseFilter,
  DecisionOutcome,
  MarkPreview,
  MarkRequest,
  Overview,
} from './case-service.ts';

/**
 * What KEYs of the command line stand for; `missing` ones match nothing and come with candidates. An
 * id that records state beside that of their session (`isOtherId`) is missing too where nothing else
 * has it: it decides nothing, and its candidates are the sessions it leads to.
 */
export interface ResolvedKeys {
  readonly sessions: readonly string[];
  readonly contexts: readonly string[];
  /** Sessions of which records state any KEY beside their own id. */
  readonly kin: readonly string[];
  readonly missing: readonly {
    readonly key: string;
    readonly candidates: readonly string[];
    readonly isOtherId: boolean;
  }[];
}

/** A message id and what is known of it. `inCase`: an audit record lists it. */
export interface IdTrace {
  readonly internetMessageId: string;
  readonly inCase: boolean;
  readonly trace: Trace | null;
  readonly unresolved: Unresolved | null;
}

/** A finding of `mia verify`. */
export interface Finding {
  readonly of: 'decisions' | 'evidence' | 'records' | 'case';
  readonly ok: boolean;
  /** In order, and yet to be known. */
  readonly note?: true;
  readonly text: string;
}

export interface VerifyOptions {
  /** Without reading the evidence into a database again. */
  readonly quick?: boolean;
  /** A hash of a decision kept elsewhere, or its start: where does it stand? */
  readonly head?: string;
}

export interface Case {
  readonly folder: string;
  /** Why nothing can be marked or imported, and where records are read then; null: it can. */
  readonly readOnly: ReadOnlyRecords | null;
  /** What is wrong with the decisions, in words: lines left out, a torn end moved aside. */
  readonly notices: readonly string[];
  /** `mailboxes`: names of those that its summary is limited to. */
  overview(mailboxes?: readonly string[]): Overview;
  /** Sorted by first time, then key, by code unit. Streams: never holds all of them. */
  sessions(filter: CaseFilter): Iterable<Session>;
  /** What matching contexts accessed. Sorted by first access, then id. */
  messages(filter: CaseFilter): Iterable<Message>;
  /**
   * Names of the messages that these sessions or contexts accessed; `malicious`: that malicious contexts
   * did. In the order of `messages`; asked for anew whenever it is walked.
   */
  messageKeys(of: readonly string[] | 'malicious'): Iterable<MessageKey>;
  summary(mailboxes?: readonly string[]): Summary;
  /** The mailboxes of these names, and how many the case holds. */
  scope(mailboxes: readonly string[]): Scope;
  sources(): readonly Source[];
  /** What can be said for each fetch from a tenant, in the order in which they began. */
  fetches(): readonly FetchStatement[];
  lookups(): readonly PastLookup[];
  warnings(source: string): readonly Warning[];
  /** Of those, what is to be said of the file as a whole and not of one row. */
  fileWarnings(source: string): readonly Warning[];
  decisions(): readonly Decision[];
  resolveKeys(keys: readonly string[]): ResolvedKeys;
  /** What it would touch, and what must be asked for before it. */
  previewMark(request: MarkRequest): MarkPreview;
  mark(request: MarkRequest): DecisionOutcome;
  /** Mail domains of the organisation whose mailboxes the case holds: what is inside. */
  ownDomains(): ReadonlySet<string>;
  /** The contexts that match now, by first time and key. */
  contexts(filter: CaseFilter): AddressReach['contexts'];
  /** Whether any context matches. */
  matches(filter: CaseFilter): boolean;
  /** The mailboxes of a guid or an owner, whole and without case; null: all of the case. */
  mailboxes(name: string | null): readonly Mailbox[];
  undo(): DecisionOutcome | null;
  redo(): DecisionOutcome | null;
  setWindow(
    mailbox: string | null,
    from: string | null,
    to: string | null,
    reason: string | null,
  ): DecisionOutcome;
  rebutGap(
    mailbox: string,
    gap: Pick<Gap, 'from' | 'to' | 'kind'>,
    rebutted: boolean,
    reason: string,
  ): DecisionOutcome;
  rebutSync(mailbox: string, rebutted: boolean, reason: string): DecisionOutcome;
  /** `mailbox` null: of the case. All times null: nothing is stated any more. */
  contain(mailbox: string | null, containment: Containment, reason: string | null): DecisionOutcome;
  traces(ids: Iterable<string>): Iterable<IdTrace>;
  withdraw(source: string, because: string | null): Source;
  verify(options?: VerifyOptions): AsyncIterable<Finding>;
  /** What mia did not write becomes the analyst's; what that was. Said in case.json. */
  affirm(): readonly Affirmed[];
  close(): void;
}

export interface OpenOptions {
  readonly folder: string;
  readonly analyst: string | null;
  /** UTC now, ISO: the only clock. */
  readonly now: () => string;
  /** Refuse to create a case that is not there. */
  readonly mustExist?: boolean;
  /** Also make one in a folder that holds other files. */
  readonly newCase?: boolean;
  /** Another thread of this program has opened it already: no lock is taken, nothing is mended. */
  readonly alongside?: boolean;
  /** As that thread found it, where the case can only be read. */
  readonly readOnly?: ReadOnlyRecords | null;
}
