import type { Context } from '../../domain/sessions/session.ts';
import type { CaseStore } from '../../store/case-store.ts';
import { maliciousAddresses } from '../../store/queries/indicators.ts';

/** The addresses judged malicious, made once per version of the case, and which rows meet them. */
export class Indicators {
  readonly #open: CaseStore;
  #addresses: ReadonlySet<string> = new Set();
  #version = -1;

  constructor(open: CaseStore) {
    this.#open = open;
  }

  /** Of these contexts, the addresses of open ones that are judged malicious elsewhere. */
  among(contexts: readonly Context[]): readonly string[] {
    if (this.#version !== this.#open.version) {
      this.#version = this.#open.version;
      this.#addresses = maliciousAddresses(this.#open.db);
    }
    const open = contexts.filter(({ verdict }) => verdict === null);
    const found = open.flatMap(({ address }) =>
      address !== null && this.#addresses.has(address) ? [address] : [],
    );
    return [...new Set(found)];
  }
}
