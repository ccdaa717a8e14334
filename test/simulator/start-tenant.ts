import { randomUUID } from 'node:crypto';
import { hashOf, seededRandom } from '../../scripts/generator/random.ts';
import { accessTokens } from './auth/access-tokens.ts';
import { authorityOf } from './auth/authority.ts';
import type { Authority } from './auth/authority.ts';
import { gateOf } from './auth/gate.ts';
import { faultsFrom } from './faults.ts';
import type { Faults } from './faults.ts';
import { faultOnTheWay, generalFault } from './general-faults.ts';
import { graphHost } from './graph-host.ts';
import type { TenantAnswer, TenantRequest } from './http/exchange.ts';
import { listenAs } from './http/server.ts';
import type { Listening } from './http/server.ts';
import type { HostRole, RequestLog } from './request-log.ts';
import { requestLog } from './request-log.ts';
import { servicesOf } from './services.ts';
import type { Services } from './services.ts';
import type { Origins, Person, Stage } from './stage.ts';
import { tenantCase } from './tenant-case.ts';
import type { TenantCase } from './tenant-case.ts';
import { fullRegistration, settingsOf } from './tenant-options.ts';
import type { TenantOptions } from './tenant-options.ts';
import { isoSeconds, virtualClock } from './virtual-clock.ts';
import type { VirtualClock } from './virtual-clock.ts';

/** A tenant that runs. */
export interface Tenant {
  /** As a cloud file holds it. */
  readonly cloud: { readonly name: string } & Origins;
  readonly tenantId: string;
  readonly domain: string;
  readonly clock: VirtualClock;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly content: TenantCase;
  readonly truth: TenantCase['truth'];
  /** Who signs in when nobody else is named. */
  readonly analyst: Person;
  /** Owners of mailboxes, and the analyst. */
  readonly people: readonly Person[];
  readonly authority: Authority;
  readonly services: Services;
  /** All tokens and codes handed out so far, and the secrets of applications. */
  readonly secrets: () => readonly string[];
  /** A token as if somebody had signed in, for tests that ask without a client. */
  readonly tokenFor: (permissions: readonly string[], options?: TokenOptions) => string;
  readonly stop: () => Promise<void>;
}

export interface TokenOptions {
  /** Default: the application itself. */
  readonly person?: Person;
  readonly resource?: 'graph' | 'management';
  readonly canBeChallenged?: boolean;
}

const lastMoment = (content: TenantCase): number =>
  (content.plan.start + content.plan.days * 86_400 + 6 * 3600) * 1000;

const stageOf = (options: TenantOptions, origins: () => Origins): Stage => {
  const seed = options.seed ?? 1;
  // Before the case is made, which takes seconds: at speed 1 the tenant's clock is not to lag.
  const began = Date.now();
  const content = tenantCase(options);
  const { company } = content.plan;
  const start = options.now === undefined ? lastMoment(content) : Date.parse(options.now);
  const named = options.analyst ?? { upn: `responder@${company.domain}`, name: 'Rosa Responder' };
  const analyst = { ...named, objectId: seededRandom(hashOf(seed, 70)).guid() };
  return {
    seed,
    settings: settingsOf(options),
    clock: virtualClock(start, options.speed ?? 0, began),
    faults: faultsFrom(hashOf(seed, 72)),
    content,
    tenantId: company.tenantId,
    domain: company.domain,
    registrations: options.registrations ?? [fullRegistration()],
    analyst,
    people: [analyst, ...company.mailboxes],
    origins,
    secrets: new Set(),
  };
};

/** Errors name their request, as Graph's do (`tenant.md` 7). */
const withInnerError = (answer: TenantAnswer, ids: Record<string, string>, date: string) => {
  const { body } = answer;
  if (typeof body !== 'object' || !('error' in body) || typeof body.error !== 'object') return body;
  return { error: { ...body.error, innerError: { date, ...ids } } };
};

const dressed = (
  request: TenantRequest,
  answer: TenantAnswer,
  now: number,
  tellsTime: boolean,
): TenantAnswer => {
  const requestId = randomUUID();
  const own = request.headers['client-request-id'];
  const ids = {
    'request-id': requestId,
    ...(own === undefined ? {} : { 'client-request-id': own }),
  };
  const body = withInnerError(answer, ids, isoSeconds(now).slice(0, 19));
  return {
    ...answer,
    ...(body === undefined ? {} : { body }),
    headers: {
      ...(tellsTime ? { Date: new Date(now).toUTCString() } : {}),
      ...ids,
      'x-ms-ags-diagnostic':
        '{"ServerInfo":{"DataCenter":"West Europe","Slice":"E","Ring":"5","ScaleUnit":"002"}}',
      ...answer.headers,
    },
  };
};

/** Starts a tenant on three ports of loopback: sign-in, Graph and the Management Activity API. */
export const startTenant = async (options: TenantOptions = {}): Promise<Tenant> => {
  const origins = { authority: '', graph: '', management: '' };
  const stage = stageOf(options, () => origins);
  const log = requestLog();
  const tokens = accessTokens(seededRandom(hashOf(stage.seed, 73)).hex(64), stage.tenantId);
  const authority = authorityOf(stage, tokens);
  const gate = gateOf(stage, tokens);
  const note = (request: TenantRequest) =>
    log.add({ ...request, at: isoSeconds(stage.clock.now()), status: null });
  const services = servicesOf(stage, gate, note);
  const hosts: Record<HostRole, (request: TenantRequest) => TenantAnswer | Promise<TenantAnswer>> =
    {
      authority: authority.answer,
      graph: graphHost(gate, services.dispatch),
      management: services.management,
    };

  const answer = async (request: TenantRequest): Promise<TenantAnswer> => {
    const logged = note(request);
    const isAuthority = request.host === 'authority';
    const early = isAuthority ? null : generalFault(stage, request);
    const made = early ?? (await hosts[request.host](request));
    const late = isAuthority || early ? made : faultOnTheWay(stage, request, made);
    logged.status = late.cut === undefined ? late.status : null;
    return dressed(request, late, stage.clock.now(), options.tellsTime ?? true);
  };

  const first = options.port ?? 0;
  const roles = ['authority', 'graph', 'management'] as const;
  const listening: Listening[] = [];
  for (const [index, role] of roles.entries()) {
    const one = await listenAs(role, first === 0 ? 0 : first + index, answer);
    origins[role] = one.origin;
    listening.push(one);
  }

  return {
    cloud: { name: 'pretend', ...origins },
    tenantId: stage.tenantId,
    domain: stage.domain,
    clock: stage.clock,
    faults: stage.faults,
    log,
    content: stage.content,
    get truth() {
      return stage.content.truth;
    },
    analyst: stage.analyst,
    people: stage.people,
    authority,
    services,
    secrets: () => [...stage.secrets, ...stage.registrations.flatMap(({ secrets }) => secrets)],
    tokenFor: (permissions, { person, resource = 'graph', canBeChallenged = false } = {}) => {
      const issuedAt = Math.floor(stage.clock.now() / 1000);
      return tokens.issue({
        kind: person ? 'person' : 'application',
        person: person ?? null,
        clientId: stage.registrations[0]?.clientId ?? '',
        resource,
        permissions: new Set(permissions),
        issuedAt,
        expiresAt: issuedAt + stage.settings.auth.expiresIn,
        canBeChallenged,
        answered: null,
      });
    },
    stop: async () => {
      await Promise.all(listening.map((one) => one.stop()));
    },
  };
};
