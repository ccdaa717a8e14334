import type { Message, MessageTouches } from '../domain/exposure/message.ts';
import type { CaseFilter } from '../domain/sessions/case-filter.ts';
import type { ContextLine, SessionLine } from '../case/lists/session-pages.ts';
import type {
  MessageQuery,
  MessageSort,
  SessionQuery,
  SessionSort,
} from '../case/lists/list-queries.ts';
import type { SessionComparison } from '../case/case.ts';
import type { Overview } from '../case/overview.ts';
import type { RawRecord, RecordLine } from '../case/lists/record-pages.ts';
import type { ExposureRow } from './lists/exposure-rows.ts';
import type { PagedList } from './lists/paged-list.ts';
import type { Position } from './lists/short-list.ts';
import type { FetchJob, LookupJob, AuthenticationChoice, TenantKnown } from './tenant.ts';
import type { CaseSearch, Dialog } from './dialog.ts';
import type { Range, Effect } from './effect.ts';

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

export type Pane = 'sessions' | 'messages' | 'exposure' | 'details';

/** What is looked for in a raw record, and the line it was last found in; -1: not yet. */
export interface Find {
  readonly text: string;
  readonly line: number;
}

/** What is held beside the habit of its mailbox. */
export type Compared = { readonly session: SessionLine } | { readonly context: ContextLine };

/** What was opened in the place of the sessions, outermost first. `cameFrom`: where Esc leads. */
export type Level = { readonly cameFrom: Pane } & (
  | {
      readonly level: 'contexts';
      readonly session: SessionLine;
      readonly asked: number | null;
      readonly stale: boolean;
      readonly contexts: readonly ContextLine[] | null;
      readonly position: Position;
    }
  | {
      readonly level: 'records';
      readonly context: ContextLine;
      readonly list: PagedList<string, RecordLine>;
    }
  | {
      readonly level: 'comparison';
      readonly subject: Compared;
      readonly asked: number | null;
      readonly stale: boolean;
      readonly found: SessionComparison | null;
      readonly top: number;
    }
  | {
      readonly level: 'raw';
      readonly asked: number | null;
      readonly raw: RawRecord | null;
      readonly top: number;
      readonly find: Find;
    }
);
export type ContextsLevel = Extract<Level, { level: 'contexts' }>;
export type RecordsLevel = Extract<Level, { level: 'records' }>;
export type ComparisonLevel = Extract<Level, { level: 'comparison' }>;
export type RawLevel = Extract<Level, { level: 'raw' }>;

/** Which sessions accessed a message whose details are in sight. */
export interface TouchesShown {
  readonly asked: { readonly number: number; readonly message: number } | null;
  readonly answer: MessageTouches | null;
  /** Number of a message of which no answer could be had. */
  readonly failed: number | null;
  readonly stale: boolean;
}

export interface Selection {
  readonly sessions: ReadonlySet<string>;
  /** Context key → session key. */
  readonly contexts: ReadonlyMap<string, string>;
  /** Groups that were taken in whole, by key; their sessions are among the sessions. */
  readonly groups: ReadonlySet<string>;
  /** Records that each had when it was shown, by key: a benign verdict covers no others. */
  readonly seen: ReadonlyMap<string, number>;
}

export interface Job {
  readonly id: number;
  readonly kind: 'import' | 'export' | 'demo';
  /** What it says of itself, e.g. "importing 61 %, 12 s left". */
  readonly line: string;
  readonly cancelling: boolean;
  readonly imported: ImportCounters;
}

/** What an import told so far, for the line at its end. */
export interface ImportCounters {
  readonly files: number;
  readonly already: number;
  readonly rows: number;
  readonly accepted: number;
  readonly sideEvents: number;
  readonly otherOperations: number;
  readonly duplicates: number;
  readonly conflicts: number;
  readonly damaged: number;
  readonly problems: readonly FileProblem[];
}

/** Why nothing came of a file. */
export interface FileProblem {
  readonly file: string;
  readonly problem: string;
}

