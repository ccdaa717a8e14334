import { graphError, json, jsonBody, lineOf } from '../http/exchange.ts';
import type { TenantAnswer, TenantRequest } from '../http/exchange.ts';
import { readPath, readQuery } from '../http/query-text.ts';
import type { Call, Route } from '../http/routes.ts';
import type { Dispatch } from '../graph-host.ts';
import type { LoggedRequest } from '../request-log.ts';
import type { Stage } from '../stage.ts';

const MOST = 20;
const AT_ONCE = 4;

interface Part {
  readonly id: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly dependsOn: readonly string[];
}

interface PartAnswer {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

const readPart = (data: unknown): Part | null => {
  const fields = (data ?? {}) as Record<string, unknown>;
  const { id, method, url, headers, body, dependsOn } = fields;
  if (typeof id !== 'string' || typeof method !== 'string' || typeof url !== 'string') return null;
  const named = Object.entries((headers ?? {}) as Record<string, string>);
  return {
    ...{ id, url },
    method: method.toUpperCase(),
    headers: Object.fromEntries(named.map(([name, value]) => [name.toLowerCase(), value])),
    body: body === undefined ? '' : JSON.stringify(body),
    dependsOn: Array.isArray(dependsOn) ? dependsOn.map(String) : [],
  };
};

/** The parts of a batch; a string: what is wrong with it. */
const readBatch = (request: TenantRequest): readonly Part[] | string => {
  const requests: unknown = jsonBody(request)?.['requests'];
  if (!Array.isArray(requests) || requests.length === 0) return 'Invalid batch payload format.';
  if (requests.length > MOST)
    return `Number of batch request steps exceeds the maximum value of ${MOST}.`;
  const parts = requests.map(readPart);
  const ids = new Set(parts.map((part) => part?.id));
  if (parts.includes(null) || ids.size < parts.length)
    return 'Invalid batch payload format: ids must be there and differ.';
  return parts as readonly Part[];
};

/** Bytes of a message come as base64, objects as they are. */
const partBody = ({ body }: TenantAnswer): { readonly body?: unknown } => {
  if (body === undefined) return {};
  return { body: body instanceof Uint8Array ? Buffer.from(body).toString('base64') : body };
};

const answerOf = (id: string, answer: TenantAnswer): PartAnswer => ({
  id,
  status: answer.status,
  headers: { 'Content-Type': 'application/json', ...answer.headers },
  ...partBody(answer),
});

/** What a batch needs of the rest of Graph. */
export interface BatchEnds {
  readonly dispatch: Dispatch;
  readonly note: (request: TenantRequest) => LoggedRequest;
}

/** JSON batching: four at a time, answered in no order (`tenant.md` 4). */
export const batchRoute = (stage: Stage, { dispatch, note }: BatchEnds): Route => {
  const runPart = async (call: Call, part: Part): Promise<PartAnswer> => {
    const url = `/${call.version}${part.url.startsWith('/') ? '' : '/'}${part.url}`;
    const [pathText = '', ...rest] = url.split('?');
    const [path, query] = [readPath(pathText), readQuery(rest.join('?'))];
    if (!path || !query) return answerOf(part.id, graphError(400, 'BadRequest', 'Malformed URL.'));
    const { method, headers, body } = part;
    const request: TenantRequest = {
      ...{ host: 'graph', method, url, path, query, headers, body },
      inner: true,
    };
    const logged = note(request);
    const line = lineOf(request);
    let answer: TenantAnswer;
    if (stage.faults.strikes('batch-inner-429', line))
      answer = graphError(
        429,
        'ApplicationThrottled',
        'Application is over its MailboxConcurrency limit.',
        { 'Retry-After': String(stage.faults.retryAfter('batch-inner-429')) },
      );
    else if (stage.faults.strikes('batch-inner-503', line))
      answer = graphError(503, 'ServiceUnavailable', 'The service is unavailable.');
    else answer = await dispatch(request, call.caller, call.version, path.slice(1));
    logged.status = answer.status;
    return answerOf(part.id, answer);
  };

  const runAll = async (call: Call, parts: readonly Part[]): Promise<PartAnswer[]> => {
    const done = new Map<string, PartAnswer>();
    const waiting = [...parts];
    const worker = async (): Promise<void> => {
      for (let part = waiting.shift(); part; part = waiting.shift()) {
        const failed = part.dependsOn.some((id) => (done.get(id)?.status ?? 424) >= 400);
        const dependency = graphError(424, 'FailedDependency', 'A dependency failed.');
        done.set(part.id, failed ? answerOf(part.id, dependency) : await runPart(call, part));
      }
    };
    // With dependencies, one after the other: what a part depends on comes before it.
    const workers = parts.some(({ dependsOn }) => dependsOn.length > 0) ? 1 : AT_ONCE;
    await Promise.all(Array.from({ length: workers }, worker));
    return [...done.values()];
  };

  return {
    method: 'POST',
    path: '$batch',
    run: async (call) => {
      const parts = readBatch(call.request);
      if (typeof parts === 'string') return graphError(400, 'BadRequest', parts);
      const answers = await runAll(call, parts);
      const keyed = answers.map((answer) => [stage.faults.random.next(), answer] as const);
      keyed.sort(([one], [other]) => one - other);
      return json({ responses: keyed.map(([, answer]) => answer) });
    },
  };
};
