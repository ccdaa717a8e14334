import { NO_SIGN_INS } from '../../domain/sessions/sign-in-glance.ts';
import type { CaseStore } from '../../store/case-store.ts';
import { GroupRows } from '../../store/queries/group-row.ts';
import type { RowNumbers } from '../../store/queries/lists.ts';
import type { SessionRows } from '../../store/queries/session-rows.ts';
import type {
  FoundSession,
  SessionLine,
  SessionPage,
  SessionQuery,
  SessionSize,
} from '../case-service.ts';
import type { Activity } from './activity.ts';
import type { Indicators } from './indicators.ts';
import type { RowLists } from './row-lists.ts';
import type { SessionGroups, SessionLines } from './session-groups.ts';
import type { SignInGlances } from './sign-in-glances.ts';

interface Parts {
  readonly lists: RowLists;
  readonly groups: SessionGroups;
  readonly activity: Activity;
  readonly indicators: Indicators;
  readonly glances: SignInGlances;
}

/** Windows of the list of sessions, in which a line may stand for a group of them. */
export class SessionPages {
  readonly #open: CaseStore;
  readonly #parts: Parts;

  constructor(open: CaseStore, parts: Parts) {
    this.#open = open;
    this.#parts = parts;
  }

  #lines(query: SessionQuery): SessionLines {
    const { lists, groups } = this.#parts;
    const list = lists.sessions(query, groups);
    if (query.grouped !== true) return { lines: list, members: new Map() };
    return groups.lines(list, query.search.trim() === '' ? query.sort : null);
  }

  #single(number: number, rows: SessionRows): SessionLine | null {
    const session = rows.withoutSignIns(number);
    if (session === null) return null;
    const { activity, glances, indicators } = this.#parts;
    const { contexts, ...line } = session;
    return {
      ...line,
      group: null,
      contextCount: contexts.length,
      signInGlance: glances.of(number, session, rows),
      indicators: indicators.among(contexts),
      activity: activity.strip(number),
      gapSlices: activity.gapSlices(number),
      byRule: this.#byRule(number),
    };
  }

  #byRule(session: number): number {
    const sum = this.#open.db.prepare('SELECT total(by_rule) AS sum FROM judged WHERE session = ?');
    return Number(sum.get(session)?.['sum'] ?? 0);
  }

  /** What its sessions share is that of any of them; the service's own addresses indicate nothing. */
  #grouped(line: number, members: RowNumbers, rows: SessionRows): SessionLine | null {
    const { activity, groups } = this.#parts;
    const shared = rows.withoutSignIns(members[0] ?? 0);
    if (shared === null) return null;
    const sessions = JSON.stringify([...members]);
    const { grown, contexts, ...figures } = new GroupRows(this.#open.db).row(sessions);
    const { contexts: _contexts, ...session } = shared;
    return {
      ...session,
      ...figures,
      key: groups.keyOf(line),
      group: { sessions: members.length },
      messages: groups.messagesOf(members),
      grownSinceVerdict: grown,
      contextCount: contexts,
      signInGlance: NO_SIGN_INS,
      indicators: [],
      activity: activity.stripOf(members),
      gapSlices: activity.gapSlices(members[0] ?? 0),
    };
  }

  page(query: SessionQuery, from: number, count: number): SessionPage {
    const { lines, members } = this.#lines(query);
    const rows = this.#open.sessionRows();
    const shown: SessionLine[] = [];
    for (const number of lines.subarray(Math.max(0, from), Math.max(0, from) + count)) {
      const own = members.get(number);
      const line =
        own === undefined ? this.#single(number, rows) : this.#grouped(number, own, rows);
      if (line !== null) shown.push(line);
    }
    const grouped = [...members.values()].reduce((sum, own) => sum + own.length - 1, 0);
    const total = lines.length;
    return { version: this.#open.version, total, sessions: total + grouped, from, rows: shown };
  }

  /** A session in a group is where the line of its group is. */
  position(query: SessionQuery, key: string): number {
    const { groups } = this.#parts;
    const { lines, members } = this.#lines(query);
    const number = groups.lineOfKey(key) ?? this.#open.sessionRows().numberOf(key);
    if (number === null) return -1;
    const line = groups.lineWith(number);
    return lines.indexOf(members.get(line)?.includes(number) === true ? line : number);
  }

  /** All sessions that the lines of a range stand for. */
  sizes(query: SessionQuery, from: number, to: number): readonly SessionSize[] {
    const size = this.#open.db.prepare('SELECT key, records FROM sessions WHERE session = ?');
    const { groups } = this.#parts;
    const { lines, members } = this.#lines(query);
    return [...lines.subarray(Math.max(0, from), to)].flatMap((line) => {
      const own = members.get(line);
      const group = own === undefined ? null : groups.keyOf(line);
      return [...(own ?? [line])].map((number) => {
        const row = size.get(number);
        return { key: row?.['key'] as string, records: Number(row?.['records']), group };
      });
    });
  }

  /** Whether the list has a session, and in the line of which group; of one that it has not, of all. */
  find(query: SessionQuery, key: string): FoundSession {
    const number = this.#open.sessionRows().numberOf(key);
    const isIn = ({ group: _group, ...asked }: SessionQuery): FoundSession => {
      const { groups } = this.#parts;
      const { lines, members } = this.#lines({ ...asked, grouped: true });
      if (number === null) return { isListed: false, group: null };
      const line = groups.lineWith(number);
      if (members.get(line)?.includes(number) === true)
        return { isListed: true, group: groups.keyOf(line) };
      return { isListed: lines.includes(number), group: null };
    };
    const found = isIn(query);
    if (found.isListed) return found;
    return { ...isIn({ ...query, filter: {}, search: '' }), isListed: false };
  }
}
