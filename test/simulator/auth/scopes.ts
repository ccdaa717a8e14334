import type { Origins } from '../stage.ts';
import { AuthenticationRefused } from './sign-in-error.ts';

export type Resource = 'graph' | 'management';

export interface AskedScopes {
  readonly resource: Resource;
  /** What the token is for, as the client spells it. */
  readonly prefix: string;
  /** Names of permissions; `.default` for all that was consented to. */
  readonly names: readonly string[];
  readonly asked: readonly string[];
  readonly offline: boolean;
}

const OPENID = new Set(['openid', 'profile', 'offline_access', 'email']);

const REAL = {
  graph: 'https://graph.microsoft.com',
  management: 'https://manage.office.com',
} as const;

/** MSAL refuses plain http, so a client may name our hosts with https (`tenant.md` 6.2). */
const sameHost = (prefix: string, origin: string): boolean =>
  prefix.replace(/^https?:/u, '') === origin.replace(/^https?:/u, '');

/** Scopes without a host are Graph's. */
export const readScopes = (text: string, origins: Origins): AskedScopes => {
  const asked = text.split(/\s+/u).filter((scope) => scope !== '');
  const names: string[] = [];
  const prefixes = new Set<string>();
  for (const scope of asked) {
    if (OPENID.has(scope)) continue;
    const slash = scope.lastIndexOf('/');
    // The management API's own scope is spelled with two slashes by some: https://host//.default
    prefixes.add(slash < 0 ? REAL.graph : scope.slice(0, slash).replace(/\/$/u, ''));
    names.push(scope.slice(slash + 1));
  }
  if (prefixes.size > 1) throw new AuthenticationRefused(28000);
  const prefix = [...prefixes][0] ?? REAL.graph;
  const resource = (['graph', 'management'] as const).find(
    (one) => prefix === REAL[one] || sameHost(prefix, origins[one]),
  );
  if (!resource) throw new AuthenticationRefused(70011);
  return { resource, prefix, names, asked, offline: asked.includes('offline_access') };
};

const OF_MANAGEMENT = new Set(['ActivityFeed.Read']);

/** Of these permissions, those of the resource. */
export const permissionsOf = (resource: Resource, permissions: readonly string[]) =>
  permissions.filter((name) => OF_MANAGEMENT.has(name) === (resource === 'management'));
