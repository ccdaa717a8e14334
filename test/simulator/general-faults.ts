import { graphError, lineOf, throttled } from './http/exchange.ts';
import type { TenantAnswer, TenantRequest } from './http/exchange.ts';
import type { Stage } from './stage.ts';

/** What can meet any request to Graph or the management API before it is looked at. */
export const generalFault = (stage: Stage, request: TenantRequest): TenantAnswer | null => {
  const line = lineOf(request);
  const strikes = (name: Parameters<typeof stage.faults.strikes>[0]): boolean =>
    stage.faults.strikes(name, line);
  const wait = (name: Parameters<typeof stage.faults.strikes>[0]): string =>
    String(stage.faults.retryAfter(name));
  const slowDown = 'Too many requests. Try again later.';
  if (strikes('connection-reset')) return { status: 0, cut: 'before' };
  if (strikes('server-error-500'))
    return graphError(500, 'InternalServerError', 'An internal server error occurred.');
  if (strikes('bad-gateway-502'))
    return { status: 502, body: '<html><head><title>502 Bad Gateway</title></head></html>' };
  if (strikes('unavailable-503'))
    return graphError(503, 'ServiceUnavailable', 'The service is unavailable.', {
      'Retry-After': wait('unavailable-503'),
    });
  if (strikes('unavailable-503-silent'))
    return graphError(503, 'ServiceUnavailable', 'The service is unavailable.');
  if (strikes('gateway-timeout-504')) return graphError(504, 'UnknownError', '');
  if (strikes('throttled-429'))
    return throttled(slowDown, stage.faults.retryAfter('throttled-429'));
  if (strikes('throttled-429-date')) {
    const until = stage.clock.now() + stage.faults.retryAfter('throttled-429-date') * 1000;
    return graphError(429, 'TooManyRequests', slowDown, {
      'Retry-After': new Date(until).toUTCString(),
    });
  }
  if (strikes('throttled-429-silent')) return throttled(slowDown);
  if (strikes('forbidden-for-now')) return graphError(403, 'UnknownError', '');
  if (strikes('html-under-200'))
    return { status: 200, body: '<html><head><title>Sign in to the proxy</title></head></html>' };
  if (strikes('redirect'))
    return { status: 302, headers: { Location: `http://elsewhere.invalid${request.url}` } };
  return null;
};

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** Names in another case, down to those of a record: auditData stays as the record has it. */
const inOtherCase = (body: unknown): unknown => {
  if (Array.isArray(body)) return body.map(inOtherCase);
  if (!isPlain(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name.startsWith('@') ? name : capital(name),
      name === 'status' ? capital(String(value)) : name === 'value' ? inOtherCase(value) : value,
    ]),
  );
};

/** What can happen to an answer after the request was carried out. */
export const faultOnTheWay = (
  stage: Stage,
  request: TenantRequest,
  answer: TenantAnswer,
): TenantAnswer => {
  if (stage.faults.strikes('answer-lost', lineOf(request))) return { ...answer, cut: 'before' };
  if (stage.faults.strikes('answer-cut', lineOf(request))) return { ...answer, cut: 'within' };
  const isDone = isPlain(answer.body) && answer.status < 300;
  if (isDone && stage.faults.strikes('byte-order-mark', lineOf(request)))
    return { ...answer, body: `\uFEFF${JSON.stringify(answer.body)}` };
  if (isDone && stage.faults.strikes('other-case', lineOf(request)))
    return { ...answer, body: inOtherCase(answer.body) as object };
  return answer;
};
