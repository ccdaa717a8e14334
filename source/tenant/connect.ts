import type { AuditRoot } from '../domain/fetches/fetch-query.ts';
import { Problem } from '../domain/problem.ts';
import { isGuid } from '../domain/guid.ts';
import { ABILITIES } from './abilities.ts';
import {
  type Application,
  type AuthenticationSecrets,
  createApplication,
  type Granted,
  isPersonal,
} from './authenticate/application.ts';
import { AuthenticationProblem } from './authenticate/failure-words.ts';
import type { AuthenticationNotice } from './authenticate/authority-wire.ts';
import type { OpenBrowser } from './authenticate/open-browser.ts';
import type { OpenedMemory } from './authenticate/remembered.ts';
import type { AuthenticationSettings } from './authenticate/settings.ts';
import { tokenClaims } from './authenticate/token-claims.ts';
import { TokenStore } from './authenticate/token-store.ts';
import type { AskOptions, PostOptions, TenantClient } from './client.ts';
import { Buckets } from './http/bucket.ts';
import type { Clock } from './http/clock.ts';
import { TenantRefusal } from './http/refusal.ts';
import { type Sending, sendRequest } from './http/tenant-requests.ts';
import type { Transport } from './http/transport.ts';

/** Answers of a tenant where audit search is not under this root: a 404, or a 400 by its text alone. */
const isElsewhere = (refusal: TenantRefusal): boolean =>
  refusal.kind === 'not-found' ||
  (refusal.kind === 'request' &&
    /resource not found for the segment/i.test(refusal.serverMessage ?? ''));

/** Asks v1.0 first, then beta (`tenant.md` 1.1). Problem: neither has it. */
const findAuditRoot = async (
  get: TenantClient['get'],
  options: Omit<AskOptions, 'bucket'>,
): Promise<AuditRoot> => {
  for (const root of ['v1.0', 'beta'] as const)
    try {
      await get(`/${root}/security/auditLog/queries`, { ...options, bucket: 'audit-poll' });
      return root;
    } catch (error) {
      if (!(error instanceof TenantRefusal) || !isElsewhere(error)) throw error;
    }
  throw new Problem(
    'This tenant has no audit search, neither in v1.0 nor in beta.',
    'Export the audit log in the Purview portal and import the file.',
  );
};

export interface ConnectOptions {
  readonly settings: AuthenticationSettings;
  readonly secrets: AuthenticationSecrets;
  readonly transport: Transport;
  readonly clock: Clock;
  /** For as long as the client is used; aborting ends a sign-in and a renewal on its way. */
  readonly signal: AbortSignal;
  readonly onNotice: (notice: AuthenticationNotice) => void;
  /** null: no desktop. */
  readonly openBrowser: OpenBrowser | null;
  /** Tokens are kept there, and taken from there without asking; null: in memory only. */
  readonly memory: OpenedMemory | null;
  /** What was found out before about this tenant. */
  readonly auditRoot: AuditRoot | null;
  /** Called when it was found out. */
  readonly onAuditRoot: (root: AuditRoot) => void;
}

const TIMEOUT = 100_000;

/**
 * Bytes. A page of audit records has some MiB; whatever is parsed must fit into the heap of a thread
 * (TENANT_HEAP) more than once.
 */
const MOST = 64 * 2 ** 20;

/** Signed in from memory where that works, else with the person or the credential. */
const authenticated = async (
  application: Application,
  { settings, memory }: ConnectOptions,
  scope: string,
): Promise<Granted> => {
  if (memory !== null && isPersonal(settings))
    try {
      const granted = await application.silently(scope, { anew: false, claims: null });
      if (granted !== null) return granted;
    } catch (error) {
      // Remembered too long ago, or revoked: then as if nothing were remembered.
      if (!(error instanceof AuthenticationProblem) || error.kind !== 'again') throw error;
    }
  return application.authenticate(scope);
};

const checkTenant = ({ tenant }: AuthenticationSettings, tenantId: string | null): void => {
  if (tenantId === null || !isGuid(tenant) || tenantId.toLowerCase() === tenant) return;
  throw new AuthenticationProblem(
    `The account belongs to the tenant ${tenantId}, not to ${tenant}.`,
    'Sign in with an account of the tenant in question, or correct --tenant ($MIA_TENANT).',
    'wrong-tenant',
  );
};

