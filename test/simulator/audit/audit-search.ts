import { hashOf, seededRandom } from '../../../scripts/generator/random.ts';
import type { Caller } from '../auth/access-tokens.ts';
import { graphError, json, jsonBody, lineOf } from '../http/exchange.ts';
import type { TenantAnswer } from '../http/exchange.ts';
import type { Call, GraphVersion, Route } from '../http/routes.ts';
import type { Stage } from '../stage.ts';
import { isChosen, queryBody, shuffled, statusAt } from './audit-query.ts';
import type { AuditQuery, QueryOutcome } from './audit-query.ts';
import { matcherOf, readFilters } from './query-filters.ts';
import { recordPages } from './record-pages.ts';
import { submissionRefusal } from './submission-limits.ts';

const PATH = 'security/auditLog/queries';
const LISTED_DAYS = 30;
const LATE = 82;

const DENIED = graphError(
  403,
  'InsufficientPrivileges',
  'Insufficient privileges to complete the operation.',
);

/** Of a person without the role, whatever the application may: by the list it does not show. */
const ROLE_MISSING = graphError(403, 'UnknownError', 'App dont have any permissions');

/** The workloads a caller may see; null: all of them, empty: none. */
const workloadsOf = ({ permissions }: Caller): readonly string[] | null => {
  if (permissions.has('AuditLogsQuery.Read.All')) return null;
  const workloads: string[] = [];
  if (permissions.has('AuditLogsQuery-Exchange.Read.All')) workloads.push('Exchange');
  if (permissions.has('AuditLogsQuery-Entra.Read.All')) workloads.push('AzureActiveDirectory');
  return workloads;
};

export interface AuditSearch {
  readonly routes: readonly Route[];
  readonly queries: ReadonlyMap<string, AuditQuery>;
  /** Ids of records that no query can hand out any more (audit-poison-record). */
  readonly poisoned: ReadonlySet<string>;
}

/** Purview audit search over Graph (`tenant.md` 1). */
export const auditSearch = (stage: Stage): AuditSearch => {
  const { settings, clock, faults, content } = stage;
  const options = settings.audit;
  const random = seededRandom(hashOf(stage.seed, 80));
  const queries = new Map<string, AuditQuery>();
  const pages = recordPages(faults, options);

  const rootMissing = (version: GraphVersion): TenantAnswer | null => {
    const offered = version === 'beta' ? options.api !== 'v1' : options.api !== 'beta';
    if (offered) return null;
    return options.missing === 'segment'
      ? graphError(400, 'BadRequest', "Resource not found for the segment 'auditLog'.")
      : graphError(404, 'UnknownError', '');
  };

  const route = (method: string, path: string, run: (call: Call) => TenantAnswer): Route => ({
    method,
    path,
    run: (call) =>
      rootMissing(call.version) ?? (workloadsOf(call.caller)?.length === 0 ? DENIED : run(call)),
  });

  const statusOf = (query: AuditQuery) => statusAt(query, clock.now(), options.minutes);

  /** A query is carried out when it is first seen to have ended. */
  const settle = (query: AuditQuery): void => {
    if (query.result || statusOf(query) !== 'succeeded') return;
    const finished = query.createdAt + options.minutes * 60_000;
    const matches = matcherOf(query.filters, {
      endIncluded: options.endIncluded,
      keptSince: finished - options.retentionDays * 86_400_000,
      workloads: query.workloads,
      keywordFindsIndexed: options.keywordFindsIndexed,
      anyPort: options.anyPort,
    });
    const found = content.records.filter(
      (record) =>
        record.at * 1000 <= finished &&
        matches(record) &&
        !(query.hidesLate && isChosen(record.id, LATE, 12)),
    );
    const limit = options.recordCountLimit;
    const mixed = shuffled(found, hashOf(stage.seed, Number.parseInt(query.id.slice(0, 8), 16)));
    query.result = { records: mixed.slice(0, limit), exceeded: found.length > limit };
  };

  const shown = (query: AuditQuery) => {
    settle(query);
    return queryBody(query, statusOf(query), options);
  };

  const contextOf = (version: GraphVersion, rest: string): string =>
    `${stage.origins().graph}/${version}/$metadata#${PATH}${rest}`;

  const outcomeOf = (line: string): QueryOutcome => {
    if (faults.strikes('audit-query-fails', line)) return 'failed';
    if (faults.strikes('audit-query-cancelled', line)) return 'cancelled';
    return faults.strikes('audit-query-stuck', line) ? 'never' : 'succeeded';
  };

  const create = ({ request, caller, version }: Call): TenantAnswer => {
    if (caller.kind === 'person' && !options.personsMay) return ROLE_MISSING;
    const body = jsonBody(request);
    const filters = body ? readFilters(body) : 'Unable to read JSON request payload.';
    if (typeof filters === 'string') return graphError(400, 'BadRequest', filters);
    const submitted = [...queries.values()].map((query) => ({
      ...query,
      open: /^(notStarted|running)$/u.test(statusOf(query)),
    }));
    const refusal = submissionRefusal(submitted, filters, clock.now(), options);
    if (refusal) return refusal;
    const query: AuditQuery = {
      id: random.guid(),
      filters,
      createdAt: clock.now(),
      outcome: outcomeOf(lineOf(request)),
      announcesMore: faults.strikes('audit-announces-more', lineOf(request)) ? 40 : 0,
      hidesLate: faults.strikes('audit-late-records', lineOf(request)),
      workloads: workloadsOf(caller),
      result: null,
      passes: 0,
      thinPasses: new Set(),
      poisoned: new Set(),
    };
    queries.set(query.id, query);
    return json({ '@odata.context': contextOf(version, '/$entity'), ...shown(query) }, 201);
  };

  const withQuery = (use: (query: AuditQuery, call: Call) => TenantAnswer) => (call: Call) => {
    const query = queries.get((call.named['id'] ?? '').toLowerCase());
    return query ? use(query, call) : graphError(404, 'NotFound', 'The query was not found.');
  };

  /** OData `$filter` is ignored here (`tenant.md` 1.2). */
  const list = ({ version }: Call): TenantAnswer => {
    const since = clock.now() - LISTED_DAYS * 86_400_000;
    const listed = [...queries.values()].filter(({ createdAt }) => createdAt > since);
    return json({ '@odata.context': contextOf(version, ''), value: listed.map(shown) });
  };

  const get = withQuery((query, { version, request }) => {
    const body = shown(query);
    if (faults.strikes('audit-answer-in-value', lineOf(request))) return json({ value: body });
    return json({ '@odata.context': contextOf(version, '/$entity'), ...body });
  });

  /** Before the end there is nothing, and nothing that says so but the query's own status. */
  const records = withQuery((query, { version, request }) => {
    settle(query);
    return pages.page({
      query,
      address: `${stage.origins().graph}/${version}/${PATH}/${query.id}/records`,
      context: contextOf(version, `('${query.id}')/records`),
      top: request.query.get('$top'),
      token: request.query.get('$skiptoken'),
      line: lineOf(request),
      now: clock.now(),
    });
  });

  return {
    queries,
    poisoned: pages.poisoned,
    routes: [
      route('POST', PATH, create),
      route('GET', PATH, list),
      route('GET', `${PATH}/{id}`, get),
      route('GET', `${PATH}/{id}/records`, records),
    ],
  };
};
