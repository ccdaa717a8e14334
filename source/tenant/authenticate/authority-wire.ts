import { randomUUID } from 'node:crypto';
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { isObject, type JsonObject } from '../../domain/json.ts';
import {
  backoffDelay,
  type Clock,
  isoTime,
  retryAfter,
  SERVER_ERRORS,
  withJitter,
} from '../http/clock.ts';
import { NoAnswer, type Transport, type WireAnswer } from '../http/transport.ts';

/** What a sign-in tells the person who signs in. The device code is for them alone: never log it. */
export type AuthenticationNotice =
  | {
      readonly notice: 'device-code';
      readonly userCode: string;
      readonly verificationUri: string;
      /** UTC, ISO. */
      readonly expiresAt: string;
    }
  /** The browser was asked to open this address; `opened` false: it has to be opened by hand. */
  | { readonly notice: 'browser'; readonly url: string; readonly opened: boolean }
  | { readonly notice: 'waiting'; readonly wait: AuthorityWait };

/** The latest that the authority refused; msal-node drops most of it on its way. */
export interface Trouble {
  /** null: no answer. */
  readonly status: number | null;
  /** OAuth error, e.g. invalid_grant. */
  readonly error: string | null;
  /** Numbers of AADSTS codes. */
  readonly codes: readonly number[];
  /** Milliseconds until it may be asked again, where it says so. */
  readonly retryAfter: number | null;
  readonly failure: NoAnswer | null;
}

/** A sign-in that waits for the authority; not for the person. */
export interface AuthorityWait {
  readonly until: string;
  readonly after: string;
}

export interface AuthorityWireOptions {
  readonly transport: Transport;
  readonly clock: Clock;
  /** Aborts what is on its way. */
  readonly signal: AbortSignal;
  /** Turns the address msal-node believes in into the one that is asked. */
  readonly rewrite: (url: string) => string;
  readonly onWait: (wait: AuthorityWait) => void;
}

const TIMEOUT = 60_000;
/** Bytes: an answer with tokens has some KiB. */
const MOST = 4 * 2 ** 20;
/** A code lives for minutes and is asked about every five seconds: nobody enters one after so many polls. */
const MOST_POLLS = 500;
/** RFC 8628, 3.5: who is told to slow down waits five seconds more from then on. */
const SLOWER = 5_000;
const TRIES = 4;
const LONGEST_WAIT = 60_000;

const bodyOf = ({ body }: WireAnswer): JsonObject | null => {
  try {
    const data: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return isObject(data) ? data : null;
  } catch {
    return null;
  }
};

const codesOf = (data: JsonObject): readonly number[] => {
  const listed = Array.isArray(data['error_codes']) ? data['error_codes'] : [];
  const text = typeof data['error_description'] === 'string' ? data['error_description'] : '';
  const named = [...text.matchAll(/AADSTS(\d+)/g)].map(([, code]) => Number(code));
  return [...new Set([...listed.filter((code) => typeof code === 'number'), ...named])];
};

const isPassing = (status: number): boolean => status === 429 || status === 408 || status >= 500;

/** A poll for a device code, as far as its form says. */
const isPoll = (form: string | undefined): boolean =>
  /device_code/.test(new URLSearchParams(form).get('grant_type') ?? '');

interface Reply {
  readonly answer: WireAnswer;
  readonly data: JsonObject;
}

/** The network as msal-node sees it: ours, patient, and it remembers what went wrong. */
export class AuthorityWire implements INetworkModule {
  readonly #options: AuthorityWireOptions;
  #slower = 0;
  #polls = 0;
  trouble: Trouble | null = null;
  /** How many were sent: msal-node replays an old error instead of asking again too soon. */
  requests = 0;

  constructor(options: AuthorityWireOptions) {
    this.#options = options;
  }

  sendGetRequestAsync<T>(
    url: string,
    options?: NetworkRequestOptions,
    timeout?: number,
  ): Promise<NetworkResponse<T>> {
    return this.#patiently<T>('GET', url, options, timeout);
  }

  sendPostRequestAsync<T>(
    url: string,
    options?: NetworkRequestOptions,
  ): Promise<NetworkResponse<T>> {
    return isPoll(options?.body)
      ? this.#poll<T>(url, options)
      : this.#patiently<T>('POST', url, options);
  }

