/** The exposure of a case, from its files and decisions (`domain.md`, Exposure). */
import type { ClassCounts, Figures, MailboxFigures } from './figures.ts';
import { sortedGaps } from './figures.ts';
import { gapsOf, isoOf, type PlainGap, windowOf } from './plain-gaps.ts';
import { messagesOf, type PlainMessage } from './plain-messages.ts';
import type { PlainFolder } from './plain-reading.ts';
import { type PlainLog, type PlainVariant } from './plain-records.ts';
import {
  contextsOf,
  judge,
  type JudgedContext,
  type PlainContext,
  type PlainDecision,
  type PlainStep,
} from './plain-verdicts.ts';

interface PlainMailbox {
  readonly guid: string;
  readonly hasMalicious: boolean;
  readonly gaps: readonly PlainGap[];
  readonly messages: readonly PlainMessage[];
  readonly figures: MailboxFigures;
}

const variantsIn = (contexts: readonly PlainContext[], mailbox: string): readonly PlainVariant[] =>
  contexts.filter(({ fields }) => fields.mailbox === mailbox).flatMap(({ variants }) => variants);

const judgedAs = (contexts: readonly JudgedContext[], verdict: JudgedContext['verdict']) =>
  contexts.filter((context) => context.verdict === verdict);

const counted = (messages: readonly PlainMessage[]): ClassCounts => {
  const of = (name: string): number =>
    messages.filter(({ figures }) => figures.class === name).length;
  return {
    confirmed: of('confirmed'),
    presumed: of('presumed'),
    open: of('open'),
    benignOnly: of('benignOnly'),
  };
};

const hasId = ({ key }: PlainMessage): boolean => !key.startsWith(' ');

const syncedIn = (contexts: readonly JudgedContext[], mailbox: string): readonly PlainFolder[] =>
  variantsIn(contexts, mailbox)
    .filter(({ isSync }) => isSync)
    .flatMap(({ folders }) => folders);

/** A path says more than a bare name, and a longer name more than a shorter. */
const bestName = (names: readonly string[]): string =>
  names.toSorted(
    (a, b) =>
      Number(b.startsWith('\\')) - Number(a.startsWith('\\')) ||
      b.length - a.length ||
      (a < b ? -1 : 1),
  )[0] ?? '';

const namesOf = (log: PlainLog, mailbox: string, keys: ReadonlySet<string>): readonly string[] => {
  const folders = log.records
    .flatMap(({ variants }) => variants)
    .filter((variant) => variant.mailbox === mailbox)
    .flatMap((variant) => variant.folders);
  return [...keys]
    .map((key) => bestName(folders.filter((one) => one.key === key).map(({ name }) => name)))
    .sort();
};

/** The malicious Syncs of a mailbox: which record in which context. */
const maliciousSyncs = (contexts: readonly JudgedContext[], mailbox: string): ReadonlySet<string> =>
  new Set(
    judgedAs(contexts, 'malicious').flatMap((context) =>
      variantsIn([context], mailbox)
        .filter(({ isSync }) => isSync)
        .map(({ id }) => `${context.key} ${id}`),
    ),
  );

/** A rebuttal holds for the Syncs that were malicious when it was made, and for no others. */
const isSyncRebutted = (
  steps: readonly PlainStep[],
  mailbox: string,
  now: ReadonlySet<string>,
): boolean => {
  const at = steps.findLastIndex(
    ({ decision }) => decision.act === 'rebutSync' && decision.mailbox === mailbox,
  );
  const step = steps[at];
  if (step?.decision.act !== 'rebutSync' || !step.decision.rebutted) return false;
  const then = maliciousSyncs(judge(step.log, steps.slice(0, at)), mailbox);
  return [...now].every((one) => then.has(one));
};

/** Whether it is stated when the intruder was shut out; of a mailbox, else of the case. */
const isContained = (decisions: readonly PlainDecision[], mailbox: string): boolean =>
  [mailbox, null].some((of) => {
    const last = decisions.findLast((one) => one.act === 'contain' && one.mailbox === of);
    return last?.act === 'contain' && (last.sessions !== null || last.rules !== null);
  });

const mailboxOf = (
  log: PlainLog,
  steps: readonly PlainStep[],
  contexts: readonly JudgedContext[],
  guid: string,
): PlainMailbox => {
  const decisions = steps.map(({ decision }) => decision);
  const malicious = judgedAs(contexts, 'malicious');
  const times = variantsIn(malicious, guid).map(({ time }) => time);
  const syncs = maliciousSyncs(contexts, guid);
  const gaps = gapsOf(log, contexts, decisions, guid);
  const presumedWhole = [
    ...(syncs.size > 0 && !isSyncRebutted(steps, guid, syncs) ? ['sync'] : []),
    ...(gaps.some(({ matters, rebutted }) => matters && !rebutted) ? ['gap'] : []),
  ];
  const syncedFolders = syncedIn(malicious, guid);
  const lastAttributed = times.length === 0 ? null : Math.max(...times);
  const facts = { syncedFolders, presumedWhole, lastAttributed };
  const messages = messagesOf(log, contexts, guid, facts);
  const received = messages.filter(({ figures }) => figures.receivedAfterLastAttributed).length;
  return {
    guid,
    hasMalicious: times.length > 0,
    gaps,
    messages,
    figures: {
      counts: counted(messages.filter(hasId)),
      gaps: sortedGaps(gaps),
      syncedFolders: namesOf(log, guid, new Set(syncedFolders.map(({ key }) => key))),
      presumedWhole,
      firstAttributed: times.length === 0 ? null : isoOf(Math.min(...times)),
      lastAttributed: lastAttributed === null ? null : isoOf(lastAttributed),
      receivedAfterLastAttributed: isContained(decisions, guid) ? received : null,
      benignSyncedFolders: new Set(
        syncedIn(judgedAs(contexts, 'benign'), guid).map(({ key }) => key),
      ).size,
    },
  };
};

