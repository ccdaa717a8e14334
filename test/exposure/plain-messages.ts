/** Each message: its class, and who accessed it when (`domain.md`, Exposure 2 and 3). */
import type { ClassName, MessageFigures, Times } from './figures.ts';
import { isoOf } from './plain-gaps.ts';
import { mayBeOneFolder, type PlainFolder } from './plain-reading.ts';
import { itemKey, type PlainLog, type PlainVariant } from './plain-records.ts';
import type { JudgedContext, PlainContext, PlainVerdict } from './plain-verdicts.ts';

/** A Bind sums up two minutes, and repeats within an hour leave no record. */
const REPEAT = 62 * 60_000;

/** How one context names one message. */
interface Naming {
  readonly context: JudgedContext;
  readonly variants: readonly PlainVariant[];
}

export interface PlainMessage {
  readonly mailbox: string;
  readonly key: string;
  readonly figures: MessageFigures;
}

/** What is known of a mailbox before its messages are. */
export interface MailboxFacts {
  readonly syncedFolders: readonly PlainFolder[];
  /** Epoch milliseconds; null: no access to it is attributed to the intruder. */
  readonly lastAttributed: number | null;
  readonly presumedWhole: readonly string[];
}

const names = ({ items }: PlainVariant, key: string): boolean =>
  items.some((item) => itemKey(item) === key);

const timesOf = (variants: readonly PlainVariant[]): Times | null => {
  const times = variants.map(({ time }) => time);
  if (times.length === 0) return null;
  const first = isoOf(Math.min(...times));
  const last = isoOf(Math.max(...times));
  return { first, last, accesses: new Set(variants.map(({ id }) => id)).size };
};

/** Ids of records of which not every variant names the message. */
const contestedRecords = (log: PlainLog, key: string): ReadonlySet<string> =>
  new Set(
    log.records
      .filter(({ variants }) => variants.length > 1)
      .filter(({ variants }) =>
        variants.some(({ named }) => !named.some((one) => itemKey(one) === key)),
      )
      .map(({ id }) => id),
  );

/** A repeat of one by the other would leave no record: all is alike but devices and applications. */
export const isAlike = (one: PlainContext, other: PlainContext): boolean =>
  (['mailbox', 'session', 'actor', 'address', 'client', 'logonType'] as const).every(
    (name) => one.fields[name] === other.fields[name],
  );

/** A benign Bind that the intruder may have repeated: a malicious Bind follows, alike, in its folder. */
const mayHideRepeat = (
  { context, variants }: Naming,
  key: string,
  malicious: readonly JudgedContext[],
): boolean => {
  const following = malicious
    .filter((other) => isAlike(context, other))
    .flatMap((other) => other.variants.filter(({ isSync }) => !isSync));
  return variants.some(
    ({ isSync, time, items }) =>
      !isSync &&
      items
        .filter((item) => itemKey(item) === key)
        .some(({ folder }) =>
          following.some(
            (later) =>
              later.time >= time &&
              later.time <= time + REPEAT &&
              (later.folders.length === 0 ||
                later.folders.some((one) => mayBeOneFolder(one, folder))),
          ),
        ),
  );
};

/** Of the contexts of a session that accessed the message. */
const verdictOf = (contexts: readonly JudgedContext[]): PlainVerdict | 'mixed' => {
  const [one = null, ...others] = new Set(contexts.map(({ verdict }) => verdict));
  return others.length > 0 ? 'mixed' : one;
};

type OpenReason = 'undecided' | 'contested' | 'repeat';

const openReasons = (
  key: string,
  namings: readonly Naming[],
  contested: boolean,
  malicious: readonly JudgedContext[],
): readonly OpenReason[] => {
  const of = (wanted: PlainVerdict) =>
    namings.filter(({ context: { verdict } }) => verdict === wanted);
  const holds = {
    undecided: of(null).length > 0,
    contested,
    repeat: of('benign').some((naming) => mayHideRepeat(naming, key, malicious)),
  };
  return (['undecided', 'contested', 'repeat'] as const).filter((reason) => holds[reason]);
};

const classOf = (
  isMalicious: boolean,
  presumedBy: readonly string[],
  open: readonly string[],
): ClassName => {
  if (isMalicious) return 'confirmed';
  if (presumedBy.length > 0) return 'presumed';
  return open.length > 0 ? 'open' : 'benignOnly';
};

/** All messages of a mailbox. */
export const messagesOf = (
  log: PlainLog,
  contexts: readonly JudgedContext[],
  mailbox: string,
  facts: MailboxFacts,
): readonly PlainMessage[] => {
  const here = contexts.filter(({ fields }) => fields.mailbox === mailbox);
  const malicious = here.filter(({ verdict }) => verdict === 'malicious');
  const items = here.flatMap(({ variants }) => variants.flatMap((variant) => variant.items));
  return [...Map.groupBy(items, itemKey)].map(([key, copies]) => {
    const namings = here
      .map((context) => ({
        context,
        variants: context.variants.filter((variant) => names(variant, key)),
      }))
      .filter(({ variants }) => variants.length > 0);
    const doubted = contestedRecords(log, key);
    const byIntruder = namings.filter(({ context: { verdict } }) => verdict === 'malicious');
    const isMalicious = byIntruder.some(({ variants }) =>
      variants.some(({ id }) => !doubted.has(id)),
    );
    const contested = byIntruder.length > 0 && !isMalicious;
    const inFolder = copies.some(({ folder }) =>
      facts.syncedFolders.some((synced) => mayBeOneFolder(synced, folder)),
    );
    const presumedBy = [...(inFolder ? ['folder'] : []), ...facts.presumedWhole];
    const open = openReasons(key, namings, contested, malicious);
    const name = classOf(isMalicious, presumedBy, open);
    const sessions = Map.groupBy(
      namings.map(({ context }) => context),
      ({ session }) => session,
    );
    return {
      mailbox,
      key,
      figures: {
        class: name,
        presumedBy: name === 'presumed' ? presumedBy : [],
        openBecause: name === 'open' ? (open[0] ?? null) : null,
        contested,
        receivedAfterLastAttributed:
          name === 'presumed' &&
          facts.lastAttributed !== null &&
          (log.received.get(key) ?? 0) > facts.lastAttributed,
        intruder: timesOf(byIntruder.flatMap(({ variants }) => variants)),
        anyone: timesOf(namings.flatMap(({ variants }) => variants)) ?? {
          first: '',
          last: '',
          accesses: 0,
        },
        sessions: [...sessions].map(([session, own]) => `${session} ${verdictOf(own)}`).sort(),
      },
    };
  });
};