/** `path` on `origin`, and nowhere else: nextLinks are followed as they are, but not to strangers. */
const addressOf = (path: string, origin: string): string => {
  if (path.startsWith('/') && !path.startsWith('//')) return origin + path;
  if (URL.canParse(path) && new URL(path).origin === origin) return path;
  const facts = { kind: 'elsewhere', status: null, codes: [], serverMessage: null } as const;
  throw new TenantRefusal(
    'The tenant names a next page on another host, where the sign-in must not be shown.',
    'Check the hosts of the cloud; nothing was sent there.',
    facts,
  );
};

interface Services {
  readonly graph: Sending;
  readonly management: Sending | null;
}

const asker = ({ graph, management }: Services) => {
  const serviceOf = (service: AskOptions['service']): Sending => {
    if (service !== 'management') return graph;
    if (management !== null) return management;
    throw new Problem(
      'This cloud has no Management Activity API that mia knows.',
      'Describe it in a cloud file ("management"), or import exported files.',
    );
  };
  return async (
    method: 'GET' | 'POST',
    path: string,
    body: object | null,
    { service, ...options }: PostOptions,
  ) => {
    const sending = serviceOf(service);
    return sendRequest(sending, {
      method,
      url: addressOf(path, sending.origin),
      body: body === null ? null : JSON.stringify(body),
      bucket: options.bucket,
      headers: options.headers ?? {},
      isReadable: options.isReadable ?? (() => true),
      repeatable: method === 'GET' || options.repeatable === true,
      timeout: options.timeout ?? TIMEOUT,
      most: options.most ?? MOST,
      longestWait: options.longestWait ?? Infinity,
      signal: options.signal,
      giveUpWaiting: options.giveUpWaiting ?? null,
      onWait: options.onWait ?? (() => undefined),
    });
  };
};

const permittedBy =
  (
    kind: 'user' | 'application',
    permissions: readonly string[] | null,
  ): TenantClient['permitted'] =>
  (name) => {
    const ability = ABILITIES.find((one) => one.name === name);
    // Whoever looks at Graph's token learns nothing about another service.
    if (permissions === null || ability === undefined || ability.service !== 'graph') return null;
    return ability.permissions[kind].some((one) => permissions.includes(one));
  };

const servicesOf = (
  { settings, transport, clock }: ConnectOptions,
  application: Application,
  granted: Granted,
): Services => {
  const { cloud } = settings;
  const buckets = new Buckets(clock);
  const account = isPersonal(settings) ? 'user' : 'application';
  const sendingTo = (origin: string): Sending & { readonly tokens: TokenStore } => {
    const tokens = new TokenStore(application, `${origin}/.default`, clock);
    return { origin, tokens, account, transport, buckets, clock };
  };
  const graph = sendingTo(cloud.graph);
  graph.tokens.hold(granted);
  return { graph, management: cloud.management === null ? null : sendingTo(cloud.management) };
};

/**
 * Signs in and gives the client for everything else.
 * @throws SignInProblem, Problem where something is missing, the signal's reason.
 */
export const connect = async (options: ConnectOptions): Promise<TenantClient> => {
  const { settings } = options;
  const application = await createApplication({
    ...options,
    cachePlugin: options.memory?.cachePlugin ?? null,
  });
  const granted = await authenticated(application, options, `${settings.cloud.graph}/.default`);
  const claims = tokenClaims(granted.token);
  const tenantId = claims.tenantId ?? (granted.tenantId === '' ? null : granted.tenantId);
  checkTenant(settings, tenantId);
  const kind = isPersonal(settings) ? 'user' : 'application';
  const permissions = claims.permissions === null ? null : [...claims.permissions].sort();
  const services = servicesOf(options, application, granted);
  const ask = asker(services);
  const get: TenantClient['get'] = (path, asked) => ask('GET', path, null, asked);
  let root = options.auditRoot;
  return {
    cloud: settings.cloud,
    tenantId: tenantId ?? settings.tenant,
    clientId: settings.clientId,
    account: {
      kind,
      name: kind === 'user' ? (claims.user ?? granted.user ?? 'unknown') : settings.clientId,
    },
    permissions,
    permitted: permittedBy(kind, permissions),
    get,
    post: (path, body, asked) => ask('POST', path, body, asked),
    remember: (bucket, sentAt) => services.graph.buckets.of(bucket).past(sentAt),
    async auditRoot(asked) {
      if (root !== null) return root;
      root = await findAuditRoot(get, asked);
      options.onAuditRoot(root);
      return root;
    },
  };
};
