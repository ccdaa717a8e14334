import type { Person, Stage } from '../stage.ts';
import type { Registration } from '../tenant-options.ts';
import { idToken } from './access-tokens.ts';
import type { AccessTokens } from './access-tokens.ts';
import { permissionsOf, readScopes } from './scopes.ts';
import type { AskedScopes } from './scopes.ts';
import { AuthenticationRefused } from './sign-in-error.ts';

export interface Grant {
  readonly registration: Registration;
  /** null: the application itself. */
  readonly person: Person | null;
  readonly scope: string;
  /** The `claims` parameter as sent. */
  readonly claims: string | null;
  readonly nonce: string | null;
}

interface Claims {
  readonly access_token?: {
    readonly nbf?: { readonly value?: string };
    readonly xms_cc?: { readonly values?: readonly string[] };
  };
}

const readClaims = (text: string | null): Claims => {
  try {
    return text === null ? {} : (JSON.parse(text) as Claims);
  } catch {
    throw new AuthenticationRefused(90014);
  }
};

const grantedNames = (asked: AskedScopes, { registration, person }: Grant): readonly string[] => {
  const consented = permissionsOf(
    asked.resource,
    person ? registration.delegated : registration.application,
  );
  if (asked.names.includes('.default')) return consented;
  // An application can ask for all it has, and for nothing else.
  if (!person) throw new AuthenticationRefused(70011);
  if (asked.names.some((name) => !consented.includes(name))) throw new AuthenticationRefused(65001);
  return asked.names;
};

/** The scopes come back as they were asked for, `.default` included (`tenant.md` 6.3). */
const scopeEcho = (asked: AskedScopes, names: readonly string[]): string => {
  const granted = names.map((name) => `${asked.prefix}/${name}`);
  return [...new Set([...granted, ...asked.asked])].join(' ');
};

export interface Refreshing {
  readonly person: Person;
  readonly clientId: string;
}

/** The answer of the token endpoint; SignInRefused where consent is missing. */
export const grantToken = (
  stage: Stage,
  tokens: AccessTokens,
  refreshTokens: Map<string, Refreshing>,
  grant: Grant,
): object => {
  const { registration, person, scope } = grant;
  const asked = readScopes(scope, stage.origins());
  const names = grantedNames(asked, grant);
  const claims = readClaims(grant.claims).access_token;
  const issuedAt = Math.floor(stage.clock.now() / 1000);
  const expiresAt = issuedAt + stage.settings.auth.expiresIn;
  const { expiresIn, refreshIn } = stage.settings.auth;
  const accessToken = tokens.issue({
    kind: person ? 'person' : 'application',
    person,
    clientId: registration.clientId,
    resource: asked.resource,
    permissions: new Set(names),
    issuedAt,
    expiresAt,
    canBeChallenged: claims?.xms_cc?.values?.includes('CP1') ?? false,
    answered: claims?.nbf?.value ?? null,
  });
  stage.secrets.add(accessToken);
  const answer = {
    token_type: 'Bearer',
    scope: scopeEcho(asked, names),
    expires_in: expiresIn,
    ext_expires_in: expiresIn,
    ...(refreshIn === null ? {} : { refresh_in: refreshIn }),
    access_token: accessToken,
  };
  if (!person) return answer;
  const refreshToken = `0.pretend-refresh-${refreshTokens.size}-${accessToken.slice(-40)}`;
  refreshTokens.set(refreshToken, { person, clientId: registration.clientId });
  const issuer = `${stage.origins().authority}/${stage.tenantId}/v2.0`;
  const times = { issuedAt, expiresAt };
  const identity = idToken(
    person,
    registration.clientId,
    stage.tenantId,
    issuer,
    times,
    grant.nonce,
  );
  for (const secret of [refreshToken, identity]) stage.secrets.add(secret);
  const info = { uid: person.objectId, utid: stage.tenantId };
  return {
    ...answer,
    ...(asked.offline ? { refresh_token: refreshToken } : {}),
    id_token: identity,
    client_info: Buffer.from(JSON.stringify(info)).toString('base64url'),
  };
};
