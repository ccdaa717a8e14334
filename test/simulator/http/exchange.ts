import type { HostRole } from '../request-log.ts';

/** A request as services see it. Names of headers are lower case. */
export interface TenantRequest {
  readonly host: HostRole;
  readonly method: string;
  /** Path and query as sent. */
  readonly url: string;
  /** Parts of the path, decoded, without empty ones. */
  readonly path: readonly string[];
  readonly query: ReadonlyMap<string, string>;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  readonly inner: boolean;
}

/** `body`: an object becomes JSON. `cut`: the connection ends before or within it, or it never ends. */
export interface TenantAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object | string | Uint8Array;
  readonly cut?: 'before' | 'within' | 'never';
}

export const json = (body: object, status = 200): TenantAnswer => ({ status, body });

/** A Graph error. The server adds innerError, which names the request. */
export const graphError = (
  status: number,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): TenantAnswer => ({ status, headers, body: { error: { code, message } } });

export const throttled = (message: string, retryAfter?: number): TenantAnswer =>
  graphError(
    429,
    'TooManyRequests',
    message,
    retryAfter === undefined ? {} : { 'Retry-After': String(Math.ceil(retryAfter)) },
  );

export const segmentMissing = (segment: string): TenantAnswer =>
  graphError(400, 'BadRequest', `Resource not found for the segment '${segment}'.`);

/** The request's line, which faults are aimed at. */
export const lineOf = ({ method, url }: TenantRequest): string => `${method} ${url}`;

export const jsonBody = (request: TenantRequest): Record<string, unknown> | null => {
  try {
    const data: unknown = JSON.parse(request.body);
    return typeof data === 'object' && data !== null && !Array.isArray(data)
      ? (data as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
};
