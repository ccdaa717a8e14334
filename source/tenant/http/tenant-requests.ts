import { randomUUID } from 'node:crypto';
import type { AccountKind } from '../abilities.ts';
import type { Buckets } from './bucket.ts';
import { type Clock, isoTime } from './clock.ts';
import {
  type History,
  type NextStep,
  NO_HISTORY,
  stepAfter,
  stepAfterUnreadable,
  stepWithoutAnswer,
} from './next-step.ts';
import { type Attempt, type RefusalKind, WaitGivenUp } from './refusal.ts';
import { refusalOf } from './refusal-words.ts';
import { type ServerError, readServerError } from './server-error.ts';
import { NoAnswer, type Transport, type WireAnswer } from './transport.ts';
import type { BucketName, Wait } from './waiting.ts';

/** Tokens of one service, as this client asks for them. */
export interface TokenGiver {
  /**
   * A token that should be good now. `refused`: this one was not; `claims`: of a challenge, as JSON.
   * Throws a Problem when only a new sign-in helps.
   */
  readonly token: (
    signal: AbortSignal,
    because?: { readonly refused: string; readonly claims: string | null },
  ) => Promise<string>;
}

/** All that requests to one service of a tenant share. */
export interface Sending {
  /** The only origin that is shown a token. */
  readonly origin: string;
  readonly tokens: TokenGiver;
  readonly account: AccountKind;
  readonly transport: Transport;
  readonly buckets: Buckets;
  readonly clock: Clock;
}

/** One thing asked of the tenant. */
export interface TenantRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** A JSON document; null for none. */
  readonly body: string | null;
  readonly bucket: BucketName;
  readonly headers: Readonly<Record<string, string>>;
  readonly repeatable: boolean;
  /** Whether an answer of the 200s is what was asked for; any other is asked for again. */
  readonly isReadable: (body: Uint8Array) => boolean;
  /** Milliseconds for one attempt. */
  readonly timeout: number;
  /** Bytes that the answer may have at most. */
  readonly most: number;
  /** Milliseconds: give up (kind `throttled`) rather than wait longer than this at once. */
  readonly longestWait: number;
  readonly signal: AbortSignal;
  /** Ends a wait, and no request on its way; null: nothing does. */
  readonly giveUpWaiting: AbortSignal | null;
  readonly onWait: (wait: Wait) => void;
}

/** What the tenant answered, with every attempt it took. */
export interface TenantAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Byte for byte. */
  readonly body: Uint8Array;
  /** The last one is that of this answer. */
  readonly attempts: readonly Attempt[];
}

const NO_SERVER_ERROR: ServerError = { codes: [], message: null };
const REDIRECTS = 5;
const UNREADABLE = 'an answer that is not what was asked for';

/** Why we stop where the next wait would be longer than we may wait. */
const REFUSED_AS = {
  failures: 'server',
  throttled: 'throttled',
  unreadable: 'unreadable',
  forbidden: 'permission',
} as const satisfies Readonly<Record<string, RefusalKind>>;

/** What one attempt gave. */
interface AttemptResult {
  readonly answer: WireAnswer | null;
  readonly failure: NoAnswer | null;
  readonly serverError: ServerError;
  readonly token: string;
  /** Of the 200s, and not what was asked for. */
  readonly unreadable: boolean;
}

/** A request on its way through all its attempts. */
class RequestAttempts {
  readonly #sending: Sending;
  readonly #request: TenantRequest;
  /** Ends its waits. */
  readonly #waiting: AbortSignal;
  readonly #attempts: Attempt[] = [];
  #url: string;
  #history: History = NO_HISTORY;
  #redirects = 0;
  #newToken: { readonly refused: string; readonly claims: string | null } | undefined;

  constructor(sending: Sending, request: TenantRequest) {
    this.#sending = sending;
    this.#request = request;
    const { signal, giveUpWaiting } = request;
    this.#waiting = giveUpWaiting === null ? signal : AbortSignal.any([signal, giveUpWaiting]);
    this.#url = request.url;
  }

