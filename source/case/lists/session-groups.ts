import type { CaseStore } from '../../store/case-store.ts';
import { type SessionGroup, serviceGroups, GroupRows } from '../../store/queries/session-groups.ts';
import type { RowNumbers } from '../../store/queries/lists.ts';
import { sessionRank } from '../../store/queries/session-figures.ts';
import { forVersion } from './for-version.ts';
import type { SessionSort } from './list-queries.ts';

/** A list of sessions in lines: numbers of sessions, and of groups below zero. */
export interface SessionLines {
  readonly lines: RowNumbers;
  /** By line of a group: those of its sessions that are in the list, in its order. */
  readonly members: ReadonlyMap<number, RowNumbers>;
}

/** What a line is ordered by, where that is not what its first session is ordered by. */
type Rank = readonly number[];

const RANK_OF_VERDICT = { malicious: 0, mixed: 1, open: 2, benign: 3 } as const;

const before = (one: Rank, other: Rank): boolean => {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at >= 0 && (one[at] ?? 0) < (other[at] ?? 0);
};

interface Groups {
  readonly groups: readonly SessionGroup[];
  /** By number of a session: that of its line, where it is in a group. */
  readonly lineOf: ReadonlyMap<number, number>;
  readonly lines: WeakMap<RowNumbers, SessionLines>;
  readonly messages: WeakMap<RowNumbers, number>;
}

const groupsOf = (store: CaseStore): Groups => {
  const groups = serviceGroups(store.db);
  const lineOf = new Map(
    groups.flatMap(({ sessions }, at) => sessions.map((session) => [session, -1 - at])),
  );
  return { groups, lineOf, lines: new WeakMap(), messages: new WeakMap() };
};

/** Groups of sessions of a case, made once for each version of the records, and lists in lines. */
export class SessionGroups {
  readonly #store: CaseStore;
  readonly #known: () => Groups;

  constructor(store: CaseStore) {
    this.#store = store;
    this.#known = forVersion(
      () => store.recordsVersion,
      () => groupsOf(store),
    );
  }

  /** Sessions of a group, by its key; null: there is no such group. */
  sessionsOf(key: string): readonly number[] | null {
    return this.#known().groups.find((group) => group.key === key)?.sessions ?? null;
  }

  keyOf(line: number): string {
    return this.#known().groups[-1 - line]?.key ?? '';
  }

  lineWith(session: number): number {
    return this.#known().lineOf.get(session) ?? session;
  }

  lineOfKey(key: string): number | null {
    const at = this.#known().groups.findIndex((group) => group.key === key);
    return at < 0 ? null : -1 - at;
  }

  /** Distinct messages of the sessions that a line stands for. */
  messagesOf(members: RowNumbers): number {
    const { messages } = this.#known();
    const known =
      messages.get(members) ?? new GroupRows(this.#store.db).messages(JSON.stringify([...members]));
    messages.set(members, known);
    return known;
  }

  /** `sort`: what the list is ordered by; null where it is ranked by a search. Kept with the list. */
  lines(list: RowNumbers, sort: SessionSort | null): SessionLines {
    const { lines } = this.#known();
    const made = lines.get(list) ?? this.#make(list, sort);
    lines.set(list, made);
    return made;
  }

  #make(list: RowNumbers, sort: SessionSort | null): SessionLines {
    const members = this.#membersIn(list);
    if (members.size === 0) return { lines: list, members };
    const { lineOf } = this.#known();
    const begun = new Set<number>();
    const lines = list.map((session) => {
      const line = lineOf.get(session) ?? session;
      if (!members.has(line)) return session;
      if (begun.has(line)) return 0;
      begun.add(line);
      return line;
    });
    const found = lines.filter((line) => line !== 0);
    return {
      lines: sort === 'messages' || sort === 'verdict' ? this.#ranked(found, members, sort) : found,
      members,
    };
  }

  /** One session of a group alone in a list is shown as what it is. */
  #membersIn(list: RowNumbers): ReadonlyMap<number, RowNumbers> {
    const found = new Map<number, number[]>();
    const { groups, lineOf } = this.#known();
    if (groups.length > 0)
      for (const session of list) {
        const line = lineOf.get(session);
        if (line === undefined) continue;
        const others = found.get(line);
        if (others === undefined) found.set(line, [session]);
        else others.push(session);
      }
    return new Map(
      [...found]
        .filter(([, sessions]) => sessions.length > 1)
        .map(([line, sessions]) => [line, Int32Array.from(sessions)]),
    );
  }

  /** Groups where what they come to together belongs: their sessions alone would stand elsewhere. */
  #ranked(
    lines: RowNumbers,
    members: ReadonlyMap<number, RowNumbers>,
    sort: 'messages' | 'verdict',
  ): RowNumbers {
    const { db } = this.#store;
    const rows = new GroupRows(db);
    const rankOfSession = sessionRank(db, sort);
    const rankOfGroup = (line: number): Rank => {
      const own = members.get(line) ?? new Int32Array();
      const { verdict, lastSeen } = rows.row(JSON.stringify([...own]));
      const rank = sort === 'messages' ? -this.messagesOf(own) : RANK_OF_VERDICT[verdict ?? 'open'];
      return [rank, -Date.parse(lastSeen)];
    };
    const sessions = lines.filter((line) => line > 0);
    const groups = [...lines.filter((line) => line < 0)]
      .map((line) => ({ line, rank: rankOfGroup(line) }))
      .sort((a, b) => (before(a.rank, b.rank) ? -1 : 1))
      .map(({ line, rank }) => {
        let [low, high] = [0, sessions.length];
        while (low < high) {
          const middle = (low + high) >> 1;
          if (before(rankOfSession(sessions[middle] ?? 0), rank)) low = middle + 1;
          else high = middle;
        }
        return { line, at: low };
      });
    const merged = new Int32Array(lines.length);
    let [from, to] = [0, 0];
    for (const { line, at } of groups) {
      merged.set(sessions.subarray(from, at), to);
      to += at - from;
      from = at;
      merged[to++] = line;
    }
    merged.set(sessions.subarray(from), to);
    return merged;
  }
}
