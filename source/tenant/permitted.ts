/** Which abilities will work, found out before any of them is needed. */
import {
  ABILITIES,
  type Ability,
  type AbilityName,
  type AccountKind,
  isOffered,
  OWN_MAILBOX,
  WHOLE_MAIL,
} from './abilities.ts';
import { createQuery } from './audit-search/search-query.ts';
import type { TenantClient } from './client.ts';
import { isoTime, type Clock } from './http/clock.ts';
import { TenantRefusal } from './http/refusal.ts';
import type { Wait } from './http/waiting.ts';
import { findSignInsRoot, signInsPath } from './sign-in-log/sign-in-log.ts';
import { Problem } from '../domain/problem.ts';

export interface AbilityReport {
  readonly ability: AbilityName;
  readonly title: string;
  /** untried: nothing speaks against it, but trying would leave traces or cost too much. */
  readonly works: 'yes' | 'no' | 'untried';
  /** Where it is asked, or null. */
  readonly endpoint: string | null;
  /** Why not, or what is worth knowing; null where nothing is. */
  readonly reason: string | null;
  /** What to do about it; null where nothing is to be done. */
  readonly advice: string | null;
}

export interface ProbeOptions {
  readonly client: TenantClient;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onWait: (wait: Wait) => void;
}

/** A sign-in must not hang on a busy tenant. Milliseconds. */
const LONGEST_WAIT = 20_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;

/** Of the query that shows whether one may be made; the tenant lists it for a month. */
const CHECK_NAME = 'mia | sign-in check';

const asking = ({ signal, onWait }: ProbeOptions) => ({
  signal,
  onWait,
  longestWait: LONGEST_WAIT,
  timeout: 30_000,
});

type ProbeResult = Pick<AbilityReport, 'works' | 'endpoint' | 'reason' | 'advice'>;

const yes = (endpoint: string, reason: string | null = null): ProbeResult => ({
  works: 'yes',
  endpoint,
  reason,
  advice: null,
});

/** The cheapest thing to ask of each that shows whether it answers; null: it is not tried. */
const PROBES: Readonly<
  Record<AbilityName, ((trying: ProbeOptions) => Promise<ProbeResult>) | null>
> = {
  auditSearch: async (trying) => {
    const { client, clock } = trying;
    const root = await client.auditRoot(asking(trying));
    const to = clock.now() - HOUR;
    const minute = { from: isoTime(to - MINUTE), to: isoTime(to) };
    const query = { filter: { by: 'operation' }, ...minute } as const;
    // Who may list queries may still not be let make one: the list takes no role.
    await createQuery(client, root, CHECK_NAME, query, asking(trying));
    return yes(
      `/${root}/security/auditLog/queries`,
      root === 'beta' ? 'v1.0 does not answer in this tenant; beta does' : null,
    );
  },
  messageTrace: async (trying) => {
    const now = trying.clock.now();
    const range = `receivedDateTime ge ${isoTime(now - HOUR)} and receivedDateTime le ${isoTime(now)}`;
    const path = '/v1.0/admin/exchange/tracing/messageTraces';
    await trying.client.get(`${path}?$filter=${encodeURIComponent(range)}&$top=1`, {
      ...asking(trying),
      bucket: 'traces',
    });
    return yes(path);
  },
  // Reading a mailbox leaves records in the very log that is looked into.
  mailbox: null,
  signInLog: async (trying) => {
    const root = await findSignInsRoot(trying.client, asking(trying), () => undefined);
    return yes(
      signInsPath(root),
      root === 'beta' ? null : 'under v1.0 only: interactive sign-ins alone, without session ids',
    );
  },
  managementActivity: async (trying) => {
    const path = `/api/v1.0/${trying.client.tenantId}/activity/feed/subscriptions/list`;
    await trying.client.get(path, {
      ...asking(trying),
      bucket: 'activity',
      service: 'management',
    });
    return yes(path, 'the last seven days only');
  },
};

const lacking = ({ permissions, also, title }: Ability, kind: AccountKind): ProbeResult => {
  const names = [permissions[kind][0] ?? '', ...also].join(' and ');
  const which = kind === 'user' ? 'delegated' : 'application';
  return {
    works: 'no',
    endpoint: null,
    reason: `the sign-in does not hold the permission for the ${title}`,
    advice: `An administrator adds the ${which} permission ${names} to the application and grants consent; then sign in again.`,
  };
};

/** Looking messages up takes less than saving them whole. */
const metadataOnly = ({ account, permissions }: TenantClient): string => {
  const whole = WHOLE_MAIL[account.kind];
  return permissions === null || whole.some((one) => permissions.includes(one))
    ? ''
    : `; metadata only: saving messages takes ${whole[0] ?? ''}`;
};

const untriedMailbox = (client: TenantClient): ProbeResult => ({
  works: 'untried',
  endpoint: '/v1.0/users/…/messages',
  reason:
    client.permissions === null
      ? 'the token does not say what it permits'
      : client.account.kind === 'user'
        ? `permitted where the account has access to the mailbox${metadataOnly(client)}; not tried, since reading leaves audit records`
        : `permitted, unless access is limited to some mailboxes${metadataOnly(client)}; not tried, since reading leaves audit records`,
  advice: null,
});

const ownMailboxOnly = ({ account, permissions }: TenantClient): boolean =>
  account.kind === 'user' && (permissions ?? []).some((one) => OWN_MAILBOX.includes(one));

const lackingResult = (ability: Ability, client: TenantClient): ProbeResult => {
  const result = lacking(ability, client.account.kind);
  return ability.name === 'mailbox' && ownMailboxOnly(client)
    ? { ...result, reason: "the sign-in may read the account's own mailbox only" }
    : result;
};

const failed = (error: Problem, ability: Ability, client: TenantClient): ProbeResult => {
  const passing =
    error instanceof TenantRefusal &&
    ['throttled', 'server', 'unreachable', 'uncertain'].includes(error.kind);
  const missing = ability.also.filter((one) => client.permissions?.includes(one) === false);
  return {
    works: passing ? 'untried' : 'no',
    endpoint: null,
    reason: error.message,
    advice:
      error.hint +
      (missing.length > 0 && !passing ? ` ${missing.join(' and ')} is not in the token.` : ''),
  };
};

const probeAbility = async (ability: Ability, trying: ProbeOptions): Promise<ProbeResult> => {
  const { client } = trying;
  if (!isOffered(client.cloud, ability.name))
    return {
      works: 'no',
      endpoint: null,
      reason: `Microsoft does not offer it in the cloud "${client.cloud.name}"`,
      advice: 'Import exported files instead.',
    };
  if (client.permitted(ability.name) === false) return lackingResult(ability, client);
  const probe = PROBES[ability.name];
  if (probe === null) return untriedMailbox(client);
  try {
    return await probe(trying);
  } catch (error) {
    if (error instanceof Problem) return failed(error, ability, client);
    throw error;
  }
};

/**
 * One report an ability, in the order of ABILITIES. The activity feed is tried only where audit search
 * does not work: it reaches back a week, and is nobody's first choice.
 */
export const findAbilities = async (trying: ProbeOptions): Promise<readonly AbilityReport[]> => {
  const reports: AbilityReport[] = [];
  for (const ability of ABILITIES) {
    const audit = reports.find((one) => one.ability === 'auditSearch');
    if (ability.name === 'managementActivity' && audit?.works === 'yes') continue;
    const { name, title } = ability;
    reports.push({ ability: name, title, ...(await probeAbility(ability, trying)) });
  }
  return reports;
};
