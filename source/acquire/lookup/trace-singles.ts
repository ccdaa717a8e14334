import { counted, durationWords } from '../../domain/count-words.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Lookup, LookupOutcome } from '../../domain/lookups/lookup.ts';
import { Problem } from '../../domain/problem.ts';
import { type WantedMessage, wantedKey } from '../../domain/lookups/wanted-message.ts';
import type { KnownEnd, MessageQueue } from '../../store/wanted-messages.ts';
import { isoTime } from '../../tenant/http/clock.ts';
import { BUCKETS } from '../../tenant/http/waiting.ts';
import {
  traceStart,
  traceWindows,
  type TraceWindow,
} from '../../tenant/message-trace/trace-windows.ts';
import { answerBatch, type KeptAnswer } from './answered-batch.ts';
import type { Batch } from './lookup-state.ts';
import { AHEAD, isAhead, isOpen, type LookupStrategy } from './lookup-strategy.ts';
import { lookedUp, type LookupWork } from './lookup-work.ts';
import { endsOneWindow, windowPages } from './trace-pages.ts';

/** Asked for in one step: few, so that what is found shows soon and what is wanted may change. */
const AT_ONCE = 5;
/** Two times what five minutes allow: what somebody waits for without having said so. */
const SENSIBLE_REQUESTS = 2 * BUCKETS.traces.rate.requests;
const AFTER_ACCESS = 3_600_000;

/** Seconds that so many requests take at the limit we keep to. */
export const secondsFor = (requests: number): number => {
  const { requests: most, per } = BUCKETS.traces.rate;
  return Math.ceil(requests / most - 1) > 0 ? Math.round((requests / most) * (per / 1000)) : 0;
};

/** A mail came before it was accessed: only there it is looked for, the newest window first. */
export const singleWindows = (
  firstAccess: string | null,
  { from, to }: TraceWindow,
): readonly TraceWindow[] => {
  const accessed = firstAccess === null ? Infinity : Date.parse(firstAccess) + AFTER_ACCESS;
  return traceWindows(from, Math.min(to, accessed));
};

/** A message of a batch, as its state names it. */
interface Asked {
  readonly message: WantedMessage;
  readonly windows: readonly TraceWindow[];
}

/** How far the requests for messages came, by `wantedKey`. */
interface Reached {
  /** Why one was given up. */
  readonly failed: Map<string, string>;
  /** The start of the oldest window that was asked for in the end, epoch milliseconds. */
  readonly backTo: Map<string, number>;
  /** Those that it did not come to. */
  readonly left: Set<string>;
  /** What ended it for all of them, after rows had come. */
  broke: Problem | null;
}

/**
 * The second way: messages that the traffic of their mailbox does not hold (sent to an alias or a list,
 * say), or that belong to no mailbox we know, one by one: one id and one window a request. No further
 * than is sensible, unless asked to.
 */
export class TraceSingles implements LookupStrategy {
  readonly service = 'messageTrace';
  readonly #work: LookupWork;
  readonly #thorough: boolean;
  readonly #hasTraffic: (message: WantedMessage) => boolean;
  #asked = 0;
  #announced = false;

  /** `hasTraffic`: whether the first way is for it. */
  constructor(
    work: LookupWork,
    options: {
      readonly thorough: boolean;
      readonly hasTraffic: (message: WantedMessage) => boolean;
    },
  ) {
    this.#work = work;
    this.#thorough = options.thorough;
    this.#hasTraffic = options.hasTraffic;
  }

  /** Something else is wanted: it may ask as much as is sensible once more. */
  renew(): void {
    this.#asked = 0;
    this.#announced = false;
  }

