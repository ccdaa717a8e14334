/** What a sign-in needs to know, from flags, the environment and case.json, in this order. */
import { isObject, type JsonObject } from '../../domain/json.ts';
import { Problem } from '../../domain/problem.ts';
import { isGuid, isTenantName } from '../../domain/guid.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import { type Cloud, cloudNamed, cloudOf } from '../clouds.ts';
import type { Variables } from '../http/proxy.ts';

export const AUTHENTICATION_METHODS = [
  'device-code',
  'browser',
  'client-secret',
  'client-certificate',
] as const;
export type AuthenticationMethod = (typeof AUTHENTICATION_METHODS)[number];

/** Nothing of this is secret. */
export interface AuthenticationSettings {
  readonly cloud: Cloud;
  /** Its id or one of its domains, in lower case. */
  readonly tenant: string;
  readonly clientId: string;
  readonly method: AuthenticationMethod;
}

/** As typed on the command line; null where not given. */
export interface AuthenticationFlags {
  readonly cloud: string | null;
  readonly tenant: string | null;
  readonly clientId: string | null;
  readonly method: string | null;
}

export const NO_AUTHENTICATION_FLAGS: AuthenticationFlags = {
  cloud: null,
  tenant: null,
  clientId: null,
  method: null,
};

/** What case.json says of it: `settings.tenant`. */
const ofCase = (settings: JsonObject | null, key: string): string | null => {
  const tenant = settings?.['tenant'];
  const value = isObject(tenant) ? tenant[key] : undefined;
  return typeof value === 'string' && value !== '' ? value : null;
};

const isMethod = (text: string): text is AuthenticationMethod =>
  (AUTHENTICATION_METHODS as readonly string[]).includes(text);

/** Whoever sets a secret wants it used. */
const methodOfSecrets = (variables: Variables): AuthenticationMethod | null => {
  if (variables['MIA_CERTIFICATE']) return 'client-certificate';
  return variables['MIA_CLIENT_SECRET'] ? 'client-secret' : null;
};

const checkedMethod = (stated: string): AuthenticationMethod => {
  if (isMethod(stated)) return stated;
  throw new Problem(
    `"${forTerminal(stated)}" is no way to sign in.`,
    `Use one of ${AUTHENTICATION_METHODS.join(', ')}.`,
  );
};

/**
 * A case brings no hosts: whoever hands one over could point the sign-in at a host of his own. Of a
 * cloud from a file it has the name only, and the file must be given again.
 */
const cloudChoice = (named: string | null, ofThisCase: string | null): Cloud => {
  if (named !== null) return cloudOf(named);
  const cloud = cloudNamed(ofThisCase ?? 'global');
  if (cloud !== undefined) return cloud;
  throw new Problem(
    `This case belongs to the cloud "${forTerminal(ofThisCase ?? '')}", which is described by a file.`,
    'Give that file: --cloud FILE, or $MIA_CLOUD.',
  );
};

const checkedTenant = (tenant: string | null): string => {
  if (tenant === null)
    throw new Problem(
      'Which tenant? None was given.',
      'Give its id or domain: --tenant contoso.onmicrosoft.com, or $MIA_TENANT.',
    );
  if (isTenantName(tenant)) return tenant.toLowerCase();
  throw new Problem(
    `"${forTerminal(tenant)}" is neither a tenant id nor a domain.`,
    'Name the one tenant in question; common and organizations are none.',
  );
};

const checkedClientId = (clientId: string | null): string => {
  if (clientId === null)
    throw new Problem(
      'Which application? None was given.',
      'Give the client id of your app registration: --client-id ID, or $MIA_CLIENT_ID. The README says how to register one.',
    );
  if (isGuid(clientId)) return clientId.toLowerCase();
  throw new Problem(
    `"${forTerminal(clientId)}" is no client id.`,
    'It is the "Application (client) ID" of the app registration: 8-4-4-4-12 hexadecimal digits.',
  );
};

/** What is said already, unchecked; null: nobody said. `settings`: of case.json; null without a case. */
export const statedAuthentication = (
  flags: AuthenticationFlags,
  variables: Variables,
  settings: JsonObject | null,
): Omit<AuthenticationFlags, 'cloud'> => {
  const stated = (flag: string | null, name: string, key: string): string | null =>
    flag ?? (variables[name] || ofCase(settings, key));
  return {
    tenant: stated(flags.tenant, 'MIA_TENANT', 'tenant'),
    clientId: stated(flags.clientId, 'MIA_CLIENT_ID', 'clientId'),
    method: stated(flags.method, 'MIA_METHOD', 'method') ?? methodOfSecrets(variables),
  };
};

/** `settings`: of case.json; null without a case. Problem: something is missing or wrong. */
export const authenticationSettings = (
  flags: AuthenticationFlags,
  variables: Variables,
  settings: JsonObject | null,
): AuthenticationSettings => {
  const { tenant, clientId, method } = statedAuthentication(flags, variables, settings);
  return {
    cloud: cloudChoice(flags.cloud ?? (variables['MIA_CLOUD'] || null), ofCase(settings, 'cloud')),
    tenant: checkedTenant(tenant),
    clientId: checkedClientId(clientId),
    method: checkedMethod(method ?? 'device-code'),
  };
};

/** What case.json keeps of a sign-in, under `settings.tenant`. */
export const settingsForCase = ({
  cloud,
  tenant,
  clientId,
  method,
}: AuthenticationSettings): JsonObject => ({
  cloud: cloud.name,
  tenant,
  clientId,
  method,
});
