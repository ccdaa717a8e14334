import type { Lookup, LookupOutcome } from '../../domain/lookups/lookup.ts';
import type { WantedMessage } from '../../domain/lookups/wanted-message.ts';
import type { KnownEnd, MessageGroup, MessageQueue } from '../../store/wanted-messages.ts';
import { isoTime } from '../../tenant/http/clock.ts';
import {
  SETTLED_AFTER,
  type TraceWindow,
  uncovered,
} from '../../tenant/message-trace/trace-windows.ts';
import { answerBatch } from './answered-batch.ts';
import type { Batch } from './lookup-state.ts';
import { AHEAD, isAhead, isOpen, type LookupStrategy } from './lookup-strategy.ts';
import { lookedUp, type LookupWork } from './lookup-work.ts';
import { halfPages, nothingRead } from './half-pages.ts';
import {
  aboutHalf,
  type AskedWindow,
  askedWindows,
  type Half,
  halfKey,
  halfLines,
  halvesOf,
  isAboutHalf,
} from './traffic-halves.ts';

/** A mail may be accessed while the trace still names it a little later: clocks, and records of two minutes. */
const AFTER_ACCESS = 3_600_000;
const msOf = (time: string | null): number => (time === null ? Infinity : Date.parse(time));

/** Looked for in the case at once. */
const AT_ONCE = 1000;

/** Of those that were accessed since `start`; null: none was. Epoch milliseconds. */
const latestAccess = (group: MessageGroup, start: number): number | null => {
  let latest: number | null = null;
  for (const { firstAccess } of group) {
    const accessed = msOf(firstAccess);
    if (accessed >= start) latest = Math.max(latest ?? accessed, accessed);
  }
  return latest;
};

/**
 * The first way: the whole traffic of a mailbox, which takes some twenty requests however many of its
 * messages are wanted, joined with them by their ids here (`tenant.md` 3.1). A step reads one half of
 * an address's mail, or, when all is read, says of the mailbox's messages how they ended.
 */
export class TraceTraffic implements LookupStrategy {
  readonly service = 'messageTrace';
  readonly isSpent = false;
  readonly #work: LookupWork;
  readonly #addresses = new Map<string, readonly string[]>();
  /** Why parts of a half could not be had in this run; they are not asked for twice in it. */
  readonly #failed = new Map<string, string>();
  /** Halves of which all that was asked turned out to be out of reach. */
  readonly #empty = new Set<string>();
  /** Up to when each half was read in this run, epoch milliseconds. */
  readonly #reached = new Map<string, number>();
  /** In this run, for its statement. */
  readonly #asked: AskedWindow[] = [];

  constructor(work: LookupWork) {
    this.#work = work;
  }

  get asked(): readonly AskedWindow[] {
    return this.#asked;
  }

  /** Whose traffic would be read. */
  addressesOf(mailbox: string): readonly string[] {
    const known =
      this.#addresses.get(mailbox) ?? this.#work.inCase((status) => status.addresses(mailbox));
    this.#addresses.set(mailbox, known);
    return known;
  }

  /** Only what a mailbox has whose address is known. */
  isFor({ mailbox, messageId }: WantedMessage): boolean {
    return mailbox !== null && messageId !== null && this.addressesOf(mailbox).length > 0;
  }

  readonly wants = (message: WantedMessage, end: KnownEnd | null): boolean =>
    isOpen(end) && this.isFor(message);

