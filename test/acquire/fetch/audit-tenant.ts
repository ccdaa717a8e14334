/** A tenant with audit search in a few lines, for the fetch alone: what goes wrong is asked for. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type FetchOrder, fetchRecords } from '../../../source/acquire/fetch/fetch-records.ts';
import type { FetchEvent } from '../../../source/acquire/fetch/fetch-work.ts';
import { NO_AUTHENTICATION_FLAGS } from '../../../source/tenant/authenticate/settings.ts';
import {
  accessToken,
  type Answer,
  type Asked,
  CLIENT_ID,
  SECRET,
  smallTenant,
  TENANT_ID,
} from '../../tenant/small-tenant.ts';
import { testClock } from '../../tenant/test-clock.ts';
import { temporaryFolder } from '../../import/temporary-case.ts';

export const FROM = '2026-09-01T00:00:00Z';
export const TO = '2026-09-03T00:00:00Z';
export const VICTIM = 'victim@contoso.example';

export interface Stored {
  readonly id: string;
  readonly time: string;
}

/** So many records over the period, one every so many minutes. */
export const stored = (count: number, minutes = 20): readonly Stored[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    time: new Date(Date.parse(FROM) + index * minutes * 60_000).toISOString().slice(0, 19) + 'Z',
  }));

const envelope = ({ id, time }: Stored) => ({
  id,
  createdDateTime: time,
  auditLogRecordType: 'ExchangeItemAggregated',
  operation: 'MailItemsAccessed',
  userId: '10032001A4B6CBFD',
  userPrincipalName: VICTIM,
  clientIp: null,
  administrativeUnits: [''],
  auditData: {
    '@odata.type': '#microsoft.graph.security.defaultAuditData',
    CreationTime: time,
    Id: id,
    Operation: 'MailItemsAccessed',
    'RecordType@odata.type': '#Int64',
    RecordType: 50,
    UserId: VICTIM,
    MailboxOwnerUPN: VICTIM,
    MailboxGuid: '1a0b7c9e-2222-4333-8444-555566667777',
    ClientIPAddress: '203.0.113.9',
    ClientInfoString: 'Client=OWA;',
    'OperationProperties@odata.type': '#Collection(x)',
    OperationProperties: [{ Name: 'MailAccessType', Value: 'Bind' }],
    Folders: [
      {
        Path: '\\Inbox',
        Id: 'LgAAAA',
        FolderItems: [{ InternetMessageId: `<${id}@x>`, SizeInBytes: 1 }],
      },
    ],
    OperationCount: 1,
  },
});

interface Query {
  readonly id: string;
  readonly body: {
    readonly displayName: string;
    readonly filterStartDateTime: string;
    readonly filterEndDateTime: string;
    readonly [key: string]: unknown;
  };
  polls: number;
}

export interface Faults {
  /** Most records that one query gives. */
  readonly limit?: number;
  /** Records that only the second pass has. */
  readonly late?: ReadonlySet<string>;
  readonly beta?: boolean;
  /** How queries end, by the count of those made before; succeeded unless said. */
  readonly ends?: (made: number) => string;
  /** POSTs that are done and answered with 503, by number from 0. */
  readonly lostPosts?: ReadonlySet<number>;
  readonly noCounts?: boolean;
  /** The number of records that each query announces; how many it has unless said. */
  readonly announces?: number;
  /** Something else for this request; null: as usual. */
  readonly instead?: (asked: Asked) => Answer | null;
  readonly perPage?: number;
  /** Polls before a query has ended; 2 unless said. */
  readonly endsAtPoll?: number;
}

const notFound = { status: 404, body: { error: { code: 'UnknownError', message: '' } } };

