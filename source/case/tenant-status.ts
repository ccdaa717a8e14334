import type { FetchAsked } from '../domain/fetches/fetch.ts';
import type { JsonObject } from '../domain/json.ts';
import { type UnfinishedFetch, unfinishedFetches } from '../store/fetch-state.ts';
import { type GrownSessions, grownSessions } from '../store/queries/grown-sessions.ts';
import type { Case } from './case.ts';
import { signInsAsked } from './sign-ins-asked.ts';

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
