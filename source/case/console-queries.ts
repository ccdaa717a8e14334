import type { Gap } from '../domain/exposure/exposure.ts';
import type { Message, MessageTouches } from '../domain/exposure/message.ts';
import type { MessageKey } from '../domain/lookups/wanted-message.ts';
import type { ReadOnlyRecords } from '../store/open-any-case.ts';
import { grownSessions } from '../store/queries/grown-sessions.ts';
import type { RowNumbers } from '../store/queries/lists.ts';
import { MessageRows } from '../store/queries/message-rows.ts';
import { recordLines } from '../store/queries/record-lines.ts';
import { messagesToLookup } from '../store/queries/messages-to-lookup.ts';
import { touchesOf } from '../store/queries/message-touches.ts';
import { newestRecordOf } from '../store/queries/newest-record.ts';
import type {
  AddressReach,
  ContextLine,
  DecisionOutcome,
  FetchStatus,
  FoundSession,
  MarkPreview,
  MarkRequest,
  MessagePage,
  MessageQuery,
  Overview,
  Page,
  RawRecord,
  RecordLine,
  SessionPage,
  SessionQuery,
  SessionSize,
} from './case-service.ts';
import type { OpenOptions } from './case.ts';
import { signInsAsked } from '../acquire/fetch/sign-ins-asked.ts';
import { unfinishedFetches } from '../store/fetch-state.ts';
import { RawRecords } from './raw-record.ts';
import { OpenedCase } from './open-case.ts';
import { SearchIndexes } from './search/search-indexes.ts';
import { Activity } from './lists/activity.ts';
import { Indicators } from './lists/indicators.ts';
import { OverviewPace } from './overview-pace.ts';
import { RowLists } from './lists/row-lists.ts';
import { SessionGroups } from './lists/session-groups.ts';
import { SessionPages } from './lists/session-pages.ts';
import { SignInGlances } from './lists/sign-in-glances.ts';

/** Sessions told of one message: more than anybody reads, and few enough to be quick. */
const MOST_TOUCHES = 200;

/** CaseService on the worker's side: each method is answered synchronously, one after the other. */
export class ConsoleQueries {
  readonly #theCase: OpenedCase;
  readonly #lists: RowLists;
  readonly #search: SearchIndexes;
  readonly #pace: OverviewPace;
  readonly #groups: SessionGroups;
  readonly #sessions: SessionPages;
  readonly #raw: RawRecords;
  readonly #indicators: Indicators;