  /** However long it takes. */
  readonly wants = (message: WantedMessage, end: KnownEnd | null): boolean =>
    message.messageId !== null &&
    (end?.end === 'notFound' ? end.how === 'traffic' : isOpen(end) && !this.#hasTraffic(message));

  get isSpent(): boolean {
    return !this.#thorough && this.#asked >= SENSIBLE_REQUESTS;
  }

  readonly step = async (messages: MessageQueue): Promise<void> => {
    this.#announce(messages);
    const batch = this.#openBatch(messages) ?? this.#begin(messages.head(AT_ONCE));
    const asked = this.#askedIn(batch);
    const reached: Reached = {
      ...{ failed: new Map(), backTo: new Map(), left: new Set(), broke: null },
    };
    await answerBatch(
      this.#work,
      batch,
      asked.length === 1 ? 'one message' : `${asked.length} messages`,
      this.#pages(batch, asked, reached),
      () => this.#ends(asked, reached),
    );
    if (reached.broke !== null) throw reached.broke;
  };

  /** How long it will take, before it does. */
  #announce(messages: MessageQueue): void {
    if (this.#announced) return;
    this.#announced = true;
    let requests = 0;
    const all = this.#work.reach.window();
    for (const { firstAccess } of messages) requests += singleWindows(firstAccess, all).length;
    if (requests <= BUCKETS.traces.rate.requests) return;
    const stops =
      this.#thorough || requests <= SENSIBLE_REQUESTS
        ? ''
        : ` It stops after some ${SENSIBLE_REQUESTS} of them.`;
    this.#work.emit({
      event: 'note',
      text:
        `${counted(messages.length, 'message')} not in that traffic: asked for one by one, which takes up to ` +
        `${counted(requests, 'request')}, ${durationWords(secondsFor(requests))} at the tenant's limit.${stops}`,
    });
  }

  /** One that was left and is about these; what nobody wants now waits until somebody does. */
  #openBatch(messages: MessageQueue): Batch | null {
    const open = this.#work.store.openBatches(this.service);
    return (
      open.find((batch) => this.#askedIn(batch).some(({ message }) => messages.has(message))) ??
      null
    );
  }

  #begin(messages: readonly WantedMessage[]): Batch {
    const named = messages.map(({ mailbox, messageId, firstAccess }): JsonObject => ({
      mailbox,
      messageId,
      firstAccess,
    }));
    return this.#work.store.begin(this.service, {
      messages: named,
      until: isoTime(this.#work.reach.now()),
    });
  }

  #askedIn({ about }: Batch): readonly Asked[] {
    const messages = Array.isArray(about['messages']) ? about['messages'] : [];
    const until = Date.parse(String(about['until']));
    return messages.map((one) => {
      const { mailbox, messageId, firstAccess } = one as Pick<
        WantedMessage,
        'mailbox' | 'messageId' | 'firstAccess'
      > &
        JsonObject;
      const none = { guid: null, owner: null, itemId: null, itemIds: [], immutableIds: [] };
      const message: WantedMessage = { mailbox, messageId, firstAccess, ...none };
      const all = { from: traceStart(until), to: until };
      return { message, windows: singleWindows(firstAccess, all) };
    });
  }

  async *#pages(
    batch: Batch,
    asked: readonly Asked[],
    reached: Reached,
  ): AsyncGenerator<KeptAnswer> {
    let any = false;
    for (const [at, one] of asked.entries())
      try {
        for await (const page of this.#pagesOf(batch, `m${at + 1}`, one, reached)) {
          any ||= page.rows > 0;
          yield page;
        }
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (!endsOneWindow(error) && !any) throw error;
        reached.failed.set(wantedKey(one.message), error.message);
        if (endsOneWindow(error)) continue;
        // What came is for the case all the same; the others are asked for another time.
        for (const { message } of asked.slice(at + 1)) reached.left.add(wantedKey(message));
        reached.broke = error;
        return;
      }
  }

  /** The newest window first, until it is found. */
  async *#pagesOf(
    batch: Batch,
    part: string,
    { message, windows }: Asked,
    { backTo }: Reached,
  ): AsyncGenerator<KeptAnswer> {
    const subject = { by: 'messageId', messageId: message.messageId ?? '' } as const;
    let found = false;
    for (const [number, window] of windows.entries()) {
      if (found) return;
      this.#asked += 1;
      const pages = windowPages(this.#work, batch, `${part}-w${number + 1}`, subject, window);
      let next = await pages.next();
      for (; next.done !== true; next = await pages.next()) {
        // A server that does not look at case has rows of other messages, too.
        found ||= next.value.messageIds.has(subject.messageId);
        yield next.value;
      }
      if (next.value !== null) backTo.set(wantedKey(message), next.value.from);
    }
  }

  #ends(asked: readonly Asked[], { failed, backTo, left }: Reached): readonly Lookup[] {
    return this.#work.inCase((status) =>
      asked.flatMap(({ message }) => {
        const ended = (end: LookupOutcome, detail: string | null) =>
          lookedUp(this.#work, message, { service: this.service, end, how: 'single', detail });
        // Its id alone was asked for: all mails that have it are here.
        if (status.hasAnyMetadata(message)) return ended('found', null);
        if (left.has(wantedKey(message))) return [];
        const problem = failed.get(wantedKey(message));
        if (problem !== undefined) return ended('failed', problem);
        // Also where the batch was left open until the trace no longer reached so far back.
        const from = backTo.get(wantedKey(message));
        if (from === undefined) return ended('olderThanTrace', null);
        if (isAhead(message, this.#work.reach.now())) return ended('failed', AHEAD);
        return ended('notFound', `asked for by itself, back to ${isoTime(from)}`);
      }),
    );
  }
}
