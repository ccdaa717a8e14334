import type { StoredRecord } from '../tenant-case.ts';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const collectionType = (list: readonly unknown[]): string =>
  list.some((one) => typeof one === 'object')
    ? '#Collection(microsoft.graph.security.defaultAuditData)'
    : '#Collection(String)';

/** OData sidecars `X@odata.type` beside numbers and lists, at every level (`tenant.md` 1.4). */
const annotated = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(annotated);
  if (!isFields(value)) return value;
  const written: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) {
    if (typeof field === 'number') written[`${name}@odata.type`] = '#Int64';
    if (Array.isArray(field)) written[`${name}@odata.type`] = collectionType(field);
    written[name] = annotated(field);
  }
  return written;
};

const RECORD_TYPES: Readonly<Record<number, string>> = {
  1: 'ExchangeAdmin',
  2: 'ExchangeItem',
  3: 'ExchangeItemGroup',
  15: 'AzureActiveDirectoryStsLogon',
  50: 'ExchangeItemAggregated',
};

const USER_TYPES = ['Regular', 'Reserved', 'Admin', 'DcAdmin', 'System', 'Application'];

const withZone = (time: unknown): string => `${String(time).replace(/Z$/u, '')}Z`;

/**
 * A record as audit search hands it out: `userId` is the classic UserKey and `userPrincipalName`
 * the classic UserId, `clientIp` is null, types are spelled in PascalCase. auditData stays last.
 */
export const recordEnvelope = ({ data }: StoredRecord): Fields => ({
  id: data['Id'],
  createdDateTime: withZone(data['CreationTime']),
  auditLogRecordType: RECORD_TYPES[Number(data['RecordType'])] ?? 'UnknownFutureValue',
  operation: data['Operation'],
  organizationId: data['OrganizationId'],
  userType: USER_TYPES[Number(data['UserType'])] ?? 'Regular',
  userId: data['UserKey'] ?? '__NULL__',
  service: data['Workload'],
  objectId: data['ObjectId'] ?? null,
  userPrincipalName: data['UserId'],
  clientIp: null,
  administrativeUnits: [''],
  auditData: {
    '@odata.type': '#microsoft.graph.security.defaultAuditData',
    ...(annotated({ ...data, CreationTime: withZone(data['CreationTime']) }) as Fields),
  },
});
