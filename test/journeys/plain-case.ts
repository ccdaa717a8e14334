/**
 * A case worked out plainly, apart from the program: from raw records and the lines of
 * decisions.jsonl, in the words of domain.md. Slow, short, and without anything of `source/`.
 */
import { createHash } from 'node:crypto';

export interface PlainRecord {
  readonly id: string;
  readonly time: string;
  readonly session: string | null;
  readonly mailbox: string;
  readonly owner: string;
  readonly user: string;
  readonly address: string;
  readonly client: string;
  readonly messages: readonly string[];
}

export type PlainVerdict = 'malicious' | 'benign' | null;

interface Target {
  readonly session: string;
  readonly whole: boolean;
  readonly contexts: readonly { readonly key: string }[];
}

/** A line of decisions.jsonl, as far as verdicts need it. */
export interface PlainDecision {
  readonly act: string;
  readonly hash: string;
  readonly of?: string;
  readonly verdict?: PlainVerdict;
  readonly targets?: readonly Target[];
}

export interface PlainContext {
  readonly key: string;
  readonly session: string;
  readonly sessionId: string | null;
  readonly records: readonly PlainRecord[];
  readonly verdict: PlainVerdict;
}

export interface PlainSession {
  readonly key: string;
  /** Key of the sessions that differ in nothing but the service's own address; null: it is of none. */
  readonly group: string | null;
  readonly contexts: readonly PlainContext[];
  readonly verdict: PlainVerdict | 'mixed';
  readonly first: string;
  readonly last: string;
}

export interface PlainLine extends PlainSession {
  readonly sessions: number;
}

const hashOf = (parts: readonly (string | number | null)[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);

/** Fields of a context but the session; no application, logon type 0, no device. */
const fieldsOf = ({ mailbox, user, address, client }: PlainRecord) =>
  [mailbox, user, address, client, null, null, 0, null] as const;

const sessionKey = (record: PlainRecord): string =>
  record.session === null
    ? hashOf(['derived', ...fieldsOf(record)])
    : hashOf(['session', record.session]);

const contextKey = (record: PlainRecord): string =>
  hashOf(['context', record.session, ...fieldsOf(record)]);

/** Of the evidence here, the service's own addresses begin with 52.98. */
const groupKey = (record: PlainRecord | undefined): string | null => {
  if (record === undefined || record.session !== null || !record.address.startsWith('52.98.'))
    return null;
  const { mailbox, user, client } = record;
  return hashOf(['group', mailbox, user, client, null, null, 0, null]);
};

const groupBy = <Value>(values: readonly Value[], keyOf: (value: Value) => string) => {
  const groups = new Map<string, Value[]>();
  for (const value of values)
    groups.set(keyOf(value), [...(groups.get(keyOf(value)) ?? []), value]);
  return groups;
};

const idsOf = (records: readonly PlainRecord[]): string =>
  records
    .map(({ id }) => id)
    .sort()
    .join();

/** Follows a case: what is in it, and what was in it at each decision. */
export class PlainCase {
  readonly #files = new Map<string, readonly PlainRecord[]>();
  /** By decision and context: the records it had. */
  readonly #held = new Map<string, ReadonlyMap<string, string>>();
  #decisions: readonly PlainDecision[] = [];

  add(file: string, records: readonly PlainRecord[]): void {
    this.#files.set(file, records);
  }

  remove(file: string): void {
    this.#files.delete(file);
  }

  #records(): readonly PlainRecord[] {
    const all = [...this.#files.values()].flat();
    return [...new Map(all.map((record) => [record.id, record])).values()];
  }

  /** All lines so far; new ones were written with what is in the case now. */
  follow(decisions: readonly PlainDecision[]): void {
    const contexts = groupBy(this.#records(), contextKey);
    const held = new Map([...contexts].map(([key, records]) => [key, idsOf(records)]));
    for (const { hash } of decisions) if (!this.#held.has(hash)) this.#held.set(hash, held);
    this.#decisions = decisions;
  }

  #undone(): ReadonlySet<string> {
    const undone = new Set<string>();
    for (const { act, of = '' } of this.#decisions) {
      if (act === 'undo') undone.add(of);
      if (act === 'redo') undone.delete(of);
    }
    return undone;
  }

  #verdict(session: string, context: string, records: readonly PlainRecord[]): PlainVerdict {
    const undone = this.#undone();
    let own: PlainDecision | null = null;
    let whole: PlainDecision | null = null;
    for (const decision of this.#decisions) {
      if (decision.act !== 'mark' || undone.has(decision.hash)) continue;
      const target = decision.targets?.find((one) => one.session === session);
      if (target?.whole === true) [whole, own] = [decision, null];
      else if (target?.contexts.some(({ key }) => key === context) === true)
        own = decision.verdict === null ? null : decision;
    }
    const speaks = own ?? whole;
    if (speaks?.verdict !== 'benign') return speaks?.verdict ?? null;
    return this.#held.get(speaks.hash)?.get(context) === idsOf(records) ? 'benign' : null;
  }

  sessions(): readonly PlainSession[] {
    return [...groupBy(this.#records(), sessionKey)].map(([key, all]) => {
      const contexts = [...groupBy(all, contextKey)].map(([context, records]) => ({
        key: context,
        session: key,
        sessionId: records[0]?.session ?? null,
        records,
        verdict: this.#verdict(key, context, records),
      }));
      const [one = null, ...others] = new Set(contexts.map(({ verdict }) => verdict));
      const times = all.map(({ time }) => time).sort();
      const [first = '', last = ''] = [times[0], times.at(-1)];
      const verdict = others.length > 0 ? 'mixed' : one;
      return { key, group: groupKey(all[0]), contexts, verdict, first, last };
    });
  }

  /** A list in lines: where several sessions of a group are in it, one line stands for them. */
  static lines(sessions: readonly PlainSession[]): readonly PlainLine[] {
    return [...groupBy(sessions, ({ key, group }) => group ?? key)].map(([group, some]) => {
      const [first] = some as [PlainSession];
      const [verdict = null, ...others] = new Set(some.map((one) => one.verdict));
      return {
        ...first,
        key: some.length > 1 ? group : first.key,
        sessions: some.length,
        contexts: some.flatMap(({ contexts }) => contexts),
        verdict: others.length > 0 ? 'mixed' : verdict,
        first: some.map((one) => one.first).sort()[0] ?? '',
        last:
          some
            .map((one) => one.last)
            .sort()
            .at(-1) ?? '',
      };
    });
  }

  /** Names of the messages that these contexts accessed, each with its mailbox. */
  static messages(contexts: readonly PlainContext[]): ReadonlySet<string> {
    return new Set(
      contexts.flatMap(({ records }) =>
        records.flatMap(({ mailbox, messages }) => messages.map((id) => `${mailbox} ${id}`)),
      ),
    );
  }
}
