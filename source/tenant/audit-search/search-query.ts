import type { AuditRoot, PlannedQuery } from '../../domain/fetches/fetch-query.ts';
import { isObject, type JsonObject, type JsonValue } from '../../domain/json.ts';
import { Problem } from '../../domain/problem.ts';
import type { AskOptions, TenantClient } from '../client.ts';
import type { TenantAnswer } from '../http/tenant-requests.ts';
import { beginsLikePage, member, readJson } from './page-facts.ts';

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

const objectOf = (body: Uint8Array): JsonObject | null => {
  const data = readJson(Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString());
  return isObject(data) ? data : null;
};

const STATES = ['notStarted', 'running', 'succeeded', 'failed', 'cancelled'] as const;

/** As the documentation spells it, whatever case it came in. */
const stateOf = (status: JsonValue | undefined): string => {
  if (typeof status !== 'string') return 'unknown';
  return STATES.find((state) => state.toLowerCase() === status.toLowerCase()) ?? status;
};

/** A query of an answer, or of a list of them; null: it is none. */
const queryIn = (data: JsonObject): SearchQuery | null => {
  const id = member(data, 'id');
  if (typeof id !== 'string' || id === '') return null;
  const name = member(data, 'displayName');
  const exceeded = member(data, 'isRecordCountLimitExceeded');
  const announced = member(data, 'approximateReturnedRecordCount');
  return {
    id,
    name: typeof name === 'string' ? name : '',
    status: stateOf(member(data, 'status')),
    limitExceeded: typeof exceeded === 'boolean' ? exceeded : null,
    announced: typeof announced === 'number' && announced >= 0 ? announced : null,
  };
};

/** An answer that tells of one query; an old example of the documentation wraps it. */
const answeredQuery = (body: Uint8Array): SearchQuery | null => {
  const data = objectOf(body);
  if (data === null) return null;
  const inner = member(data, 'value');
  return queryIn(isObject(inner) ? inner : data);
};

const queryOf = ({ body }: TenantAnswer): SearchQuery => {
  const query = answeredQuery(body);
  if (query === null) throw unreadable();
  return query;
};

const isQueryAnswer = (body: Uint8Array): boolean => answeredQuery(body) !== null;

const listOf = (body: Uint8Array): readonly JsonValue[] | null => {
  const data = objectOf(body);
  const listed = data === null ? undefined : member(data, 'value');
  return Array.isArray(listed) ? listed : null;
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
  ...(filter.by === 'addresses' ? { ipAddressFilters: [...filter.spelled] } : {}),
});

/** What was answered, with what it took, for the manifest. */
export interface CreatedQuery<Value> {
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
): Promise<CreatedQuery<SearchQuery>> => {
  const answer = await client.post(queriesPath(root), bodyOf(name, query), {
    ...options,
    bucket: 'audit-create',
    isReadable: isQueryAnswer,
  });
  return { value: queryOf(answer), answer };
};

/** How it stands with a query. */
export const askQuery = async (
  client: TenantClient,
  root: AuditRoot,
  id: string,
  options: Asking,
): Promise<CreatedQuery<SearchQuery>> => {
  const path = `${queriesPath(root)}/${encodeURIComponent(id)}`;
  const answer = await client.get(path, {
    ...options,
    bucket: 'audit-poll',
    isReadable: isQueryAnswer,
  });
  return { value: queryOf(answer), answer };
};

/** Pages of the tenant's list that are looked through: some thirty days of queries are there. */
const LISTED_PAGES = 100;

/** The query of that name in the tenant's list, which must be walked whole: it knows no filter. */
export const findQuery = async (
  client: TenantClient,
  root: AuditRoot,
  name: string,
  options: Asking,
  onAnswer: (answer: TenantAnswer) => void,
): Promise<SearchQuery | null> => {
  let path: string | null = queriesPath(root);
  const seen = new Set<string>();
  while (path !== null && !seen.has(path) && seen.size < LISTED_PAGES) {
    seen.add(path);
    const answer: TenantAnswer = await client.get(path, {
      ...options,
      bucket: 'audit-poll',
      isReadable: (body) => listOf(body) !== null,
    });
    onAnswer(answer);
    const queries = (listOf(answer.body) ?? []).map((one) => (isObject(one) ? queryIn(one) : null));
    const found = queries.find((query) => query?.name === name);
    if (found !== undefined && found !== null) return found;
    const next: JsonValue | undefined = member(objectOf(answer.body) ?? {}, '@odata.nextLink');
    path = typeof next === 'string' ? next : null;
  }
  return null;
};

/** More is refused. */
const PAGE = 999;

export const firstPage = (root: AuditRoot, id: string): string =>
  `${queriesPath(root)}/${encodeURIComponent(id)}/records?$top=${PAGE}`;

/** One page of records, byte for byte; `path`: `firstPage` or a nextLink as it came. */
export const askPage = (
  client: TenantClient,
  path: string,
  options: Asking,
): Promise<TenantAnswer> =>
  client.get(path, {
    ...options,
    bucket: 'audit-records',
    isReadable: beginsLikePage,
  });