  async run(): Promise<TenantAnswer> {
    try {
      return await this.#run();
    } catch (error) {
      // What was sent before the wait is not to be forgotten with it.
      throw error instanceof WaitGivenUp ? new WaitGivenUp(this.#attempts) : error;
    }
  }

  async #run(): Promise<TenantAnswer> {
    for (;;) {
      const tried = await this.#try();
      const { answer, failure } = tried;
      if (answer !== null && this.#followsRedirect(answer)) continue;
      const step = this.#stepAfter(tried);
      if (step.step === 'done' && answer !== null) return { ...answer, attempts: this.#attempts };
      if (step.step === 'wait') await this.#wait(step, tried);
      else if (step.step === 'new-token') {
        this.#newToken = { refused: tried.token, claims: step.claims };
        this.#count(step.claims === null ? 'renewed' : 'challenged');
      } else if (step.step === 'refused') throw this.#refusal(step.kind, tried, null);
      else throw failure ?? new Error('An answer without an answer.');
    }
  }

  async #try(): Promise<AttemptResult> {
    const { tokens, buckets, transport, clock } = this.#sending;
    const { bucket, signal, onWait, method, body, headers, timeout, most, isReadable } =
      this.#request;
    const leave = await buckets.of(bucket).enter(signal, onWait, this.#waiting);
    try {
      const token = await tokens.token(signal, this.#newToken);
      this.#newToken = undefined;
      const clientRequestId = randomUUID();
      const sentAt = isoTime(clock.now());
      const sent = {
        ...(body === null ? {} : { 'content-type': 'application/json' }),
        accept: 'application/json',
        ...headers,
        authorization: `Bearer ${token}`,
        'client-request-id': clientRequestId,
        'return-client-request-id': 'true',
      };
      const wire = { method, url: this.#url, headers: sent, body, timeout, most };
      const [answer, failure] = await transport(wire, signal).then(
        (given) => [given, null] as const,
        (error: unknown) => {
          if (error instanceof NoAnswer) return [null, error] as const;
          throw error;
        },
      );
      const serverError =
        answer === null || answer.status < 400 ? NO_SERVER_ERROR : readServerError(answer.body);
      const good = answer !== null && answer.status >= 200 && answer.status < 300;
      const unreadable = good && !isReadable(answer.body);
      const why = failure?.message ?? (unreadable ? UNREADABLE : (serverError.codes.at(0) ?? null));
      this.#note({ clientRequestId, sentAt }, answer, why);
      return { answer, failure, serverError, token, unreadable };
    } finally {
      leave();
    }
  }

  #note(
    { clientRequestId, sentAt }: Pick<Attempt, 'clientRequestId' | 'sentAt'>,
    answer: WireAnswer | null,
    failure: string | null,
  ): void {
    const headers = answer?.headers ?? {};
    this.#attempts.push({
      method: this.#request.method,
      url: this.#url,
      clientRequestId,
      sentAt,
      endedAt: isoTime(this.#sending.clock.now()),
      status: answer?.status ?? null,
      bytes: answer?.body.length ?? 0,
      requestId: headers['request-id'] ?? null,
      date: headers['date'] ?? null,
      diagnostic: headers['x-ms-ags-diagnostic'] ?? null,
      failure,
    });
  }

  /** Follows a redirect that stays with the origin; any other would show the token to a stranger. */
  #followsRedirect({ status, headers }: WireAnswer): boolean {
    if (status < 300 || status >= 400 || this.#request.method !== 'GET') return false;
    const location = headers['location'];
    if (location === undefined || this.#redirects >= REDIRECTS) return false;
    if (!URL.canParse(location, this.#url)) return false;
    const url = new URL(location, this.#url);
    if (url.origin !== this.#sending.origin) return false;
    this.#redirects += 1;
    this.#url = url.href;
    return true;
  }

  #stepAfter({ answer, failure, serverError, unreadable }: AttemptResult): NextStep {
    const { repeatable } = this.#request;
    const { clock } = this.#sending;
    if (unreadable) return stepAfterUnreadable(this.#history, repeatable, clock);
    if (answer !== null) return stepAfter(answer, serverError, this.#history, repeatable, clock);
    if (failure !== null) return stepWithoutAnswer(failure, this.#history, repeatable, clock);
    throw new Error('An attempt gave neither an answer nor a failure.');
  }

  async #wait(step: Extract<NextStep, { step: 'wait' }>, tried: AttemptResult): Promise<void> {
    const { clock, buckets } = this.#sending;
    const { bucket, longestWait, onWait } = this.#request;
    const after = tried.unreadable
      ? UNREADABLE
      : (tried.failure?.message ?? `HTTP ${tried.answer?.status ?? 0}`);
    if (step.wholeBucket) buckets.of(bucket).pause(step.milliseconds, after);
    if (step.milliseconds > longestWait) {
      const noAnswer = step.counts === 'failures' && tried.answer === null;
      const kind = noAnswer ? 'unreachable' : REFUSED_AS[step.counts];
      throw this.#refusal(kind, tried, step.milliseconds / 1000);
    }
    this.#count(step.counts);
    if (step.wholeBucket) return;
    const until = isoTime(clock.now() + step.milliseconds);
    onWait({ bucket, why: 'retry', until, milliseconds: step.milliseconds, after });
    await clock.sleep(step.milliseconds, this.#waiting);
  }

  #count(what: keyof History): void {
    this.#history = { ...this.#history, [what]: this.#history[what] + 1 };
  }

  #refusal(
    kind: Parameters<typeof refusalOf>[0]['kind'],
    { serverError, answer, failure }: AttemptResult,
    seconds: number | null,
  ) {
    const { bucket } = this.#request;
    const { account } = this.#sending;
    const attempts = this.#attempts;
    return refusalOf({ kind, bucket, account, attempts, seconds }, serverError, answer, failure);
  }
}

/**
 * Asks until there is an answer of the 200s, as patiently as `tenant.md` 7 says.
 * @throws TenantRefusal otherwise; Problem where a new sign-in is needed; WaitGivenUp; the signal's reason.
 */
export const sendRequest = (sending: Sending, request: TenantRequest): Promise<TenantAnswer> =>
  new RequestAttempts(sending, request).run();
