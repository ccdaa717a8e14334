import { randomBytes } from 'node:crypto';
import type { CaseFilter } from '../domain/sessions/case-filter.ts';
import type { Containment, Decision } from '../domain/verdicts/decision.ts';
import type { Gap, Summary } from '../domain/exposure/exposure.ts';
import type { FetchStatement } from '../domain/fetches/fetch.ts';
import type { PastLookup } from '../domain/lookups/past-lookup.ts';
import type { Message } from '../domain/exposure/message.ts';
import type { MessageKey } from '../domain/lookups/wanted-message.ts';
import type { Scope } from '../domain/exposure/scope.ts';
import type { Mailbox, Session } from '../domain/sessions/session.ts';
import type { Source, Warning } from '../domain/records/source.ts';
import { affirmCase } from '../store/affirm-case.ts';
import type { Affirmed } from '../store/case-file.ts';
import { takeAwayEmptyCase } from '../store/empty-case.ts';
import { type AnyCase, readOnlyRecords, type ReadOnlyRecords } from '../store/open-any-case.ts';
import type { CaseStore } from '../store/case-store.ts';
import { ownDomains } from '../store/queries/exposed-messages.ts';
import { messageNumbers, sessionNumbers } from '../store/queries/lists.ts';
import { mailboxesNamed, mailboxesOf } from '../store/queries/mailboxes-named.ts';
import { MessageRows } from '../store/queries/message-rows.ts';
import { messageKeys } from '../store/queries/messages-to-lookup.ts';
import { analystOf } from '../store/analyst.ts';
import type { Case, OpenOptions, Finding, IdTrace, ResolvedKeys, VerifyOptions } from './case.ts';
import type {
  AddressReach,
  DecisionOutcome,
  MarkPreview,
  MarkRequest,
  Overview,
} from './case-service.ts';
import {
  type Judge,
  markContexts,
  reverse,
  setAccessWindow,
  stateContainment,
} from './judging/judging.ts';
import { rebutGap, rebutSync } from './judging/rebutting.ts';
import { lookupKeys } from './key-lookup.ts';
import { previewMark } from './judging/mark-preview.ts';
import { noticesOf } from './notices.ts';
import { contextsMatching, matchesAny, reachOf } from './judging/reach.ts';
import { tracesOfIds } from './traces-of-ids.ts';
import { openAsAsked } from './open-as-asked.ts';
import { overviewOf } from './overview.ts';
import { verifyCase } from './verify/verify-case.ts';
import { withdrawSource } from './judging/withdraw-source.ts';
import { fileWarnings, sourceWarnings } from '../import/source-report.ts';

/** The case on the thread that opened it; see CaseDesk for what each answers. */
export class OpenedCase implements Case {
  readonly open: CaseStore;
  readonly judge: Judge;
  readonly #opened: AnyCase;

  constructor(options: OpenOptions) {
    this.#opened = openAsAsked(options);
    this.open = this.#opened.open;
    this.judge = {
      analyst: analystOf(options.analyst, this.open.caseFile.analyst),
      console: randomBytes(4).toString('hex'),
      now: options.now,
    };
  }

  get folder(): string {
    return this.open.folder.path;
  }

  get readOnly(): ReadOnlyRecords | null {
    return readOnlyRecords(this.open.folder);
  }

  get notices(): readonly string[] {
    return noticesOf(this.open, this.#opened.decisions);
  }

  overview(mailboxes?: readonly string[]): Overview {
    this.open.refresh();
    const { folder, judge } = this;
    return {
      ...overviewOf(this.open),
      analyst: judge.analyst,
      folder,
      summary: this.#summary(mailboxes),
    };
  }

  *sessions(filter: CaseFilter): Generator<Session> {
    this.open.refresh();
    const rows = this.open.sessionRows();
    for (const number of sessionNumbers(this.open.db, filter, 'first')) {
      const session = rows.session(number);
      if (session !== null) yield session;
    }
  }

  *messages(filter: CaseFilter): Generator<Message> {
    this.open.refresh();
    this.open.summary();
    const rows = new MessageRows(this.open.db);
    for (const number of messageNumbers(this.open.db, { of: 'case' }, filter, 'first')) {
      const message = rows.message(number);
      if (message !== null) yield message;
    }
  }

  messageKeys(of: readonly string[] | 'malicious'): Iterable<MessageKey> {
    const { open } = this;
    const scope =
      of === 'malicious' ? ({ of: 'malicious' } as const) : ({ of: 'sessions', keys: of } as const);
    return {
      *[Symbol.iterator]() {
        open.refresh();
        yield* messageKeys(open.db, messageNumbers(open.db, scope, {}, 'first'));
      },
    };
  }

  #summary(mailboxes: readonly string[] | undefined): Summary {
    return mailboxes === undefined
      ? this.open.summary()
      : this.open.summaryOf(this.#mailboxesNamed(mailboxes));
  }

  #mailboxesNamed(names: readonly string[]): readonly number[] {
    return [...new Set(names.flatMap((name) => mailboxesNamed(this.open.db, name)))];
  }