/** A key press by its name, or pasted text. */
export type Typed = { readonly key: string } | { readonly paste: string };

export interface ConsoleState {
  readonly size: Size;
  /** Milliseconds, as the latest event said. */
  readonly now: number;
  readonly canLoadDemo: boolean;
  /** The case goes when the console does: nothing is fetched into it. */
  readonly temporary: boolean;
  readonly overview: Overview | null;
  /** Of that overview: what the Exposure pane lists. */
  readonly exposureRows: readonly ExposureRow[];
  readonly overviewAsked: number | null;
  readonly overviewStale: boolean;
  readonly focus: Pane;
  /** The pane whose row the details are of. */
  readonly detailsOf: Exclude<Pane, 'details'>;
  readonly detailsShown: boolean;
  readonly detailsTop: number;
  readonly sessions: PagedList<SessionQuery, SessionLine>;
  /** How many sessions the lines of that list stand for. */
  readonly sessionsListed: number;
  /** The group whose sessions are listed, and the search in which its line was. */
  readonly group: { readonly key: string; readonly search: string } | null;
  readonly messages: PagedList<MessageQuery, Message>;
  /** How many of the messages listed have metadata, and how many no message id. */
  readonly traced: number;
  readonly withoutId: number;
  readonly exposure: Position;
  readonly touches: TouchesShown;
  /** What `K` begins with. */
  readonly lastSearch: CaseSearch | null;
  readonly opened: readonly Level[];
  readonly scope: 'session' | 'malicious';
  readonly filter: CaseFilter;
  /** What was taken away last, for `X` to bring back. */
  readonly filterAside: CaseFilter;
  readonly sessionSort: SessionSort;
  readonly sessionSearch: string;
  readonly messageSort: MessageSort;
  readonly messageSearch: string;
  readonly selection: Selection;
  /** What Esc or a mark took out of the selection, for `V`. */
  readonly putAside: Selection;
  readonly range: Range | null;
  /** While the cursor of that pane moves: the state before, which the panes that depend on it show. */
  readonly moving: { readonly pane: Pane; readonly from: ConsoleState } | null;
  /** Goes with the next decision. */
  readonly reason: string | null;
  readonly dialog: Dialog | null;
  readonly job: Job | null;
  /** null: not told yet. */
  readonly tenant: TenantKnown | null;
  /** As typed in this console: what the next question for it begins with. */
  readonly authentication: AuthenticationChoice;
  /** Chosen in this console: it stands before what environment and case say. */
  readonly chosenAuthentication: AuthenticationChoice;
  readonly fetch: FetchJob | null;
  readonly lookup: LookupJob | null;
  /** What just happened; goes away by itself. */
  readonly status: { readonly text: string; readonly until: number } | null;
  /** Stays until Esc. */
  readonly error: string | null;
  /** The text the last key copied, where it copied one. */
  readonly lastCopied: string | null;
  /** Typed before the case was open, in its order. */
  readonly waitingKeys: readonly Typed[];
  readonly nextRequest: number;
  readonly left: boolean;
}

/** What an event leads to. */
export interface Transition {
  readonly state: ConsoleState;
  readonly effects: readonly Effect[];
}

const STATUS_SECONDS = 8;
/** For what took so long that nobody sits and waits for it. */
const STATUS_SECONDS_AFTER_LONG = 120;

export const transition = (state: ConsoleState, ...effects: readonly Effect[]): Transition => ({
  state,
  effects,
});

/** Says what just happened; it goes away by itself. */
export const showStatus = (
  state: ConsoleState,
  text: string,
  seconds = STATUS_SECONDS,
): ConsoleState => ({
  ...state,
  status: { text, until: state.now + seconds * 1000 },
});

export const showLongStatus = (state: ConsoleState, text: string): ConsoleState =>
  showStatus(state, text, STATUS_SECONDS_AFTER_LONG);

/** Says what went wrong and what to do; it stays until Esc. */
export const showError = (state: ConsoleState, problem: string): ConsoleState => ({
  ...state,
  error: problem,
});