  readonly step = async (messages: MessageQueue): Promise<void> => {
    const [group] = messages.byMailbox();
    const [first] = messages.head(1);
    if (group === undefined || first === undefined) return;
    // By the traffic of another mailbox, say.
    const found = this.#foundIn(group.head(AT_ONCE));
    if (found.length > 0) return this.#work.settle(found);
    const start = this.#work.reach.start();
    const until = latestAccess(group, start);
    const halves = until === null ? [] : halvesOf(this.addressesOf(first.mailbox ?? ''));
    for (const half of halves) {
      const open = this.#openBatch(half);
      const missing = this.#missing(half, until ?? start);
      if (open === null && missing.length === 0) continue;
      return this.#readHalf(
        half,
        open ?? this.#work.store.begin(this.service, aboutHalf(half, missing)),
        group,
      );
    }
    await this.#work.settle(this.#messageEnds(group, start, halves));
  };

  #ranges({ address, direction }: Half) {
    const { againSince } = this.#work.store.state;
    const since = againSince === null ? -Infinity : Date.parse(againSince);
    return this.#work
      .inCase((status) => status.traffic(address, direction))
      .filter(({ at, complete }) => complete && at >= since);
  }

  /** What is to be read of a half for mail that was accessed until then. */
  #missing(half: Half, until: number): readonly TraceWindow[] {
    if (this.#failed.has(halfKey(half))) return [];
    const { from, to: now } = this.#work.reach.window();
    const read = this.#ranges(half);
    // What was accessed just now: the hour after it has not passed, and is not waited for; nor is what
    // a clock ahead of ours says was accessed later than now.
    const reached = this.#reached.get(halfKey(half)) ?? -Infinity;
    const isFresh = reached >= until || now - reached < AFTER_ACCESS;
    const to = Math.min(isFresh ? reached : now, until + AFTER_ACCESS);
    if (uncovered({ from, to }, read).length === 0) return [];
    // Since one must ask: up to now, and once more what may not have been settled then.
    const settled = read.map((one) => ({ ...one, to: Math.min(one.to, one.at - SETTLED_AFTER) }));
    return uncovered({ from, to: now }, settled);
  }

  #openBatch(half: Half): Batch | null {
    const open = this.#work.store.openBatches(this.service);
    return open.find((batch) => isAboutHalf(batch, half)) ?? null;
  }

  async #readHalf(half: Half, batch: Batch, group: MessageGroup): Promise<void> {
    const read = nothingRead();
    const { ended } = read;
    const words = half.direction === 'received' ? 'received by' : 'sent by';
    await answerBatch(
      this.#work,
      batch,
      `${words} ${half.address}`,
      halfPages(this.#work, half, batch, read),
      (source) => {
        this.#asked.push(...askedWindows(half, ended, isoTime(this.#work.reach.now())));
        return this.#halfEnds(
          group,
          halfLines(half, ended, source?.sha256 ?? null, this.#work.stamp()),
        );
      },
    );
    const problem = ended.find((one) => one.problem !== null)?.problem ?? null;
    if (problem !== null) this.#failed.set(halfKey(half), problem);
    else if (ended.length > 0)
      this.#reached.set(halfKey(half), Math.max(...ended.map(({ to }) => to)));
    else this.#nothingRead(half);
    if (read.broke !== null) throw read.broke;
  }

  /** All of a batch was out of reach: no more than once, since the reach is known by then. */
  #nothingRead(half: Half): void {
    const key = halfKey(half);
    if (this.#empty.has(key)) this.#failed.set(key, 'the trace could not be asked for that time');
    this.#empty.add(key);
  }

  *#halfEnds(group: MessageGroup, read: readonly Lookup[]): Generator<Lookup> {
    yield* read;
    for (const some of group.inPieces(AT_ONCE)) yield* this.#foundIn(some);
  }

  #foundIn(group: readonly WantedMessage[]): readonly Lookup[] {
    const found = this.#work.inCase((status) =>
      group.filter((message) => status.hasMetadata(message)),
    );
    const ended = { service: this.service, end: 'found', how: 'traffic', detail: null } as const;
    return found.map((message) => lookedUp(this.#work, message, ended));
  }

  /** All traffic there is to read was read. */
  *#messageEnds(group: MessageGroup, start: number, halves: readonly Half[]): Generator<Lookup> {
    const problem = halves.flatMap((half) => this.#failed.get(halfKey(half)) ?? []).at(0) ?? null;
    for (const some of group.inPieces(AT_ONCE))
      yield* this.#work.inCase((status) =>
        some.map((message) => {
          const ended = (end: LookupOutcome, detail: string | null) =>
            lookedUp(this.#work, message, { service: this.service, end, how: 'traffic', detail });
          if (status.hasMetadata(message)) return ended('found', null);
          // It was in the mailbox before the trace begins, so it came before that.
          const isOld = msOf(message.firstAccess) < start;
          if (!isOld && problem !== null) return ended('failed', problem);
          if (status.hasAnyMetadata(message)) return ended('found', null);
          if (isOld) return ended('olderThanTrace', `first accessed before ${isoTime(start)}`);
          if (isAhead(message, this.#work.reach.now())) return ended('failed', AHEAD);
          return ended('notFound', 'not in the traffic of the mailbox');
        }),
      );
  }
}
