import { isObject, type JsonObject } from '../../domain/json.ts';
import { Problem } from '../../domain/problem.ts';
import type { AskOptions, AuditRoot, TenantClient } from '../client.ts';
import type { TenantAnswer } from '../http/tenant-requests.ts';
import type { PlannedQuery } from './query-plan.ts';

type Asking = Omit<AskOptions, 'bucket'>;

/** A query as the tenant tells of it. Counts that an older back end does not have are null. */
export interface SearchQuery {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly limitExceeded: boolean | null;
  readonly announced: number | null;
}

export const queriesPath = (root: AuditRoot): string => `/${root}/security/auditLog/queries`;

const unreadable = (): Problem =>
  new Problem(
    'The tenant answered in a way that mia does not understand.',
    'Try again; where it stays so, a proxy may answer in its place.',
  );

const jsonOf = ({ body }: TenantAnswer): JsonObject => {
  try {
    const data: unknown = JSON.parse(Buffer.from(body).toString());
    if (isObject(data)) return data;
  } catch {
    // Said below.
  }
  throw unreadable();
};

const queryOf = (data: JsonObject): SearchQuery => {
  const { id, displayName, status, isRecordCountLimitExceeded: exceeded } = data;
  const announced = data['approximateReturnedRecordCount'];
  if (typeof id !== 'string' || id === '') throw unreadable();
  return {
    id,
    name: typeof displayName === 'string' ? displayName : '',
    status: typeof status === 'string' ? status : 'unknown',
    limitExceeded: typeof exceeded === 'boolean' ? exceeded : null,
    announced: typeof announced === 'number' ? announced : null,
  };
};

/** By operation only: a filter by record type would lose every Sync, by service some of them. */
const bodyOf = (name: string, { filter, from, to }: PlannedQuery): JsonObject => ({
  '@odata.type': '#microsoft.graph.security.auditLogQuery',
  displayName: name,
  filterStartDateTime: from,
  filterEndDateTime: to,
  operationFilters: ['MailItemsAccessed'],
  ...(filter.by === 'actors' ? { userPrincipalNameFilters: [...filter.names] } : {}),
  ...(filter.by === 'keyword' ? { keywordFilter: filter.word } : {}),
});

/** What was answered, with what it took, for the manifest. */
export interface Told<Value> {
  readonly value: Value;
  readonly answer: TenantAnswer;
}

/** Has the tenant make a query; it is refused as `uncertain` where one cannot know whether it did. */
export const createQuery = async (
  client: TenantClient,
  root: AuditRoot,
  name: string,
  query: PlannedQuery,
  options: Asking,
): Promise<Told<SearchQuery>> => {
  const answer = await client.post(queriesPath(root), bodyOf(name, query), {
    ...options,
    bucket: 'audit-create',
  });
  return { value: queryOf(jsonOf(answer)), answer };
};

/** How it stands with a query. */
export const askQuery = async (
  client: TenantClient,
  root: AuditRoot,
  id: string,
  options: Asking,
): Promise<Told<SearchQuery>> => {
  const place = `${queriesPath(root)}/${encodeURIComponent(id)}`;
  const answer = await client.get(place, { ...options, bucket: 'audit-poll' });
  const data = jsonOf(answer);
  // An old example of the documentation wraps it.
  const inner = data['value'];
  return { value: queryOf(isObject(inner) ? inner : data), answer };
};

/** The query of that name in the tenant's list, which must be walked whole: it knows no filter. */
export const findQuery = async (
  client: TenantClient,
  root: AuditRoot,
  name: string,
  options: Asking,
  onAnswer: (answer: TenantAnswer) => void,
): Promise<SearchQuery | null> => {
  let place: string | null = queriesPath(root);
  const seen = new Set<string>();
  while (place !== null && !seen.has(place)) {
    seen.add(place);
    const answer: TenantAnswer = await client.get(place, { ...options, bucket: 'audit-poll' });
    onAnswer(answer);
    const data: JsonObject = jsonOf(answer);
    const listed = Array.isArray(data['value']) ? data['value'] : [];
    const found = listed.find((one) => isObject(one) && one['displayName'] === name);
    if (isObject(found)) return queryOf(found);
    const next: unknown = data['@odata.nextLink'];
    place = typeof next === 'string' ? next : null;
  }
  return null;
};

/** More is refused. */
const PAGE = 999;

export const firstPage = (root: AuditRoot, id: string): string =>
  `${queriesPath(root)}/${encodeURIComponent(id)}/records?$top=${PAGE}`;

/** One page of records, byte for byte; `place`: `firstPage` or a nextLink as it came. */
export const askPage = (
  client: TenantClient,
  place: string,
  options: Asking,
): Promise<TenantAnswer> => client.get(place, { ...options, bucket: 'audit-records' });
