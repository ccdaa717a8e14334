import { randomBytes } from 'node:crypto';
import type { CaseFilter } from '../domain/sessions/case-filter.ts';
import type { Decision } from '../domain/verdicts/decision.ts';
import type { Summary } from '../domain/exposure/exposure.ts';
import type { FetchStatement } from '../domain/fetches/fetch.ts';
import type { PastLookup } from '../domain/lookups/past-lookup.ts';
import type { Indicator } from '../domain/indicators/indicator.ts';
import type { Message } from '../domain/exposure/message.ts';
import type { MessageKey } from '../domain/lookups/wanted-message.ts';
import type { Scope } from '../domain/exposure/scope.ts';
import type { Mailbox, Session } from '../domain/sessions/session.ts';
import type { Source, Warning } from '../domain/records/source.ts';
import { forTerminal } from '../domain/terminal-text.ts';
import { fileWarnings, sourceWarnings } from '../import/source-report.ts';
import { affirmCase } from '../store/affirm-case.ts';
import { analystOf } from '../store/analyst.ts';
import { type Affirmed, changedInCaseFile, isByHand } from '../store/case-file.ts';
import type { CaseStore, ReadOnlyRecords } from '../store/case-store.ts';
import { takeAwayEmptyCase } from '../store/case-folder.ts';
import { openCaseStore } from '../store/open-case-store.ts';
import { anyContextMatches } from '../store/queries/asked-contexts.ts';
import { compareWithHabit, type SessionComparison } from '../store/queries/baseline.ts';
import { ownDomains } from '../store/queries/exposed-messages.ts';
import { messageNumbers, sessionNumbers } from '../store/queries/lists.ts';
import { mailboxesNamed, mailboxesOf } from '../store/queries/mailboxes.ts';
import { MessageRows } from '../store/queries/message-rows.ts';
import { messageKeysOf } from '../store/queries/messages-to-lookup.ts';
import { type ResolvedKeys, resolveKeys } from '../store/queries/resolved-keys.ts';
import { type IdTrace, tracesOfIds } from '../store/queries/traces-of-ids.ts';
import { meetIndicators, type MetIndicators } from './indicators.ts';
import { type Author, Judging } from './judging/judging.ts';
import { type AddressReach, matchingContexts } from './judging/reach.ts';
import { withdrawSource } from './judging/withdraw-source.ts';
import { type Overview, overviewOf } from './overview.ts';
import type { Finding, VerifyOptions } from './verify/finding.ts';
import { verifyCase } from './verify/verify-case.ts';

export type { IdTrace, ResolvedKeys, SessionComparison };

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
  /** Leave it exactly as it is, though it may be written. */
  readonly onlyRead?: boolean;
}

/**
 * A case as it is asked and judged, on the thread that opened it: everything is synchronous, and each
 * answer is of what stands on the disk as it is asked. Lists for a screen are in `lists/`.
 */
export class Case {
  readonly store: CaseStore;
  /** Marks, windows, rebuttals: what becomes a decision. */
  readonly judging: Judging;
  readonly #author: Author;

  /** @throws Problem where the folder can't be used, or records.db must be rebuilt first. */
  constructor({ folder, analyst, now, ...how }: OpenOptions) {
    this.store = openCaseStore(folder, {
      create: how.mustExist !== true,
      amongOthers: how.newCase === true,
      alongside: how.alongside === true,
      readOnly: how.readOnly ?? null,
      onlyRead: how.onlyRead === true,
      at: now(),
    });
    this.#author = {
      analyst: analystOf(analyst, this.store.caseFile.analyst),
      console: randomBytes(4).toString('hex'),
      now,
    };
    this.judging = new Judging(this.store, this.#author);
  }

  get folder(): string {
    return this.store.folder.path;
  }

  /** In whose name decisions are: the one given, else that of the case. */
  get analyst(): string {
    return this.#author.analyst;
  }

  /** Why nothing can be marked or imported, and where records are read then; null: it can. */
  get readOnly(): ReadOnlyRecords | null {
    return this.store.readOnly;
  }

  /** What everybody has to know who looks at this case, in words for a terminal. */
  get notices(): readonly string[] {
    const { folder, flaws, caseFile, openedDecisions } = this.store;
    const { torn, end } = openedDecisions;
    const changed = (changedInCaseFile(folder) ?? []).filter((part) => !isByHand(part));
    const toAffirm = [
      ...(end === null ? [] : [end.text]),
      ...changed.map(({ text }) => `case.json, ${text}`),
      ...caseFile.toAffirm.map(({ text }) => text),
    ];
    return [
      ...folder.remarks.map((remark) => `${forTerminal(remark)}.`),
      ...flaws.map((flaw) => `${flaw.text}.`),
      ...(torn === null ? [] : [torn.notice]),
      ...toAffirm.map((text) => `${forTerminal(text)}. See mia verify.`),
    ];
  }

  /** `mailboxes`: names of those that its summary is limited to. */
  overview(mailboxes?: readonly string[]): Overview {
    const summary = this.summary(mailboxes);
    return { ...overviewOf(this.store), analyst: this.analyst, folder: this.folder, summary };
  }

  /** Sorted by first time, then key, by code unit. Streams: never holds all of them. */
  *sessions(filter: CaseFilter): Iterable<Session> {
    this.store.refresh();
    const rows = this.store.sessionRows();
    for (const number of sessionNumbers(this.store.db, filter, 'first')) {
      const session = rows.session(number);
      if (session !== null) yield session;
    }
  }

