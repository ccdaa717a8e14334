import { idDigest } from './keys.ts';
import { FLAG } from './schema.ts';

/** What one record adds to the figures of its context. */
export interface Addition {
  readonly time: number;
  readonly flags: number;
  readonly operationCount: number | null;
  readonly idSource: number | null;
  readonly folders: readonly number[];
  /** How many items the record lists. */
  readonly items: number;
  readonly token: string | null;
  /** As `records.other_ids` has them. */
  readonly otherIds: string | null;
}

/** Figures of one context while they are being added up; its accesses are an `AccessCounters`'s. */
export class Counter {
  first = Infinity;
  last = -Infinity;
  records = 0;
  binds = 0;
  syncs = 0;
  operations = 0;
  throttled = 0;
  itemsMissing = 0;
  /** Items that records with items missing name, and that they declare: at least one more. */
  itemsNamed = 0;
  itemsDeclared = 0;
  appOnly = 0;
  delegate = 0;
  external = 0;
  idSources = 0;
  digestHigh = 0;
  digestLow = 0;
  /** Folders synced, and how often. Most contexts have none. */
  synced: Map<number, number> | null = null;
  /** The last token, which mostly is the next record's too, and all of them. */
  #lastToken: string | null = null;
  tokens: Set<string> | null = null;
  /** Texts of `otherIds`, each once. */
  otherIds: Set<string> | null = null;

  /**
   * Takes in a record. Of one that contradicts itself, all variants that are of this context: it is
   * one record, of which whatever any variant says is counted.
   */
  add(id: string, variants: readonly [Addition, ...Addition[]]): void {
    const flags = variants.reduce((all, variant) => all | variant.flags, 0);
    const sync = (flags & FLAG.sync) !== 0;
    const declared = Math.max(...variants.map(({ operationCount }) => operationCount ?? 0));
    for (const { time, token, otherIds, idSource, folders, flags: own } of variants) {
      this.first = Math.min(this.first, time);
      this.last = Math.max(this.last, time);
      this.#token(token);
      if (otherIds !== null) (this.otherIds ??= new Set()).add(otherIds);
      if (idSource !== null) this.idSources |= 1 << idSource;
      if ((own & FLAG.sync) !== 0) this.#sync(folders);
    }
    this.records += 1;
    if (sync) this.syncs += 1;
    else this.binds += 1;
    this.operations += declared;
    this.throttled += Number((flags & FLAG.throttled) !== 0);
    if ((flags & FLAG.itemsMissing) !== 0) {
      const named = variants[0].items;
      this.itemsMissing += 1;
      this.itemsNamed += named;
      this.itemsDeclared += Math.max(declared, named + Number(!sync));
    }
    this.appOnly += Number((flags & FLAG.appOnly) !== 0);
    this.delegate += Number((flags & FLAG.delegate) !== 0);
    this.external += Number((flags & FLAG.external) !== 0);
    const digest = idDigest(id);
    this.digestHigh = (this.digestHigh ^ digest.high) >>> 0;
    this.digestLow = (this.digestLow ^ digest.low) >>> 0;
  }

  #token(token: string | null): void {
    if (token === null || token === this.#lastToken) return;
    this.#lastToken = token;
    this.tokens ??= new Set();
    this.tokens.add(token);
  }

  #sync(folders: readonly number[]): void {
    this.synced ??= new Map();
    for (const folder of folders) this.synced.set(folder, (this.synced.get(folder) ?? 0) + 1);
  }
}
