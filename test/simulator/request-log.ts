/** Which of the three hosts was asked. */
export type HostRole = 'authority' | 'graph' | 'management';

/** A request as it came, for assertions on what a client does. */
export interface LoggedRequest {
  readonly number: number;
  /** Tenant time, ISO. */
  readonly at: string;
  readonly host: HostRole;
  readonly method: string;
  /** Path and query as sent, not decoded. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** Part of a $batch. */
  readonly inner: boolean;
  /** null: no answer yet, or the connection ended without one. */
  status: number | null;
}

export interface RequestLog {
  readonly entries: readonly LoggedRequest[];
  /** Those of which `METHOD url` matches. */
  readonly matching: (pattern: RegExp) => readonly LoggedRequest[];
  /** What is no GET, on Graph and the management host. */
  readonly writes: () => readonly LoggedRequest[];
  readonly clear: () => void;
  readonly add: (request: Omit<LoggedRequest, 'number'>) => LoggedRequest;
}

export const requestLog = (): RequestLog => {
  const entries: LoggedRequest[] = [];
  let number = 0;
  return {
    entries,
    matching: (pattern) => entries.filter(({ method, url }) => pattern.test(`${method} ${url}`)),
    writes: () => entries.filter(({ host, method }) => host !== 'authority' && method !== 'GET'),
    clear: () => entries.splice(0),
    add: (request) => {
      const logged = { ...request, number: (number += 1) };
      entries.push(logged);
      return logged;
    },
  };
};