  /** A poll that meets a passing error is one more that found nothing: msal-node would end the sign-in. */
  async #poll<T>(url: string, options: NetworkRequestOptions | undefined) {
    const { clock } = this.#options;
    this.#polls += 1;
    if (this.#polls > MOST_POLLS) return this.#expired<T>();
    if (this.#slower > 0) await this.#wait(this.#slower, null);
    try {
      const reply = await this.#once('POST', url, options);
      const { status, headers } = reply.answer;
      const { error } = reply.data;
      if (error === 'slow_down') this.#slower += SLOWER;
      else if (isPassing(status) || error === 'temporarily_unavailable')
        await this.#wait(retryAfter(headers, clock) ?? SLOWER, `HTTP ${status}`);
      else return responseOf<T>(reply);
    } catch (error) {
      if (!(error instanceof NoAnswer) || error.lasting) throw error;
      await this.#wait(SLOWER, error.message);
    }
    return { status: 400, headers: {}, body: { error: 'authorization_pending' } as T };
  }

  /** As the authority says it of a code that is too old. */
  #expired<T>(): NetworkResponse<T> {
    const error = 'expired_token';
    this.trouble = { status: 400, error, codes: [], retryAfter: null, failure: null };
    return { status: 400, headers: {}, body: { error } as T };
  }

  async #patiently<T>(
    method: 'GET' | 'POST',
    url: string,
    options: NetworkRequestOptions | undefined,
    timeout = TIMEOUT,
  ): Promise<NetworkResponse<T>> {
    const { clock } = this.#options;
    for (let count = 0; ; count += 1) {
      const backoff = backoffDelay(SERVER_ERRORS, count, clock.random());
      const last = count + 1 >= TRIES;
      try {
        const reply = await this.#once(method, url, options, timeout);
        const { status, headers } = reply.answer;
        const asked = retryAfter(headers, clock);
        const delay = asked === null ? backoff : withJitter(asked, clock.random());
        if (!isPassing(status) || last || delay > LONGEST_WAIT) return responseOf<T>(reply);
        await this.#wait(delay, `HTTP ${status}`);
      } catch (error) {
        if (!(error instanceof NoAnswer) || error.lasting || last) throw error;
        await this.#wait(backoff, error.message);
      }
    }
  }

  async #once(
    method: 'GET' | 'POST',
    url: string,
    options: NetworkRequestOptions | undefined,
    timeout = TIMEOUT,
  ): Promise<Reply> {
    const { transport, clock, rewrite, signal } = this.#options;
    const headers = { 'client-request-id': randomUUID(), ...options?.headers };
    this.requests += 1;
    const body = method === 'POST' ? (options?.body ?? '') : null;
    try {
      const answer = await transport(
        { method, url: rewrite(url), headers, body, timeout, most: MOST },
        signal,
      );
      const data = bodyOf(answer);
      if (data === null && !isPassing(answer.status))
        throw new NoAnswer(
          `what answered (HTTP ${answer.status}) is not the sign-in service`,
          'Check whether a proxy or a sign-in page of the network answers in its place.',
          true,
        );
      this.#note(answer, data ?? {}, retryAfter(answer.headers, clock));
      return { answer, data: data ?? { error: 'temporarily_unavailable' } };
    } catch (error) {
      if (error instanceof NoAnswer)
        this.trouble = { status: null, error: null, codes: [], retryAfter: null, failure: error };
      throw error;
    }
  }

  #note({ status }: WireAnswer, data: JsonObject, asked: number | null): void {
    const error = typeof data['error'] === 'string' ? data['error'] : null;
    if (status < 400 && error === null) this.trouble = null;
    else if (error !== 'authorization_pending')
      this.trouble = { status, error, codes: codesOf(data), retryAfter: asked, failure: null };
  }

  #wait(milliseconds: number, after: string | null): Promise<void> {
    const { clock, onWait, signal } = this.#options;
    if (after !== null) onWait({ until: isoTime(clock.now() + milliseconds), after });
    return clock.sleep(milliseconds, signal);
  }
}

const responseOf = <T>({ answer, data }: Reply): NetworkResponse<T> => ({
  status: answer.status,
  headers: { ...answer.headers },
  // msal-node says of which shape it is, and reads it with care.
  body: data as T,
});
