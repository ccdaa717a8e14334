import type {
  Both,
  CaseDifference,
  ClassChange,
  ContextDifference,
  JudgedSide,
  MessageDifference,
  SourceDifference,
  SourceStatus,
} from '../domain/verdicts/case-difference.ts';
import type { Source } from '../domain/records/source.ts';
import type { Decision } from '../domain/verdicts/decision.ts';
import type { CaseStore } from '../store/case-store.ts';
import { type ClassedMessage, classedMessages } from '../store/queries/classed-messages.ts';
import {
  type JudgedContext,
  judgedContexts,
  recordsOfContext,
} from '../store/queries/judged-contexts.ts';

type Stores = Both<CaseStore>;

const statusOf = (source: Source | undefined): SourceStatus => {
  if (source === undefined) return null;
  return source.withdrawn === null ? 'inForce' : 'withdrawn';
};

const bySha256 = ({ caseFile }: CaseStore): ReadonlyMap<string, Source> =>
  new Map(caseFile.sources.map((source) => [source.sha256, source]));

const sourceDifferences = (stores: Stores): readonly SourceDifference[] => {
  const [first, second] = [bySha256(stores.first), bySha256(stores.second)];
  return [...new Map([...second, ...first]).values()]
    .map(({ sha256, file, kind }) => ({
      ...{ sha256, file, kind },
      first: statusOf(first.get(sha256)),
      second: statusOf(second.get(sha256)),
    }))
    .filter((one) => one.first !== one.second)
    .toSorted((one, other) => (one.sha256 < other.sha256 ? -1 : 1));
};

const commonDecisions = (first: readonly Decision[], second: readonly Decision[]): number => {
  const at = first.findIndex(({ hash }, index) => hash !== second[index]?.hash);
  return at === -1 ? first.length : at;
};

const sideOf = (
  { db, decisions }: { readonly db: CaseStore['db']; readonly decisions: ByHash },
  key: string,
  judged: JudgedContext | undefined,
): JudgedSide | null => {
  if (judged === undefined) {
    const records = recordsOfContext(db, key);
    return records === null
      ? null
      : { verdict: null, records, grownSinceVerdict: 0, decision: null };
  }
  const { verdict, records, grownSinceVerdict } = judged;
  const made = decisions.get(judged.decision ?? '');
  const decision =
    made === undefined
      ? null
      : { at: made.at, analyst: made.analyst, reason: made.reason, hash: made.hash };
  return { verdict, records, grownSinceVerdict, decision };
};

type ByHash = ReadonlyMap<string, Decision>;

const judgedIn = (store: CaseStore) => ({
  db: store.db,
  decisions: new Map(store.decisions.map((decision) => [decision.hash, decision])),
  contexts: new Map([...judgedContexts(store.db, store.state)].map((one) => [one.key, one])),
});

/** A context that only one case holds is judged differently where that one has a verdict on it. */
const contextDifferences = (stores: Stores): readonly ContextDifference[] => {
  const [first, second] = [judgedIn(stores.first), judgedIn(stores.second)];
  const all = new Map([...second.contexts, ...first.contexts]);
  return [...all.values()]
    .map(({ key, session, mailbox, address, client }) => ({
      ...{ key, session, mailbox, address, client },
      first: sideOf(first, key, first.contexts.get(key)),
      second: sideOf(second, key, second.contexts.get(key)),
    }))
    .filter((one) => (one.first?.verdict ?? null) !== (one.second?.verdict ?? null))
    .toSorted((one, other) => (one.key < other.key ? -1 : 1));
};

/** As SQLite orders text: null first, then by the bytes of its UTF-8. */
const compareText = (one: string | null, other: string | null): number => {
  if (one === other) return 0;
  if (one === null || other === null) return one === null ? -1 : 1;
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
};

const compareMessages = (one: ClassedMessage, other: ClassedMessage): number =>
  compareText(one.ident, other.ident) ||
  compareText(one.internetMessageId, other.internetMessageId) ||
  compareText(one.itemId, other.itemId);

const differenceOf = (
  { mailbox, internetMessageId, itemId }: ClassedMessage,
  first: ClassedMessage | undefined,
  second: ClassedMessage | undefined,
): MessageDifference => ({
  ...{ mailbox, internetMessageId, itemId },
  first: first?.class ?? null,
  second: second?.class ?? null,
});

/** Both cases side by side, neither held in memory. */
function* messageDifferences(stores: Stores): Generator<MessageDifference> {
  const [first, second] = [classedMessages(stores.first.db), classedMessages(stores.second.db)];
  let [one, other] = [first.next(), second.next()];
  while (one.done !== true || other.done !== true) {
    const order =
      one.done === true ? 1 : other.done === true ? -1 : compareMessages(one.value, other.value);
    const own = order <= 0 && one.done !== true ? one.value : undefined;
    const theirs = order >= 0 && other.done !== true ? other.value : undefined;
    const either = own ?? theirs;
    if (either !== undefined && own?.class !== theirs?.class)
      yield differenceOf(either, own, theirs);
    if (order <= 0) one = first.next();
    if (order >= 0) other = second.next();
  }
}

const classChanges = (messages: Iterable<MessageDifference>): readonly ClassChange[] => {
  const changes = new Map<string, ClassChange>();
  for (const { first, second } of messages) {
    const name = `${first} ${second}`;
    changes.set(name, { first, second, messages: (changes.get(name)?.messages ?? 0) + 1 });
  }
  return [...changes].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, one]) => one);
};

/** What two cases differ in, as they stand now. Reads both and changes neither. */
export const diffCases = (first: CaseStore, second: CaseStore): CaseDifference => {
  const stores = { first, second };
  first.refresh();
  second.refresh();
  // They also fill the tables that the class of a message depends on.
  const summaries = { first: first.exposure.summary(), second: second.exposure.summary() };
  const common = commonDecisions(first.decisions, second.decisions);
  const messages = { [Symbol.iterator]: () => messageDifferences(stores) };
  return {
    sources: sourceDifferences(stores),
    common,
    after: { first: first.decisions.slice(common), second: second.decisions.slice(common) },
    contexts: contextDifferences(stores),
    summaries,
    classes: classChanges(messages),
    messages,
  };
};