/** What a record declares and does not name, at least; a record in two variants counts once. */
const itemsMissing = (contexts: readonly JudgedContext[]): number => {
  const lacking = contexts
    .filter(({ verdict }) => verdict !== 'benign')
    .flatMap(({ variants }) => variants.filter(({ lacksItems }) => lacksItems));
  const byId = new Map<string, number>();
  for (const { id, isSync, declared, items } of lacking) {
    const least = isSync ? items.length : items.length + 1;
    const number = Math.max(declared ?? 0, least) - items.length;
    byId.set(id, Math.max(byId.get(id) ?? 0, number));
  }
  return [...byId.values()].reduce((sum, one) => sum + one, 0);
};

/** Malicious records outside the window of their mailbox, both ends being inside. */
const outsideWindow = (
  contexts: readonly JudgedContext[],
  steps: readonly PlainStep[],
): Figures['outsideWindow'] => {
  const decisions = steps.map(({ decision }) => decision);
  const outside = judgedAs(contexts, 'malicious')
    .flatMap(({ variants }) => variants)
    .filter(({ mailbox, time }) => {
      const window = windowOf(decisions, mailbox);
      return window !== null && (time < window.from || time > window.to);
    });
  const times = outside.map(({ time }) => time);
  if (times.length === 0) return null;
  return {
    records: new Set(outside.map(({ id }) => id)).size,
    from: isoOf(Math.min(...times)),
    to: isoOf(Math.max(...times)),
  };
};

/** Sources that carry no items, with a Bind of which no source names any. */
const itemlessSources = (log: PlainLog): number =>
  log.sources.filter(({ ids, isItemless }) => {
    const variants = log.records.filter(({ id }) => ids.has(id)).flatMap((one) => one.variants);
    return isItemless && variants.some(({ isSync, items }) => !isSync && items.length === 0);
  }).length;

const beyondOf = (
  log: PlainLog,
  contexts: readonly JudgedContext[],
  mailboxes: readonly PlainMailbox[],
  withoutId: ClassCounts,
): Figures['beyond'] => {
  const mattering = mailboxes
    .flatMap(({ gaps }) => gaps)
    .filter(({ matters, rebutted }) => matters && !rebutted);
  const suspected = mattering.filter(({ kind }) => kind === 'suspected').length;
  const all = {
    presumedWhole: mailboxes.filter(({ figures }) => figures.presumedWhole.length > 0).length,
    gap: mattering.length - suspected,
    suspectedGap: suspected,
    itemsMissing: itemsMissing(contexts),
    withoutId: withoutId.confirmed + withoutId.presumed + withoutId.open,
    damagedRows: log.sources.flatMap(({ damaged }) => damaged).length,
    // A row each for what contradicts the variant that was accepted.
    conflicts: log.records.reduce((sum, { variants }) => sum + variants.length - 1, 0),
    itemlessSource: itemlessSources(log),
  };
  return Object.fromEntries(Object.entries(all).filter(([, number]) => number > 0));
};

const headlineOf = (mailboxes: readonly PlainMailbox[]): Figures['headline'] => {
  const unjudged = mailboxes.filter(({ figures }) => figures.counts.open > 0);
  return {
    maliciousMailboxes: mailboxes.filter(({ hasMalicious }) => hasMalicious).length,
    logMissingMailboxes: mailboxes.filter(({ gaps }) =>
      gaps.some(({ matters, rebutted }) => matters && !rebutted),
    ).length,
    notJudged: {
      messages: unjudged.reduce((sum, { figures }) => sum + figures.counts.open, 0),
      mailboxes: unjudged.length,
      others: unjudged.filter(({ hasMalicious }) => !hasMalicious).length,
    },
  };
};

/** All figures of a case; `steps` are its decisions, each with what the case said by then. */
export const plainExposure = (log: PlainLog, steps: readonly PlainStep[]): Figures => {
  const contexts = judge(log, steps);
  const guids = new Set(contextsOf(log).map(({ fields }) => fields.mailbox));
  const mailboxes = [...guids].map((guid) => mailboxOf(log, steps, contexts, guid));
  const messages = mailboxes.flatMap((mailbox) => mailbox.messages);
  const counts = counted(messages.filter(hasId));
  const withoutId = counted(messages.filter((message) => !hasId(message)));
  return {
    messages: Object.fromEntries(
      messages.map(({ mailbox, key, figures }) => [`${mailbox} ${key}`, figures]),
    ),
    mailboxes: Object.fromEntries(mailboxes.map(({ guid, figures }) => [guid, figures])),
    counts,
    withoutId,
    contested: messages.filter((one) => hasId(one) && one.figures.contested).length,
    headline: headlineOf(mailboxes),
    recorded: counts.confirmed,
    namedNotBenign: counts.confirmed + counts.presumed + counts.open,
    beyond: beyondOf(log, contexts, mailboxes, withoutId),
    outsideWindow: outsideWindow(contexts, steps),
    byRule: contexts.reduce((sum, { later }) => sum + later, 0),
  };
};