/** `records` is read anew with each request: push more, and they are there. */
const auditAnswering = (origin: () => string, records: Stored[], faults: Faults) => {
  const queries: Query[] = [];
  const passes = new Map<string, number>();
  const root = faults.beta === true ? '/beta' : '/v1.0';
  const within = ({ body }: Query): readonly Stored[] =>
    records.filter(({ time }) => time >= body.filterStartDateTime && time < body.filterEndDateTime);
  const shown = (query: Query): object => {
    const ended = query.polls >= (faults.endsAtPoll ?? 2);
    const at = queries.indexOf(query);
    const status = ended ? (faults.ends?.(at) ?? 'succeeded') : 'running';
    const exceeded = within(query).length > (faults.limit ?? Infinity);
    const counts = {
      approximateReturnedRecordCount: ended
        ? (faults.announces ?? Math.min(within(query).length, faults.limit ?? Infinity))
        : 0,
      isRecordCountLimitExceeded: ended && exceeded,
    };
    return { id: query.id, ...query.body, status, ...(faults.noCounts === true ? {} : counts) };
  };
  const page = (query: Query, asked: Asked): Answer => {
    const from = Number(asked.query.get('$skiptoken') ?? 0);
    if (from === 0) passes.set(query.id, (passes.get(query.id) ?? 0) + 1);
    const late = (one: Stored) => faults.late?.has(one.id) === true && passes.get(query.id) === 1;
    const all = within(query).filter((one) => !late(one));
    const perPage = faults.perPage ?? 10;
    const value = all.slice(from, from + perPage);
    const more = from + perPage < all.length;
    const next = `${origin()}${asked.path}?$top=999&$skiptoken=${from + perPage}`;
    const body = JSON.stringify({
      '@odata.context': 'x',
      value: value.map(envelope),
      ...(more ? { '@odata.nextLink': next } : {}),
    });
    return { body };
  };
  return (asked: Asked): Answer => {
    const other = faults.instead?.(asked) ?? null;
    if (other !== null) return other;
    if (asked.path.endsWith('/oauth2/v2.0/token'))
      return {
        body: {
          token_type: 'Bearer',
          expires_in: 3600,
          access_token: accessToken({ roles: ['AuditLogsQuery-Exchange.Read.All'] }),
        },
      };
    const place = /^(\/[^/]+)\/security\/auditLog\/queries(?:\/([^/]+)(\/records)?)?$/.exec(
      asked.path,
    );
    if (place === null || place[1] !== root) return notFound;
    const [, , id, isRecords] = place;
    if (id === undefined && asked.method === 'GET') return { body: { value: queries.map(shown) } };
    if (id === undefined) {
      const made: Query = {
        id: `q-${queries.length}`,
        body: JSON.parse(asked.body) as Query['body'],
        polls: 0,
      };
      queries.push(made);
      if (faults.lostPosts?.has(queries.length - 1) === true)
        return { status: 503, body: { error: { code: 'UnknownError' } } };
      return { status: 201, body: shown(made) };
    }
    const query = queries.find((one) => one.id === id);
    if (query === undefined) return notFound;
    if (isRecords !== undefined) return page(query, asked);
    query.polls += 1;
    return { body: shown(query) };
  };
};

export const fetchTenant = async (
  t: TestContext,
  records: Stored[],
  faults: Faults = {},
  management = 'http://localhost:9',
) => {
  let origin = '';
  const tenant = await smallTenant(
    t,
    auditAnswering(() => origin, records, faults),
  );
  origin = tenant.origin;
  const folder = temporaryFolder(t);
  const cloud = join(folder, 'cloud.json');
  const hosts = { authority: origin, graph: origin, management };
  writeFileSync(cloud, JSON.stringify({ name: 'small', ...hosts }));
  const order: FetchOrder = {
    folder: join(folder, 'case'),
    flags: NO_AUTHENTICATION_FLAGS,
    variables: {
      MIA_CLOUD: cloud,
      MIA_TENANT: TENANT_ID,
      MIA_CLIENT_ID: CLIENT_ID,
      MIA_METHOD: 'client-secret',
      MIA_CLIENT_SECRET: SECRET,
    },
    remember: false,
    anew: false,
    signal: new AbortController().signal,
    askHidden: null,
    clock: testClock(),
    analyst: 'tester',
    request: {
      request: 'new',
      api: null,
      asked: { users: [VICTIM], mailboxes: [], addresses: [], from: FROM, to: TO },
    },
  };
  return { ...tenant, order };
};

export const eventsOf = async (order: FetchOrder): Promise<readonly FetchEvent[]> => {
  const events: FetchEvent[] = [];
  for await (const event of fetchRecords(order)) events.push(event);
  return events;
};
