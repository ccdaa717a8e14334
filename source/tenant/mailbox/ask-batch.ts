/** Several requests in one (`tenant.md` 4): each part is answered, refused or repeated on its own. */
import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';
import type { AskOptions } from '../client.ts';
import { type Clock, isoTime } from '../http/clock.ts';
import { type History, NO_HISTORY, stepAfter } from '../http/next-step.ts';
import type { RefusalKind } from '../http/refusal.ts';
import { readServerError } from '../http/server-error.ts';
import { BATCH_PATH } from './mailbox-paths.ts';

export interface BatchPart {
  /** Unique in its batch, whatever the case of its letters. */
  readonly id: string;
  /** Below the version: "/users/…". Encoded. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What became of a part. */
export type PartEnd =
  | { readonly end: 'answered'; readonly body: JsonObject }
  | {
      readonly end: 'refused';
      readonly kind: RefusalKind;
      readonly status: number;
      readonly codes: readonly string[];
      /** The server's own words, or ours where its answer could not be read; safe to show. */
      readonly serverMessage: string | null;
    };

/** How a mailbox is asked. Every request is a read, also those that are sent as POST. */
export interface MailboxAsking {
  /**
   * The body of the answer; whoever keeps answers has kept it by then. One request at a time: two
   * batches in one mailbox would be more than it allows.
   */
  readonly post: (path: string, body: object) => Promise<Uint8Array>;
  /** Origin of nextLinks. */
  readonly graph: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onWait: NonNullable<AskOptions['onWait']>;
}

/** What such requests are sent with. */
export const MAIL_OPTIONS = { bucket: 'outlook', repeatable: true } as const;

/** More in one batch is refused. */
export const MOST_PARTS = 20;
/** An answer that lacks a part is asked for it again, so often. */
const MOST_LACKING = 3;

interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

interface Answered {
  readonly wire: WireAnswer;
  readonly body: JsonValue | undefined;
}

const headersOf = (value: JsonValue | undefined): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(isObject(value) ? value : {}).map(([name, text]) => [
      name.toLowerCase(),
      String(text),
    ]),
  );

/** Parts of a batch's answer by their ids, in whatever order they came; empty: it is no such answer. */
const answersIn = (body: Uint8Array): ReadonlyMap<string, Answered> => {
  let data: unknown;
  try {
    data = JSON.parse(Buffer.from(body).toString());
  } catch {
    return new Map();
  }
  const listed = isObject(data) && Array.isArray(data['responses']) ? data['responses'] : [];
  return new Map(
    listed.flatMap((one): readonly (readonly [string, Answered])[] => {
      if (!isObject(one) || typeof one['status'] !== 'number') return [];
      const text = JSON.stringify(one['body'] ?? null);
      const wire = {
        status: one['status'],
        headers: headersOf(one['headers']),
        body: Buffer.from(text),
      };
      return [[String(one['id']).toLowerCase(), { wire, body: one['body'] }]];
    }),
  );
};

type PartStep = { readonly end: PartEnd } | { readonly wait: number; readonly history: History };

const counted = (history: History, what: keyof History): History => ({
  ...history,
  [what]: history[what] + 1,
});

/** By the rules for a request on its own; but a new token can only come with the batch's next. */
const stepOfPart = ({ wire, body }: Answered, history: History, clock: Clock): PartStep => {
  const serverError = readServerError(wire.body);
  const step = stepAfter(wire, serverError, history, true, clock);
  const refused = (kind: RefusalKind): PartStep => ({
    end: {
      end: 'refused',
      kind,
      status: wire.status,
      codes: serverError.codes,
      serverMessage: serverError.message,
    },
  });
  switch (step.step) {
    case 'done':
      return isObject(body) ? { end: { end: 'answered', body } } : refused('server');
    case 'wait':
      return { wait: step.milliseconds, history: counted(history, step.counts) };
    case 'new-token':
      return {
        wait: 0,
        history: counted(history, step.claims === null ? 'renewed' : 'challenged'),
      };
    case 'refused':
      return refused(step.kind);
  }
};

/** The parts that are still to be asked, and what was found out of them. */
class BatchAttempts {
  readonly #asking: MailboxAsking;
  readonly ends = new Map<string, PartEnd>();
  #open: readonly { readonly part: BatchPart; readonly history: History }[];
  #lacking = 0;

  constructor(asking: MailboxAsking, parts: readonly BatchPart[]) {
    this.#asking = asking;
    this.#open = parts.map((part) => ({ part, history: NO_HISTORY }));
  }

  async run(): Promise<ReadonlyMap<string, PartEnd>> {
    while (this.#open.length > 0) await this.#round();
    return this.ends;
  }

  async #round(): Promise<void> {
    const { post, clock, signal, onWait } = this.#asking;
    const requests = this.#open.map(({ part: { id, url, headers } }) => ({
      ...{ id, method: 'GET', url },
      ...(headers === undefined ? {} : { headers }),
    }));
    const wait = this.#take(answersIn(await post(BATCH_PATH, { requests })));
    if (this.#open.length === 0 || wait === 0) return;
    const until = isoTime(clock.now() + wait);
    const after = 'part of a batch was put off';
    onWait({ bucket: 'outlook', why: 'throttled', until, milliseconds: wait, after });
    await clock.sleep(wait, signal);
  }

  /** Milliseconds until the next round: the longest that any part was asked to wait. */
  #take(answers: ReadonlyMap<string, Answered>): number {
    let longest = 0;
    const still: { part: BatchPart; history: History }[] = [];
    if (this.#open.some(({ part }) => !answers.has(part.id.toLowerCase()))) this.#lacking += 1;
    for (const { part, history } of this.#open) {
      const answered = answers.get(part.id.toLowerCase());
      if (answered === undefined) {
        const end = {
          end: 'refused',
          kind: 'server',
          status: 0,
          codes: [],
          serverMessage: null,
        } as const;
        if (this.#lacking > MOST_LACKING) this.ends.set(part.id, end);
        else still.push({ part, history });
        continue;
      }
      const verdict = stepOfPart(answered, history, this.#asking.clock);
      if ('end' in verdict) this.ends.set(part.id, verdict.end);
      else {
        longest = Math.max(longest, verdict.wait);
        still.push({ part, history: verdict.history });
      }
    }
    this.#open = still;
    return longest;
  }
}

/**
 * Asks at most MOST_PARTS parts, each of which is a read, until each has its end; only those that were
 * put off are asked again, after the longest wait that any of them was given. Outlook works on four
 * parts at a time, which is all it allows in one mailbox: never have two batches in one mailbox at once.
 * @throws TenantRefusal, Problem: the batch itself got no answer. The signal's reason.
 */
export const askBatch = (
  asking: MailboxAsking,
  parts: readonly BatchPart[],
): Promise<ReadonlyMap<string, PartEnd>> => {
  if (parts.length > MOST_PARTS) throw new RangeError(`${parts.length} parts in one batch`);
  return new BatchAttempts(asking, parts).run();
};
