import type { Clock } from './clock.ts';

/** One request as it goes on the wire. */
export interface WireRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Milliseconds until the whole answer must be there. */
  readonly timeout: number;
  /** Bytes that the answer may have at most, unpacked. */
  readonly most: number;
}

/** Header names in lower case; the body byte for byte as the server meant it (unpacked). */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Sends one request once. Throws NoAnswer, or the signal's reason. */
export type Transport = (request: WireRequest, signal: AbortSignal) => Promise<WireAnswer>;

/** Whatever of fetch we use, so that Node's own and undici's both fit. */
export type Fetch = (
  url: string,
  init: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body: string | null;
    readonly redirect: 'manual';
    readonly signal: AbortSignal;
  },
) => Promise<{
  readonly status: number;
  readonly headers: Iterable<[string, string]>;
  readonly body: AsyncIterable<Uint8Array> | null;
}>;

/** Nothing came back, or not all of it. `what` is in words for people, and names no address. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  /** Trying again cannot help: the certificate or the proxy is wrong. */
  readonly lasting: boolean;
  readonly hint: string;

  constructor(what: string, hint: string, lasting: boolean) {
    super(what);
    this.lasting = lasting;
    this.hint = hint;
  }
}

/** More came than may be held in memory; asking again gives the same. */
export class AnswerTooLarge extends NoAnswer {
  constructor(most: number) {
    super(
      `the answer has more than ${Math.floor(most / 2 ** 20)} MiB, and was not read to its end`,
      'Check whether a proxy or another service answers in its place; ask for less at a time.',
      true,
    );
  }
}

const TRY_THE_NETWORK = 'Check the network, and HTTPS_PROXY where a proxy is needed.';
const TRUST =
  'Where a proxy looks into TLS, put its certificate into a file and name that in NODE_EXTRA_CA_CERTS.';

/** Codes and messages of an error and its causes; undici wraps what really happened, once or in a list. */
const causesOf = (error: unknown, depth = 0): string => {
  if (!(error instanceof Error) || depth > 6) return '';
  const listed: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  const within = [error.cause, ...listed].map((one) => causesOf(one, depth + 1));
  return ['code' in error ? String(error.code) : '', error.message, ...within].join(' ');
};

const REASONS: readonly (readonly [RegExp, string, string, boolean])[] = [
  [/ENOTFOUND|EAI_AGAIN/, 'the name of the server is not known here', TRY_THE_NETWORK, false],
  [/ECONNREFUSED/, 'the connection was refused', TRY_THE_NETWORK, false],
  [/ENETUNREACH|EHOSTUNREACH/, 'the network cannot be reached', TRY_THE_NETWORK, false],
  [
    /Proxy response \(407\)|HTTP Tunneling.*407/,
    'the proxy wants a name and password (407)',
    'Put them into HTTPS_PROXY: http://NAME:PASSWORD@HOST:PORT.',
    true,
  ],
  [
    /Proxy response \((\d+)\)/,
    'the proxy refused the connection',
    'Ask whether the proxy allows the hosts of Microsoft 365, or set NO_PROXY.',
    true,
  ],
  [
    /CERT_|SELF_SIGNED|UNABLE_TO_(VERIFY|GET)|ERR_TLS|DEPTH_ZERO/,
    'the certificate of the server is not trusted here',
    TRUST,
    true,
  ],
  [/ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT/, 'no answer in time', TRY_THE_NETWORK, false],
  [
    /terminated|ECONNRESET|EPIPE|UND_ERR_SOCKET|other side closed/,
    'the connection broke',
    TRY_THE_NETWORK,
    false,
  ],
];

/**
 * fetch's error as one of ours; anything else is a bug and stays what it is. Its own text is not shown:
 * it may quote a proxy's password.
 */
const noAnswerFrom = (error: unknown): unknown => {
  const causes = causesOf(error);
  if (!/fetch failed|terminated/.test(causes)) return error;
  const [, what, hint, lasting] = REASONS.find(([pattern]) => pattern.test(causes)) ?? [];
  return new NoAnswer(what ?? 'the request failed', hint ?? TRY_THE_NETWORK, lasting ?? false);
};

/** All of a body, as long as it is not larger than it may be; leaving the loop closes the connection. */
const bytesOf = async (
  body: AsyncIterable<Uint8Array> | null,
  most: number,
): Promise<Uint8Array> => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.length;
    if (size > most) throw new AnswerTooLarge(most);
    chunks.push(chunk);
  }
  return chunks.length === 1 ? (chunks[0] ?? new Uint8Array()) : Buffer.concat(chunks, size);
};

/** A transport over `fetch`; `clock` ends what takes too long. */
export const fetchTransport =
  (fetch: Fetch, clock: Clock): Transport =>
  async ({ method, url, headers, body, timeout, most }, signal) => {
    signal.throwIfAborted();
    // By hand, not AbortSignal.any: a long job's signal must not collect one dependant a request.
    const control = new AbortController();
    const abort = (): void => control.abort(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    const late = new NoAnswer(
      `no answer in ${Math.round(timeout / 1000)} s`,
      TRY_THE_NETWORK,
      false,
    );
    const cancelTimeout = clock.after(timeout, () => control.abort(late));
    try {
      const answer = await fetch(url, {
        method,
        headers: { ...headers },
        body,
        redirect: 'manual',
        signal: control.signal,
      });
      const bytes = await bytesOf(answer.body, most);
      return { status: answer.status, headers: Object.fromEntries(answer.headers), body: bytes };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw control.signal.aborted ? late : noAnswerFrom(error);
    } finally {
      cancelTimeout();
      signal.removeEventListener('abort', abort);
    }
  };
