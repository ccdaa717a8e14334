import { counted } from '../../domain/counted.ts';
import type { JsonObject } from '../../domain/json.ts';
import type { Lookup, LookupOutcome } from '../../domain/lookup.ts';
import { durationWords } from '../../domain/look-up-words.ts';
import { type WantedMessage, wantedKey } from '../../domain/wanted-message.ts';
import { isoTime } from '../../tenant/http/clock.ts';
import { BUCKETS } from '../../tenant/http/waiting.ts';
import {
  traceStart,
  traceWindows,
  type TraceWindow,
} from '../../tenant/message-trace/trace-windows.ts';
import { answerQuestion, type KeptAnswer } from './answered-question.ts';
import type { Question } from './look-up-state.ts';
import { AHEAD, isAhead, isOpen, type KnownEnd, type LookUpWay } from './look-up-way.ts';
import { lookedUp, type LookUpWork } from './look-up-work.ts';
import { endsOneWindow, windowPages } from './trace-pages.ts';
import type { MessageQueue } from './wanted-list.ts';

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
export const singleWindows = (firstAccess: string | null, now: number): readonly TraceWindow[] => {
  const accessed = firstAccess === null ? Infinity : Date.parse(firstAccess) + AFTER_ACCESS;
  return traceWindows(traceStart(now), Math.min(now, accessed));
};

/** A message of a question, as its state names it. */
interface Asked {
  readonly message: WantedMessage;
  readonly windows: readonly TraceWindow[];
}

/** How far the questions about messages came, by `wantedKey`. */
interface Reached {
  /** Why one was given up. */
  readonly failed: Map<string, string>;
  /** The start of the oldest window that was asked for in the end, epoch milliseconds. */
  readonly backTo: Map<string, number>;
}

/**
 * The second way: messages that the traffic of their mailbox does not hold (sent to an alias or a list,
 * say), or that belong to no mailbox we know, one by one: one id and one window a request. No further
 * than is sensible, unless asked to.
 */
export class TraceSingles implements LookUpWay {
  readonly service = 'messageTrace';
  readonly #work: LookUpWork;
  readonly #thorough: boolean;
  readonly #hasTraffic: (message: WantedMessage) => boolean;
  #asked = 0;
  #announced = false;

  /** `hasTraffic`: whether the first way is for it. */
  constructor(
    work: LookUpWork,
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

  /** Whether there is anything left to ask about it this way, however long it takes. */
  readonly isLeft = (message: WantedMessage, end: KnownEnd | null): boolean =>
    message.messageId !== null &&
    (end?.end === 'notFound' ? end.how === 'traffic' : isOpen(end) && !this.#hasTraffic(message));

  readonly wants = (message: WantedMessage, end: KnownEnd | null): boolean =>
    this.isLeft(message, end) && (this.#thorough || this.#asked < SENSIBLE_REQUESTS);

  readonly step = async (messages: MessageQueue): Promise<void> => {
    const now = this.#work.clock.now();
    this.#announce(messages, now);
    const question = this.#openQuestion(messages) ?? this.#begin(messages.head(AT_ONCE), now);
    const asked = this.#askedIn(question);
    const reached: Reached = { failed: new Map(), backTo: new Map() };
    await answerQuestion(
      this.#work,
      question,
      asked.length === 1 ? 'one message' : `${asked.length} messages`,
      this.#pages(question, asked, reached),
      () => this.#ends(asked, reached),
    );
  };

  /** How long it will take, before it does. */
  #announce(messages: MessageQueue, now: number): void {
    if (this.#announced) return;
    this.#announced = true;
    let requests = 0;
    for (const { firstAccess } of messages) requests += singleWindows(firstAccess, now).length;
    if (requests <= BUCKETS.traces.rate.requests) return;
    const stops =
      this.#thorough || requests <= SENSIBLE_REQUESTS
        ? ''
        : ` It stops after some ${SENSIBLE_REQUESTS} of them.`;
    this.#work.tell({
      event: 'note',
      text:
        `${counted(messages.length, 'message')} not in that traffic: asked for one by one, which takes up to ` +
        `${counted(requests, 'request')}, ${durationWords(secondsFor(requests))} at the tenant's limit.${stops}`,
    });
  }

  /** One that was left and is about these; what nobody wants now waits until somebody does. */
  #openQuestion(messages: MessageQueue): Question | null {
    const open = this.#work.keeper.openQuestions(this.service);
    const asked = (question: Question): readonly string[] =>
      this.#askedIn(question).map(({ message }) => wantedKey(message));
    const wanted = messages.among(new Set(open.flatMap(asked)));
    return open.find((question) => asked(question).some((key) => wanted.has(key))) ?? null;
  }

  #begin(messages: readonly WantedMessage[], now: number): Question {
    const named = messages.map(({ mailbox, messageId, firstAccess }): JsonObject => ({
      mailbox,
      messageId,
      firstAccess,
    }));
    return this.#work.keeper.begin(this.service, { messages: named, until: isoTime(now) });
  }

  #askedIn({ about }: Question): readonly Asked[] {
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
      return { message, windows: singleWindows(firstAccess, until) };
    });
  }

  async *#pages(
    question: Question,
    asked: readonly Asked[],
    { failed, backTo }: Reached,
  ): AsyncGenerator<KeptAnswer> {
    for (const [at, { message, windows }] of asked.entries()) {
      const key = wantedKey(message);
      const subject = { by: 'messageId', messageId: message.messageId ?? '' } as const;
      let found = false;
      for (const [number, window] of windows.entries()) {
        if (found) break;
        try {
          const part = `m${at + 1}-w${number + 1}`;
          this.#asked += 1;
          const pages = windowPages(this.#work, question, part, subject, window);
          let next = await pages.next();
          for (; next.done !== true; next = await pages.next()) {
            // A server that does not look at case has rows of other messages, too.
            found ||= next.value.messageIds.has(subject.messageId);
            yield next.value;
          }
          if (next.value !== null) backTo.set(key, next.value.from);
        } catch (error) {
          if (!endsOneWindow(error)) throw error;
          failed.set(key, error.message);
          break;
        }
      }
    }
  }

  #ends(asked: readonly Asked[], { failed, backTo }: Reached): readonly Lookup[] {
    return this.#work.inCase((standing) =>
      asked.map(({ message }) => {
        const ended = (end: LookupOutcome, detail: string | null) =>
          lookedUp(this.#work, message, { service: this.service, end, how: 'single', detail });
        // Its id alone was asked for: all mails that have it are here.
        if (standing.hasAnyMetadata(message)) return ended('found', null);
        const problem = failed.get(wantedKey(message));
        if (problem !== undefined) return ended('failed', problem);
        // Also where the question was left open until the trace no longer reached so far back.
        const from = backTo.get(wantedKey(message));
        if (from === undefined) return ended('olderThanTrace', null);
        if (isAhead(message, this.#work.clock.now())) return ended('failed', AHEAD);
        return ended('notFound', `asked for by itself, back to ${isoTime(from)}`);
      }),
    );
  }
}