  constructor(options: OpenOptions) {
    this.#theCase = new OpenedCase(options);
    const { open } = this.#theCase;
    this.#search = new SearchIndexes(open);
    this.#lists = new RowLists(open, this.#search);
    this.#pace = new OverviewPace(open);
    this.#groups = new SessionGroups(open);
    this.#raw = new RawRecords(open);
    this.#indicators = new Indicators(open);
    this.#sessions = new SessionPages(open, {
      lists: this.#lists,
      groups: this.#groups,
      activity: new Activity(open),
      indicators: this.#indicators,
      glances: new SignInGlances(open),
    });
  }

  /** Version after taking up what changed on disk. */
  refresh(): number {
    this.#theCase.open.refresh();
    return this.#theCase.open.version;
  }

  /** In whose name decisions are. */
  get analyst(): string {
    return this.#theCase.judge.analyst;
  }

  /** What has to be said as the case is opened. */
  /** Where records are read, in a case that can only be read. */
  get readOnly(): ReadOnlyRecords | null {
    return this.#theCase.readOnly;
  }

  get notices(): readonly string[] {
    return this.#theCase.notices;
  }

  /** A little work ahead of the first search; false when all is done. */
  prepareSearch(): boolean {
    return this.#search.prepare();
  }

  /** Milliseconds that the next overview can wait (OverviewPace). */
  overviewPause(now: number): number {
    return this.#pace.pause(now);
  }

  overview(): Overview {
    const began = performance.now();
    const overview = this.#theCase.overview();
    this.#pace.done(began, performance.now());
    return overview;
  }

  fetchStatus(): FetchStatus {
    const { open } = this.#theCase;
    return {
      unfinished: unfinishedFetches(this.#theCase.folder),
      settings: open.caseFile.settings,
      grown: grownSessions(open.db, open.state),
    };
  }

  signInsToAsk(): ReturnType<typeof signInsAsked> {
    const { folder, judge } = this.#theCase;
    return signInsAsked(folder, { users: [], from: null, to: null }, judge.now());
  }

  sessions(query: SessionQuery, from: number, count: number): SessionPage {
    return this.#sessions.page(query, from, count);
  }

  sessionPosition(query: SessionQuery, key: string): number {
    return this.#sessions.position(query, key);
  }

  sessionSizes(query: SessionQuery, from: number, to: number): readonly SessionSize[] {
    return this.#sessions.sizes(query, from, to);
  }

  findSession(query: SessionQuery, key: string): FoundSession {
    return this.#sessions.find(query, key);
  }

  /** The key of a group stands for all of its sessions: a filter narrows them by itself. */
  #messages(query: MessageQuery): RowNumbers {
    const { scope } = query;
    if (scope.of !== 'sessions') return this.#lists.messages(query);
    const keyOf = this.#theCase.open.db.prepare('SELECT key FROM sessions WHERE session = ?');
    const keys = scope.keys.flatMap((key) => {
      const sessions = this.#groups.sessionsOf(key);
      return sessions === null
        ? [key]
        : sessions.map((session) => keyOf.get(session)?.['key'] as string);
    });
    return this.#lists.messages({ ...query, scope: { of: 'sessions', keys } });
  }

  messages(query: MessageQuery, from: number, count: number): MessagePage {
    const { open } = this.#theCase;
    const list = this.#messages(query);
    const rows = new MessageRows(open.db);
    const window = [...list.subarray(Math.max(0, from), Math.max(0, from) + count)];
    open.presumed().fillFor(window);
    const messages = window
      .map((number) => rows.message(number))
      .filter((message): message is Message => message !== null);
    const counts = this.#lists.counts(list);
    return { version: open.version, total: list.length, ...counts, from, rows: messages };
  }

  messagesToLookup(
    query: MessageQuery,
    from: number,
    most: number,
    failed: boolean,
  ): readonly MessageKey[] {
    const list = this.#messages(query);
    return messagesToLookup(this.#theCase.open.db, list, { from, most, failed });
  }

  messagePosition(query: MessageQuery, row: number): number {
    return this.#messages(query).indexOf(row);
  }

  touches(message: number): MessageTouches {
    return touchesOf(this.#theCase.open.db, message, MOST_TOUCHES);
  }

  contexts(session: string): readonly ContextLine[] {
    const rows = this.#theCase.open.sessionRows();
    const number = rows.numberOf(session);
    if (number === null) return [];
    const byRule = this.#theCase.open.db.prepare(
      'SELECT j.by_rule FROM contexts c JOIN judged j ON j.context = c.context WHERE c.key = ?',
    );
    return rows.contexts(number).map((context) => ({
      ...context,
      indicators: this.#indicators.among([context]),
      byRule: Number(byRule.get(context.key)?.['by_rule'] ?? 0),
    }));
  }

  records(context: string, from: number, count: number): Page<RecordLine> {
    const { open } = this.#theCase;
    const row = open.db.prepare('SELECT context FROM contexts WHERE key = ?').get(context);
    if (row === undefined) return { version: open.version, total: 0, from, rows: [] };
    const number = Number(row['context']);
    const total = open.db
      .prepare('SELECT count(*) AS records FROM records WHERE context = ?')
      .get(number);
    return {
      version: open.version,
      total: Number(total?.['records']),
      from,
      rows: recordLines(open.db, number, from, count),
    };
  }

  raw(record: number): RawRecord {
    return this.#raw.read(record);
  }

  newestRecord(of: { session: string } | { context: string } | { message: number }): number | null {
    return newestRecordOf(this.#theCase.open.db, of);
  }

  previewMark(request: MarkRequest): MarkPreview {
    return this.#theCase.previewMark(request);
  }

  mark(request: MarkRequest): DecisionOutcome {
    return this.#theCase.mark(request);
  }

  undo(): DecisionOutcome | null {
    return this.#theCase.undo();
  }

  redo(): DecisionOutcome | null {
    return this.#theCase.redo();
  }

  setWindow(
    mailbox: string | null,
    from: string | null,
    to: string | null,
    reason: string | null,
  ): DecisionOutcome {
    return this.#theCase.setWindow(mailbox, from, to, reason);
  }

  rebutGap(
    mailbox: string,
    gap: Pick<Gap, 'from' | 'to' | 'kind'>,
    rebutted: boolean,
    reason: string,
  ): DecisionOutcome {
    return this.#theCase.rebutGap(mailbox, gap, rebutted, reason);
  }

  fromAddress(address: string): AddressReach {
    return this.#theCase.reachOf(address);
  }

  close(): void {
    this.#theCase.close();
  }
}

export type ConsoleMethod = keyof Omit<
  ConsoleQueries,
  'refresh' | 'close' | 'analyst' | 'notices' | 'readOnly' | 'prepareSearch' | 'overviewPause'
>;