  /** Sessions or contexts, by their keys, beside the habit of the mailboxes that they opened. */
  compare(keys: readonly string[]): SessionComparison {
    this.store.refresh();
    return compareWithHabit(this.store.db, this.store.state, keys);
  }

  /** What of the case indicators meet. */
  meetIndicators(indicators: readonly Indicator[]): MetIndicators {
    this.store.refresh();
    return meetIndicators(this.store, indicators);
  }

  /** What matching contexts accessed. Sorted by first access, then id. */
  *messages(filter: CaseFilter): Iterable<Message> {
    this.store.refresh();
    this.store.exposure.summary();
    const rows = new MessageRows(this.store.db);
    for (const number of messageNumbers(this.store.db, { of: 'case' }, filter, 'first')) {
      const message = rows.message(number);
      if (message !== null) yield message;
    }
  }

  /**
   * Names of the messages that these sessions or contexts accessed; `malicious`: that malicious contexts
   * did. In the order of `messages`; asked for anew whenever it is walked.
   */
  messageKeys(of: readonly string[] | 'malicious'): Iterable<MessageKey> {
    const { store } = this;
    const scope = of === 'malicious' ? { of } : ({ of: 'sessions', keys: of } as const);
    return {
      *[Symbol.iterator]() {
        store.refresh();
        yield* messageKeysOf(store.db, scope);
      },
    };
  }

  /** What the case knows of these message ids, in the order they are asked for; with or without <>. */
  traces(ids: Iterable<string>): Iterable<IdTrace> {
    this.store.refresh();
    return tracesOfIds(this.store.db, ids);
  }

  /** `mailboxes`: names of those that it is limited to. */
  summary(mailboxes?: readonly string[]): Summary {
    this.store.refresh();
    return mailboxes === undefined
      ? this.store.exposure.summary()
      : this.store.exposure.summaryOf(this.#mailboxesNamed(mailboxes));
  }

  #mailboxesNamed(names: readonly string[]): readonly number[] {
    return [...new Set(names.flatMap((name) => mailboxesNamed(this.store.db, name)))];
  }

  /** The mailboxes of these names, and how many the case holds. */
  scope(mailboxes: readonly string[]): Scope {
    this.store.refresh();
    const { db } = this.store;
    return {
      mailboxes: mailboxesOf(db, this.#mailboxesNamed(mailboxes)),
      caseMailboxes: mailboxesOf(db, null).length,
    };
  }

  /** The mailboxes of a guid or an owner, whole and without case; null: all of the case. */
  mailboxes(name: string | null): readonly Mailbox[] {
    this.store.refresh();
    const { db } = this.store;
    return mailboxesOf(db, name === null ? null : mailboxesNamed(db, name));
  }

  /** Mail domains of the organisation whose mailboxes the case holds: what is inside. */
  ownDomains(): ReadonlySet<string> {
    this.store.refresh();
    return ownDomains(this.store.db);
  }

  sources(): readonly Source[] {
    this.store.refresh();
    return this.store.caseFile.sources;
  }

  /** What can be said for each fetch from a tenant, in the order in which they began. */
  fetches(): readonly FetchStatement[] {
    this.store.refresh();
    return this.store.caseFile.fetches;
  }

  lookups(): readonly PastLookup[] {
    this.store.refresh();
    return this.store.caseFile.lookUps;
  }

  decisions(): readonly Decision[] {
    this.store.refresh();
    return this.store.decisions;
  }

  /** `source`: an id or SHA-256 of `sources`. `of` 'file': only what is to be said of it as a whole. */
  warnings(source: string, of: 'rows' | 'file' = 'rows'): readonly Warning[] {
    const found = this.sources().find((one) => one.id === source || one.sha256 === source);
    if (found === undefined) return [];
    const read = of === 'file' ? fileWarnings : sourceWarnings;
    return read(this.store.db, found.sha256, found.file);
  }

  resolveKeys(keys: readonly string[]): ResolvedKeys {
    return resolveKeys(this.store.db, keys);
  }

  /** The contexts that match now, by first time and key. */
  contexts(filter: CaseFilter): AddressReach['contexts'] {
    this.store.refresh();
    return matchingContexts(this.store, filter);
  }

  /** Whether any context matches. */
  matches(filter: CaseFilter): boolean {
    this.store.refresh();
    return anyContextMatches(this.store.db, filter);
  }

  /** Takes a wrong import out (`withdrawSource`). */
  withdraw(source: string, because: string | null): Source {
    return withdrawSource(this.store, this.#author, source, because);
  }

  verify(options: VerifyOptions = {}): AsyncIterable<Finding> {
    return verifyCase(this.store, this.#author.now, options);
  }

  /** What mia did not write becomes the analyst's; what that was. Said in case.json. */
  affirm(): readonly Affirmed[] {
    const { analyst, now } = this.#author;
    return affirmCase(this.store.folder, { analyst, at: now() });
  }

  close(): void {
    this.store.close();
    if (this.store.folder.found !== 'case') takeAwayEmptyCase(this.store.folder);
  }
}

/** @throws Problem where the folder can't be used, or records.db must be rebuilt first. */
export const openCase = (options: OpenOptions): Case => new Case(options);
