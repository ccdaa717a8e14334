import { idDigest } from './keys.ts';
import { FLAG } from './schema.ts';

/** What one record adds to the figures of its context. */
export interface Addition {
  readonly time: number;
  readonly flags: number;
  readonly operationCount: number | null;
  readonly idSource: number | null;
  readonly folders: readonly number[];
  readonly messages: readonly number[];
  readonly token: string | null;
}

/** Figures of one context while they are being added up; its accesses are an `AccessTally`'s. */
export class Tally {
  first = Infinity;
  last = -Infinity;
  records = 0;
  binds = 0;
  syncs = 0;
  operations = 0;
  throttled = 0;
  itemsMissing = 0;
  appOnly = 0;
  delegate = 0;
  external = 0;
  idSources = 0;
  digestHigh = 0;
  digestLow = 0;
  /** Folders synced, and how often. Most contexts have none. */
  synced: Map<number, number> | null = null;
  /** The last token, which mostly is the next record's too, and all of them. */
  #token: string | null = null;
  tokens: Set<string> | null = null;

  add(id: string, addition: Addition): void {
    const { flags, time, token } = addition;
    const sync = (flags & FLAG.sync) !== 0;
    this.first = Math.min(this.first, time);
    this.last = Math.max(this.last, time);
    this.records += 1;
    if (sync) this.syncs += 1;
    else this.binds += 1;
    this.operations += addition.operationCount ?? 0;
    this.throttled += Number((flags & FLAG.throttled) !== 0);
    this.itemsMissing += Number((flags & FLAG.itemsMissing) !== 0);
    this.appOnly += Number((flags & FLAG.appOnly) !== 0);
    this.delegate += Number((flags & FLAG.delegate) !== 0);
    this.external += Number((flags & FLAG.external) !== 0);
    if (token !== null && token !== this.#token) {
      this.#token = token;
      this.tokens ??= new Set();
      this.tokens.add(token);
    }
    if (addition.idSource !== null) this.idSources |= 1 << addition.idSource;
    const digest = idDigest(id);
    this.digestHigh = (this.digestHigh ^ digest.high) >>> 0;
    this.digestLow = (this.digestLow ^ digest.low) >>> 0;
    if (sync) this.#sync(addition.folders);
  }

  #sync(folders: readonly number[]): void {
    this.synced ??= new Map();
    for (const folder of folders) this.synced.set(folder, (this.synced.get(folder) ?? 0) + 1);
  }
}
