/** The Entra sign-in log over Graph (`tenant.md` 5). */
import { isGuid } from '../../domain/guid.ts';
import type { TimeRange } from '../../domain/fetches/fetch.ts';
import type { AskedEvents, AuditRoot, SignInFilter } from '../../domain/fetches/fetch-query.ts';
import { SIGN_IN_EVENTS, type SignInEvent } from '../../domain/sessions/sign-in.ts';
import type { AskOptions, TenantClient } from '../client.ts';
import { TenantRefusal } from '../http/refusal.ts';
import { BUCKETS } from '../http/waiting.ts';
import type { TenantAnswer } from '../http/tenant-requests.ts';

type Asking = Omit<AskOptions, 'bucket'>;

const USER_EVENTS = ['interactiveUser', 'nonInteractiveUser'] as const;

export const eventsOf = (asked: AskedEvents): readonly SignInEvent[] =>
  asked === 'user' ? USER_EVENTS : [asked];

/** Kept so long where the tenant has a P1 or P2 licence; milliseconds. */
const RETENTION = 30 * 86_400_000;

/** The most that one page holds. */
const PAGE = 1000;

/** The start of what the log still holds; milliseconds. */
export const signInReach = (now: number): number => now - RETENTION;

export const signInsPath = (root: AuditRoot): string => `/${root}/auditLogs/signIns`;

/** v1.0 knows sign-ins by a person's own hand only, and has no word for the others. */
export const isOfferedBy = (root: AuditRoot, asked: AskedEvents): boolean =>
  root === 'beta' || eventsOf(asked).includes('interactiveUser');

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;

const eventClause = (asked: AskedEvents): string => {
  const kinds = eventsOf(asked).map((event) => `t eq ${quoted(event)}`);
  return `signInEventTypes/any(t: ${kinds.join(' or ')})`;
};

const APPLICATIONS = ['servicePrincipal', 'managedIdentity'] as const;

/**
 * What to ask for a user's name, or for an id, which may be a user's or an application's. Names are
 * stored in lower case, and compared with regard to it.
 */
export const signInFilters = (name: string): readonly SignInFilter[] => {
  const value = name.trim().toLowerCase();
  const isId = isGuid(value);
  const property = isId ? 'userId' : 'userPrincipalName';
  const ofUser: SignInFilter = { by: 'signIns', property, value, event: 'user' };
  const ofApplication = APPLICATIONS.map((event): SignInFilter => ({
    by: 'signIns',
    property: 'appId',
    value,
    event,
  }));
  return isId ? [ofUser, ...ofApplication] : [ofUser];
};

/** Seconds that so many requests take at the pace that is kept to. */
export const signInSeconds = (requests: number): number => {
  const { requests: most, per } = BUCKETS['sign-ins'].rate;
  return Math.round((requests / most) * (per / 1000));
};

/** Kinds of sign-ins that a page has. */
export const eventsIn = (body: Uint8Array): readonly SignInEvent[] => {
  const page = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return SIGN_IN_EVENTS.filter((event) => page.includes(JSON.stringify(event)));
};

/** Where the first page of a query is; both ends belong to it. */
export const firstSignIns = (
  root: AuditRoot,
  { property, value, event }: SignInFilter,
  { from, to }: TimeRange,
): string => {
  const clauses = [
    `${property} eq ${quoted(value)}`,
    `createdDateTime ge ${from}`,
    `createdDateTime le ${to}`,
    ...(root === 'beta' ? [eventClause(event)] : []),
  ];
  return `${signInsPath(root)}?$filter=${encodeURIComponent(clauses.join(' and '))}&$top=${PAGE}`;
};

/** `path`: of the first page, or a nextLink. */
export const askSignIns = (
  client: TenantClient,
  path: string,
  options: Asking,
): Promise<TenantAnswer> => client.get(path, { ...options, bucket: 'sign-ins' });

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
