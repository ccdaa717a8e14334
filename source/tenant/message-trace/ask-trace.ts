import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';
import { normaliseMessageId } from '../../domain/records/stated.ts';
import type { AskOptions, TenantClient } from '../client.ts';
import { isoTime } from '../http/clock.ts';
import { TenantRefusal } from '../http/refusal.ts';
import type { TenantAnswer } from '../http/tenant-requests.ts';
import type { TraceWindow } from './trace-windows.ts';

const PATH = '/v1.0/admin/exchange/tracing/messageTraces';
/** The most that it gives at once, and what is asked for. */
export const TRACE_ROWS = 5000;

/**
 * What is asked for: one value of one property. The service takes `or`, `in`, `ne` and `not` without a
 * word and ignores them: only the last value of a property counts (`tenant.md` 3.1).
 */
export type TraceSubject =
  | { readonly by: 'recipient' | 'sender'; readonly address: string }
  /** Without <>. */
  | { readonly by: 'messageId'; readonly messageId: string };

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** Whole: encodeURIComponent leaves ' ( ) * ! alone. */
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const clause = (subject: TraceSubject): string => {
  switch (subject.by) {
    case 'recipient':
      return `recipientAddress eq ${quoted(subject.address)}`;
    case 'sender':
      return `senderAddress eq ${quoted(subject.address)}`;
    case 'messageId':
      return `messageId eq ${quoted(`<${subject.messageId}>`)}`;
  }
};

/** The first page of a question. Both ends, or the last 48 hours alone would be looked through. */
export const tracePath = (subject: TraceSubject, { from, to }: TraceWindow): string => {
  const period = `receivedDateTime ge ${isoTime(from)} and receivedDateTime le ${isoTime(to)}`;
  return `${PATH}?$filter=${encoded(`${clause(subject)} and ${period}`)}&$top=${TRACE_ROWS}`;
};

/** `path`: of `tracePath`, or a nextLink as it came. */
export const askTracePage = (
  client: TenantClient,
  path: string,
  options: Omit<AskOptions, 'bucket'>,
): Promise<TenantAnswer> => client.get(path, { ...options, bucket: 'traces' });

/** Told by its text alone: all that is wrong with a question has the same code (`tenant.md` 3.1). */
export const startIsTooOld = (error: unknown): error is TenantRefusal =>
  error instanceof TenantRefusal &&
  error.kind === 'request' &&
  /StartDate.*older than/i.test(error.serverMessage ?? '');

/** What must be known of a page to go on; its rows are read by the import. */
export interface TracePage {
  readonly rows: number;
  /** Names of the rows, which are of one recipient each. */
  readonly rowIds: readonly string[];
  /** Normalised, each once. */
  readonly messageIds: ReadonlySet<string>;
  /** The earliest time of reception among the rows, epoch milliseconds; null: none is stated. */
  readonly earliest: number | null;
  readonly nextLink: string | null;
}

const parsed = (body: Uint8Array): JsonObject | null => {
  try {
    const data: unknown = JSON.parse(Buffer.from(body).toString());
    return isObject(data) ? data : null;
  } catch {
    return null;
  }
};

const textOf = (value: JsonValue | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/** null: it is no page of a trace, whatever its status said. */
export const tracePage = (body: Uint8Array): TracePage | null => {
  const data = parsed(body);
  const values = data?.['value'];
  if (data === null || !Array.isArray(values) || 'error' in data) return null;
  const messageIds = new Set<string>();
  const rowIds: string[] = [];
  let earliest = Infinity;
  for (const row of values) {
    if (!isObject(row)) continue;
    const messageId = normaliseMessageId(textOf(row['messageId']));
    if (messageId !== null) messageIds.add(messageId);
    const names = [row['id'], row['messageId'], row['recipientAddress']];
    rowIds.push(JSON.stringify(names.map((name) => textOf(name))));
    const at = Date.parse(textOf(row['receivedDateTime']) ?? '');
    if (at < earliest) earliest = at;
  }
  return {
    ...{ rows: values.length, rowIds, messageIds },
    earliest: earliest === Infinity ? null : earliest,
    nextLink: textOf(data['@odata.nextLink']),
  };
};
