import type { Case } from './case.ts';
import type { FetchAsked, TimeRange } from '../domain/fetches/fetch.ts';
import type { JsonObject } from '../domain/json.ts';
import { Problem } from '../domain/problem.ts';
import { canBeAsked } from '../domain/sessions/sign-in.ts';
import { existingCase } from '../store/case-file.ts';
import { type UnfinishedFetch, unfinishedFetches } from '../store/fetch-state.ts';
import { type GrownSessions, grownSessions } from '../store/queries/judgement.ts';
import { type KnownActors, knownActors } from '../store/queries/known-names.ts';

const DAY = 86_400_000;
/** The log keeps no more where nothing else is known. */
const DAYS = 30;

const iso = (time: number): string => `${new Date(time).toISOString().slice(0, 19)}Z`;

const earlier = (one: string, other: string): string =>
  Date.parse(one) < Date.parse(other) ? one : other;

/** A day more on either side than there are records: sessions are opened before, and go on after. */
const periodOf = ({ span }: KnownActors, now: string) =>
  span === null
    ? { from: iso(Date.parse(now) - DAYS * DAY), to: now }
    : { from: iso(Date.parse(span.from) - DAY), to: earlier(iso(Date.parse(span.to) + DAY), now) };

/** An end that is named counts; without the other one, as much as the log may hold. */
const periodFor = (
  { from, to }: { readonly from: string | null; readonly to: string | null },
  known: TimeRange,
  now: string,
): TimeRange => {
  if (from !== null) return { from, to: to ?? now };
  return to === null ? known : { from: iso(Date.parse(to) - DAYS * DAY), to };
};

/**
 * What to ask the sign-in log: of these users (names or ids), else of all who acted in sessions of the
 * case; over this period, else that of the sessions. `folder`: the case folder; `now`: UTC, ISO.
 * `leftOut`: who acted and has neither, as the system itself.
 * @throws Problem: nobody is named and the case names nobody.
 */
export const signInsAsked = (
  folder: string,
  named: {
    readonly users: readonly string[];
    readonly from: string | null;
    readonly to: string | null;
  },
  now: string,
): { readonly asked: FetchAsked; readonly leftOut: readonly string[] } => {
  const found = existingCase(folder);
  const known: KnownActors = found === null ? { actors: [], span: null } : knownActors(found);
  const all = named.users.length > 0 ? named.users : known.actors;
  const users = named.users.length > 0 ? all : all.filter(canBeAsked);
  if (users.length === 0)
    throw new Problem(
      'There is nobody whose sign-ins could be asked for: the case holds no session yet.',
      'Import or fetch audit records first, or name users: --user.',
    );
  const { from, to } = periodFor(named, periodOf(known, now), now);
  if (Date.parse(from) >= Date.parse(to))
    throw new Problem(
      `There is no time between ${from} and ${to} to ask for.`,
      'Name a period that has begun: --from and --to.',
    );
  const distinct = [...new Set(users.map((user) => user.toLowerCase()))];
  return {
    asked: { users: distinct, mailboxes: [], addresses: [], from, to },
    leftOut: all.filter((user) => !users.includes(user)),
  };
};

/** How the case stands towards its tenant. */
export interface FetchStatus {
  /** Begun and not ended, the oldest first. */
  readonly unfinished: readonly UnfinishedFetch[];
  /** Of case.json: its tenant and how to sign in there, as far as that is noted. */
  readonly settings: JsonObject;
  /** Judged sessions that hold more now than when they were judged, by their verdict. */
  readonly grown: GrownSessions;
}

export class TenantStatus {
  readonly #opened: Case;
  readonly #now: () => string;

  /** `now`: UTC, ISO. */
  constructor(opened: Case, now: () => string) {
    this.#opened = opened;
    this.#now = now;
  }

  fetches(): FetchStatus {
    const { store, folder } = this.#opened;
    return {
      unfinished: unfinishedFetches(folder),
      settings: store.caseFile.settings,
      grown: grownSessions(store.unjudgedDb, store.state),
    };
  }

  /**
   * What to ask the sign-in log for: whoever acted in the sessions, over their time. `leftOut`: who
   * has neither a user name nor an id.
   */
  signInsToAsk(): { readonly asked: FetchAsked; readonly leftOut: readonly string[] } {
    return signInsAsked(this.#opened.folder, { users: [], from: null, to: null }, this.#now());
  }
}
