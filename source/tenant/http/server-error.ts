import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';
import { forTerminal } from '../../domain/terminal-text.ts';

/** What an error body says. Codes from the outside in; the message is safe to show. */
export interface ServerError {
  readonly codes: readonly string[];
  readonly message: string | null;
}

const NOTHING: ServerError = { codes: [], message: null };
const LONGEST_MESSAGE = 300;

/** Anything like a token that a server quotes back at us. */
const TOKENS = /\b(?:Bearer\s+)?eyJ[\w-]{8,}(?:\.[\w-]*){0,4}/g;

const shownMessage = (message: string): string => {
  const shown = forTerminal(message.replace(TOKENS, '[token]')).trim();
  return shown.length > LONGEST_MESSAGE ? `${shown.slice(0, LONGEST_MESSAGE)}…` : shown;
};

const innerOf = (error: JsonObject): JsonValue | undefined =>
  error['innerError'] ?? error['innererror'] ?? error['inner_error'];

/** Reads `{"error": {"code", "message", "innerError": {…}}}`, in either casing of innerError. */
export const readServerError = (body: Uint8Array): ServerError => {
  let data: unknown;
  try {
    data = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return NOTHING;
  }
  if (!isObject(data)) return NOTHING;
  const codes: string[] = [];
  let message: string | null = null;
  let error: JsonValue | undefined = isObject(data['error']) ? data['error'] : data;
  for (let depth = 0; isObject(error) && depth < 8; error = innerOf(error), depth += 1) {
    if (typeof error['code'] === 'string' && error['code'] !== '') codes.push(error['code']);
    if (message === null && typeof error['message'] === 'string' && error['message'] !== '')
      message = error['message'];
  }
  return {
    codes: codes.map(forTerminal),
    message: message === null ? null : shownMessage(message),
  };
};

/** The application that message trace needs in the tenant ("Transport Data Platform"). */
export const TRACE_SERVICE = '8bd644d1-64a1-4d4b-ae52-2e0cbf64e373';

/** Told by its text alone: tenants answer it with 401 as with 403 (`tenant.md` 3.1). */
export const lacksTraceService = ({ message }: ServerError): boolean =>
  message !== null && message.includes(TRACE_SERVICE) && /service principal/i.test(message);

/**
 * Audit search refuses whoever lacks the role (or the permission) for it with a code that says nothing,
 * `UnknownError`, as passing refusals do; only the text tells them apart.
 */
export const lacksAuditRole = ({ message }: ServerError): boolean =>
  message !== null && /\bapp do(?:es)?n'?t have any permissions/i.test(message);

/** The claims of a challenge of continuous access evaluation, as JSON text, or null. */
export const challengedClaims = (headers: Readonly<Record<string, string>>): string | null => {
  const challenge = headers['www-authenticate'] ?? '';
  const encoded = /\bclaims="([^"]+)"/i.exec(challenge)?.[1];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  try {
    return isObject(JSON.parse(text)) ? text : null;
  } catch {
    return null;
  }
};
