import type { StoredRecord } from '../tenant-case.ts';

const LISTS = [
  'recordTypeFilters',
  'serviceFilters',
  'operationFilters',
  'userPrincipalNameFilters',
  'ipAddressFilters',
  'objectIdFilters',
  'administrativeUnitIdFilters',
] as const;

type ListName = (typeof LISTS)[number];

/** What a query was created with. Times in milliseconds since 1970. */
export interface QueryFilters {
  readonly displayName: string | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly keyword: string | null;
  readonly lists: Readonly<Record<ListName, readonly string[]>>;
}

/** Sent by clients and kept by nobody: the singular serviceFilter of the documentation, a status. */
const ACCEPTED = new Set([
  ...LISTS,
  ...['@odata.type', 'displayName', 'filterStartDateTime', 'filterEndDateTime'],
  ...['keywordFilter', 'serviceFilter', 'status'],
]);

const timeOf = (value: unknown): number | null | 'wrong' => {
  if (value === undefined || value === null) return null;
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? 'wrong' : time;
};

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The filters of a body; a string: what is wrong with it. */
export const readFilters = (body: Record<string, unknown>): QueryFilters | string => {
  const unknown = Object.keys(body).find((name) => !ACCEPTED.has(name));
  if (unknown !== undefined)
    return `The property '${unknown}' does not exist on type 'microsoft.graph.security.auditLogQuery'.`;
  const lists = {} as Record<ListName, readonly string[]>;
  for (const name of LISTS) {
    const value = body[name] ?? [];
    if (!Array.isArray(value) || value.some((one) => typeof one !== 'string'))
      return `Cannot convert the value of '${name}' to Collection(Edm.String).`;
    lists[name] = value as readonly string[];
  }
  const [from, to] = [timeOf(body['filterStartDateTime']), timeOf(body['filterEndDateTime'])];
  if (from === 'wrong' || to === 'wrong')
    return 'Cannot convert the literal to Edm.DateTimeOffset.';
  if (from !== null && to !== null && to < from) return 'Invalid request data';
  const keyword = textOf(body['keywordFilter']);
  const displayName = textOf(body['displayName']);
  return { displayName, from, to, keyword: keyword === '' ? null : keyword, lists };
};

export const isUnfiltered = ({ keyword, lists }: QueryFilters): boolean =>
  keyword === null && Object.values(lists).every((list) => list.length === 0);

const RECORD_TYPES: Readonly<Record<string, number>> = {
  exchangeadmin: 1,
  exchangeitem: 2,
  exchangeitemgroup: 3,
  azureactivedirectorystslogon: 15,
  exchangeitemaggregated: 50,
};

const isOneOf = (list: readonly string[], value: unknown): boolean =>
  list.length === 0 || list.some((one) => one.toLowerCase() === String(value ?? '').toLowerCase());

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/iu;

export interface MatchingRules {
  readonly endIncluded: boolean;
  /** Milliseconds since 1970: older records are gone. */
  readonly keptSince: number;
  /** Workloads that the permissions of the asker cover; null: all. */
  readonly workloads: readonly string[] | null;
  readonly keywordFindsIndexed: boolean;
  readonly anyPort: boolean;
}

const INDEXED = [
  'UserId',
  'UserKey',
  'MailboxOwnerUPN',
  'MailboxGuid',
  'ClientIPAddress',
  'ClientIP',
];

const searched = (data: StoredRecord['data'], all: boolean): string => {
  const kept = Object.entries(data).filter(([name]) => all || !INDEXED.includes(name));
  return JSON.stringify(Object.fromEntries(kept)).toLowerCase();
};

const withoutPort = (address: unknown): string =>
  String(address ?? '')
    .replace(/^\[(.*)\](?::\d+)?$/u, '$1')
    .replace(/^([\d.]+):\d+$/u, '$1')
    .replace(/^::ffff:/iu, '');

/** The rules of `tenant.md` 1.5: users are actors and never GUIDs, addresses match as spelled. */
export const matcherOf = (
  { from, to, keyword, lists }: QueryFilters,
  rules: MatchingRules,
): ((record: StoredRecord) => boolean) => {
  const word = keyword?.toLowerCase() ?? null;
  const types = lists.recordTypeFilters.map((name) => RECORD_TYPES[name.toLowerCase()]);
  const users = lists.userPrincipalNameFilters.filter((name) => !GUID.test(name));
  return ({ at, data }) => {
    const time = at * 1000;
    if (time < rules.keptSince || (from !== null && time < from)) return false;
    if (to !== null && (rules.endIncluded ? time > to : time >= to)) return false;
    if (rules.workloads && !rules.workloads.includes(String(data['Workload']))) return false;
    if (!isOneOf(lists.operationFilters, data['Operation'])) return false;
    if (types.length > 0 && !types.some((type) => type === data['RecordType'])) return false;
    if (!isOneOf(lists.serviceFilters, data['Workload'])) return false;
    if (lists.userPrincipalNameFilters.length > 0) {
      const actor = String(data['UserId'] ?? '');
      if (users.length === 0 || GUID.test(actor) || !isOneOf(users, actor)) return false;
    }
    const stated = [data['ClientIPAddress'], data['ClientIP']];
    const addresses = rules.anyPort ? [...stated, ...stated.map(withoutPort)] : stated;
    if (
      lists.ipAddressFilters.length > 0 &&
      !lists.ipAddressFilters.some((one) => addresses.includes(one))
    )
      return false;
    if (!isOneOf(lists.objectIdFilters, data['ObjectId'])) return false;
    return word === null || searched(data, rules.keywordFindsIndexed).includes(word);
  };
};
