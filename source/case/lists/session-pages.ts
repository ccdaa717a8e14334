import type { Context, Session } from '../../domain/sessions/session.ts';
import { glanceAt, NO_SIGN_INS, type SignInGlance } from '../../domain/sessions/sign-in-glance.ts';
import type { CaseStore } from '../../store/case-store.ts';
import { GroupRows } from '../../store/queries/session-groups.ts';
import { maliciousAddresses } from '../../store/queries/judgement.ts';
import type { RowNumbers } from '../../store/queries/lists.ts';
import {
  recordsByRule,
  recordsByRuleOfContexts,
  sessionSizes,
} from '../../store/queries/session-figures.ts';
import type { SessionRows } from '../../store/queries/session-rows.ts';
import { Activity } from './activity.ts';
import { forVersion } from './for-version.ts';
import type { Page, SessionQuery } from './list-queries.ts';
import type { RowLists } from './row-lists.ts';
import type { SessionGroups, SessionLines } from './session-groups.ts';

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
/** Addresses of what is open in a row that have a malicious verdict elsewhere; none of the service's own. */
export interface Indicated {
  readonly indicators: readonly string[];
  /** Records that fell under its malicious verdict later. */
  readonly byRule: number;
}

/** A context of an opened session. */
export type ContextLine = Context & Indicated;

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

/** Windows of the list of sessions, in which a line may stand for a group of them. */
export class SessionPages {
  readonly #store: CaseStore;
  readonly #lists: RowLists;
  readonly #groups: SessionGroups;
  readonly #activity: Activity;
  /** What lists show of the sign-ins of a session, by its number. */
  readonly #glances: () => Map<number, SignInGlance>;
  readonly #malicious: () => ReadonlySet<string>;

  constructor(store: CaseStore, lists: RowLists, groups: SessionGroups) {
    this.#store = store;
    this.#lists = lists;
    this.#groups = groups;
    this.#activity = new Activity(store);
    this.#glances = forVersion(
      () => store.recordsVersion,
      () => new Map(),
    );
    this.#malicious = forVersion(
      () => store.version,
      () => maliciousAddresses(store.db),
    );
  }

  /** Of these contexts, the addresses of open ones that are judged malicious elsewhere. */
  #indicators(contexts: readonly Context[]): readonly string[] {
    const malicious = this.#malicious();
    const found = contexts.flatMap(({ address, verdict }) =>
      verdict === null && address !== null && malicious.has(address) ? [address] : [],
    );
    return [...new Set(found)];
  }

  #lines(query: SessionQuery): SessionLines {
    const groups = this.#groups;
    const list = this.#lists.sessions(query, groups);
    if (query.grouped !== true) return { lines: list, members: new Map() };
    return groups.lines(list, query.search.trim() === '' ? query.sort : null);
  }

  #single(number: number, rows: SessionRows): SessionLine | null {
    const session = rows.withoutSignIns(number);
    if (session === null) return null;
    const { contexts, ...line } = session;
    const glances = this.#glances();
    const glance = glances.get(number) ?? glanceAt(rows.signInsOf(number, session));
    glances.set(number, glance);
    return {
      ...line,
      group: null,
      contextCount: contexts.length,
      signInGlance: glance,
      indicators: this.#indicators(contexts),
      activity: this.#activity.strip([number]),
      gapSlices: this.#activity.gapSlices(number),
      byRule: recordsByRule(this.#store.db, number),
    };
  }

  /** What its sessions share is that of any of them; the service's own addresses indicate nothing. */
  #grouped(line: number, members: RowNumbers, rows: SessionRows): SessionLine | null {
    const shared = rows.withoutSignIns(members[0] ?? 0);
    if (shared === null) return null;
    const sessions = JSON.stringify([...members]);
    const { grown, contexts, ...figures } = new GroupRows(this.#store.db).row(sessions);
    const { contexts: _contexts, ...session } = shared;
    return {
      ...session,
      ...figures,
      key: this.#groups.keyOf(line),
      group: { sessions: members.length },
      messages: this.#groups.messagesOf(members),
      grownSinceVerdict: grown,
      contextCount: contexts,
      signInGlance: NO_SIGN_INS,
      indicators: [],
      activity: this.#activity.strip(members),
      gapSlices: this.#activity.gapSlices(members[0] ?? 0),
    };
  }

  page(query: SessionQuery, from: number, count: number): SessionPage {
    const { lines, members } = this.#lines(query);
    const rows = this.#store.sessionRows();
    const shown: SessionLine[] = [];
    for (const number of lines.subarray(Math.max(0, from), Math.max(0, from) + count)) {
      const own = members.get(number);
      const line =
        own === undefined ? this.#single(number, rows) : this.#grouped(number, own, rows);
      if (line !== null) shown.push(line);
    }
    const grouped = [...members.values()].reduce((sum, own) => sum + own.length - 1, 0);
    const total = lines.length;
    return { version: this.#store.version, total, sessions: total + grouped, from, rows: shown };
  }

  /** A session in a group is where the line of its group is. */
  position(query: SessionQuery, key: string): number {
    const { lines, members } = this.#lines(query);
    const number = this.#groups.lineOfKey(key) ?? this.#store.sessionRows().numberOf(key);
    if (number === null) return -1;
    const line = this.#groups.lineWith(number);
    return lines.indexOf(members.get(line)?.includes(number) === true ? line : number);
  }

  /** All sessions that the lines of a range stand for. */
  sizes(query: SessionQuery, from: number, to: number): readonly SessionSize[] {
    const { lines, members } = this.#lines(query);
    return [...lines.subarray(Math.max(0, from), to)].flatMap((line) => {
      const own = members.get(line);
      const group = own === undefined ? null : this.#groups.keyOf(line);
      return sessionSizes(this.#store.db, own ?? [line]).map((size) => ({ ...size, group }));
    });
  }

  /** Whether the list has a session, and in the line of which group; of one that it has not, of all. */
  find(query: SessionQuery, key: string): FoundSession {
    const number = this.#store.sessionRows().numberOf(key);
    const isIn = ({ group: _group, ...asked }: SessionQuery): FoundSession => {
      const { lines, members } = this.#lines({ ...asked, grouped: true });
      if (number === null) return { isListed: false, group: null };
      const line = this.#groups.lineWith(number);
      if (members.get(line)?.includes(number) === true)
        return { isListed: true, group: this.#groups.keyOf(line) };
      return { isListed: lines.includes(number), group: null };
    };
    const found = isIn(query);
    if (found.isListed) return found;
    return { ...isIn({ ...query, filter: {}, search: '' }), isListed: false };
  }

  contexts(session: string): readonly ContextLine[] {
    const rows = this.#store.sessionRows();
    const number = rows.numberOf(session);
    if (number === null) return [];
    const byRule = recordsByRuleOfContexts(this.#store.db, number);
    return rows.contexts(number).map((context) => ({
      ...context,
      indicators: this.#indicators([context]),
      byRule: byRule.get(context.key) ?? 0,
    }));
  }
}
