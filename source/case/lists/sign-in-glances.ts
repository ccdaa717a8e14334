import { glanceAt, type SignInGlance } from '../../domain/sessions/sign-in-glance.ts';
import type { CaseStore } from '../../store/case-store.ts';
import type { SessionRows, SessionWithoutSignIns } from '../../store/queries/session-rows.ts';

/** What lists show of the sign-ins of sessions, looked at once per session and version of the records. */
export class SignInGlances {
  readonly #open: CaseStore;
  readonly #glances = new Map<number, SignInGlance>();
  #version = -1;

  constructor(open: CaseStore) {
    this.#open = open;
  }

  /** `number`: of the session, as `rows` read it. */
  of(number: number, session: SessionWithoutSignIns, rows: SessionRows): SignInGlance {
    if (this.#version !== this.#open.recordsVersion) {
      this.#version = this.#open.recordsVersion;
      this.#glances.clear();
    }
    const known = this.#glances.get(number);
    if (known !== undefined) return known;
    const glance = glanceAt(rows.signInsOf(number, session));
    this.#glances.set(number, glance);
    return glance;
  }
}