  summary(mailboxes?: readonly string[]): Summary {
    this.open.refresh();
    return this.#summary(mailboxes);
  }

  scope(mailboxes: readonly string[]): Scope {
    this.open.refresh();
    const { db } = this.open;
    return {
      mailboxes: mailboxesOf(db, this.#mailboxesNamed(mailboxes)),
      caseMailboxes: mailboxesOf(db, null).length,
    };
  }

  sources(): readonly Source[] {
    this.open.refresh();
    return this.open.caseFile.sources;
  }

  fetches(): readonly FetchStatement[] {
    this.open.refresh();
    return this.open.caseFile.fetches;
  }

  lookups(): readonly PastLookup[] {
    this.open.refresh();
    return this.open.caseFile.lookUps;
  }

  /** `source`: an id or SHA-256 of `sources`. */
  warnings(source: string): readonly Warning[] {
    const found = this.sources().find((one) => one.id === source || one.sha256 === source);
    return found === undefined ? [] : sourceWarnings(this.open.db, found.sha256, found.file);
  }

  fileWarnings(source: string): readonly Warning[] {
    const found = this.sources().find((one) => one.id === source || one.sha256 === source);
    return found === undefined ? [] : fileWarnings(this.open.db, found.sha256, found.file);
  }

  decisions(): readonly Decision[] {
    this.open.refresh();
    return this.open.decisions;
  }

  resolveKeys(keys: readonly string[]): ResolvedKeys {
    return lookupKeys(this.open, keys);
  }

  previewMark(request: MarkRequest): MarkPreview {
    this.open.refresh();
    return previewMark(this.open, request);
  }

  mark(request: MarkRequest): DecisionOutcome {
    return markContexts(this.open, this.judge, request);
  }

  ownDomains(): ReadonlySet<string> {
    this.open.refresh();
    return ownDomains(this.open.db);
  }

  contexts(filter: CaseFilter): AddressReach['contexts'] {
    this.open.refresh();
    return contextsMatching(this.open, filter);
  }

  matches(filter: CaseFilter): boolean {
    this.open.refresh();
    return matchesAny(this.open, filter);
  }

  mailboxes(name: string | null): readonly Mailbox[] {
    this.open.refresh();
    const { db } = this.open;
    return mailboxesOf(db, name === null ? null : mailboxesNamed(db, name));
  }

  /** Exact address or CIDR: its contexts existing now. */
  reachOf(address: string): AddressReach {
    this.open.refresh();
    return reachOf(this.open, address);
  }

  undo(): DecisionOutcome | null {
    return reverse(this.open, this.judge, 'undo');
  }

  redo(): DecisionOutcome | null {
    return reverse(this.open, this.judge, 'redo');
  }

  setWindow(
    mailbox: string | null,
    from: string | null,
    to: string | null,
    reason: string | null,
  ): DecisionOutcome {
    return setAccessWindow(this.open, this.judge, { mailbox, from, to }, reason);
  }

  rebutGap(
    mailbox: string,
    gap: Pick<Gap, 'from' | 'to' | 'kind'>,
    rebutted: boolean,
    reason: string,
  ): DecisionOutcome {
    return rebutGap(
      this.open,
      this.judge,
      { mailbox, from: gap.from, to: gap.to, kind: gap.kind, rebutted },
      reason,
    );
  }

  rebutSync(mailbox: string, rebutted: boolean, reason: string): DecisionOutcome {
    return rebutSync(this.open, this.judge, { mailbox, rebutted }, reason);
  }

  contain(
    mailbox: string | null,
    containment: Containment,
    reason: string | null,
  ): DecisionOutcome {
    return stateContainment(this.open, this.judge, mailbox, containment, reason);
  }

  traces(ids: Iterable<string>): Iterable<IdTrace> {
    return tracesOfIds(this.open, ids);
  }

  withdraw(source: string, because: string | null): Source {
    return withdrawSource(this.open, this.judge, source, because);
  }

  verify(options: VerifyOptions = {}): AsyncIterable<Finding> {
    return verifyCase(this.open, this.judge.now, options);
  }

  affirm(): readonly Affirmed[] {
    const { analyst, now } = this.judge;
    return affirmCase(this.open.folder, { analyst, at: now() });
  }

  close(): void {
    this.open.close();
    this.#opened[Symbol.dispose]();
    if (this.open.folder.found !== 'case') takeAwayEmptyCase(this.open.folder);
  }
}

/**
 * Opens a case for commands.
 * @throws Problem where the folder can't be used, or records.db must be rebuilt first.
 */
export const openCase = (options: OpenOptions): Case => new OpenedCase(options);
