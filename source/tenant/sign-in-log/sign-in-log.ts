/** The Entra sign-in log over Graph (`tenant.md` 5). */
import type { Stretch } from '../../domain/fetch.ts';
import { SIGN_IN_EVENTS, type SignInEvent } from '../../domain/sign-in.ts';
import type { AskOptions, AuditRoot, TenantClient } from '../client.ts';
import { TenantRefusal } from '../http/refusal.ts';
import type { TenantAnswer } from '../http/tenant-requests.ts';

type Asking = Omit<AskOptions, 'bucket'>;

/** Whose sign-ins, and of which kind: the log mixes neither. */
export interface SignInFilter {
  readonly by: 'signIns';
  readonly property: 'userPrincipalName' | 'userId' | 'appId';
  readonly value: string;
  readonly event: SignInEvent;
}

/** Kept so long where the tenant has a P1 or P2 licence; milliseconds. */
const RETENTION = 30 * 86_400_000;

/** The most that one page holds. */
const PAGE = 1000;

/** The start of what the log still holds; milliseconds. */
export const signInReach = (now: number): number => now - RETENTION;

export const signInsPath = (root: AuditRoot): string => `/${root}/auditLogs/signIns`;

/** v1.0 knows sign-ins by a person's own hand only, and has no word for the others. */
export const isOfferedBy = (root: AuditRoot, event: SignInEvent): boolean =>
  root === 'beta' || event === 'interactiveUser';

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

const eventClause = (event: SignInEvent): string =>
  `signInEventTypes/any(t: t eq ${quoted(event)})`;

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PERSONS: ReadonlySet<SignInEvent> = new Set(['interactiveUser', 'nonInteractiveUser']);

/**
 * What to ask for a user's name, or for an id, which may be a user's or an application's. Names are
 * stored in lower case, and compared with regard to it.
 */
export const signInFilters = (name: string): readonly SignInFilter[] => {
  const value = name.trim().toLowerCase();
  const isId = GUID.test(value);
  return SIGN_IN_EVENTS.flatMap((event): readonly SignInFilter[] => {
    if (!PERSONS.has(event))
      return isId ? [{ by: 'signIns', property: 'appId', value, event }] : [];
    return [{ by: 'signIns', property: isId ? 'userId' : 'userPrincipalName', value, event }];
  });
};

/** Whether a name can be asked for: a user's name or an id; not "NT AUTHORITY\SYSTEM (…)". */
export const canBeAsked = (name: string): boolean => name.includes('@') || GUID.test(name.trim());

/** Where the first page of a query is; both ends belong to it. */
export const firstSignIns = (
  root: AuditRoot,
  { property, value, event }: SignInFilter,
  { from, to }: Stretch,
): string => {
  const clauses = [
    `${property} eq ${quoted(value)}`,
    `createdDateTime ge ${from}`,
    `createdDateTime le ${to}`,
    ...(root === 'beta' ? [eventClause(event)] : []),
  ];
  return `${signInsPath(root)}?$filter=${encodeURIComponent(clauses.join(' and '))}&$top=${PAGE}`;
};

/** `place`: of the first page, or a nextLink. */
export const askSignIns = (
  client: TenantClient,
  place: string,
  options: Asking,
): Promise<TenantAnswer> => client.get(place, { ...options, bucket: 'sign-ins' });

/** beta says no, which says nothing of v1.0: it is not there, does not know the words, or is not for us. */
const isRefusedHere = (error: unknown): boolean =>
  error instanceof TenantRefusal && ['not-found', 'request', 'permission'].includes(error.kind);

/**
 * beta where the tenant answers there, since it alone has session and token ids and the sign-ins
 * without a person; else v1.0. `onAnswer` and `onRefusal` get what it took, for the manifest.
 * @throws TenantRefusal: neither answers, in the words of v1.0.
 */
export const findSignInsRoot = async (
  client: TenantClient,
  options: Asking,
  onAttempts: (attempts: TenantAnswer['attempts']) => void,
): Promise<AuditRoot> => {
  const probes = [
    ['beta', `?$filter=${encodeURIComponent(eventClause('interactiveUser'))}&$top=1`],
    ['v1.0', '?$top=1'],
  ] as const;
  for (const [root, query] of probes)
    try {
      const { attempts } = await askSignIns(client, signInsPath(root) + query, options);
      onAttempts(attempts);
      return root;
    } catch (error) {
      if (error instanceof TenantRefusal) onAttempts(error.attempts);
      if (root === 'v1.0' || !isRefusedHere(error)) throw error;
    }
  throw new Error('unreachable: v1.0 answers or throws');
};
