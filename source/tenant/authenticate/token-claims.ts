import { isObject, type JsonObject } from '../../domain/json.ts';

/** What an access token says of itself. A token need not be readable; then all is unknown. */
export interface TokenClaims {
  readonly tenantId: string | null;
  /** The user's name, or null. */
  readonly user: string | null;
  /** Names of the application, where it is one. */
  readonly application: string | null;
  /** Scopes and roles; null where the token does not say. */
  readonly permissions: readonly string[] | null;
}

const UNKNOWN: TokenClaims = { tenantId: null, user: null, application: null, permissions: null };

const payloadOf = (token: string): JsonObject | null => {
  const [, payload] = token.split('.');
  if (payload === undefined) return null;
  try {
    const data: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return isObject(data) ? data : null;
  } catch {
    return null;
  }
};

const textOf = (data: JsonObject, ...names: readonly string[]): string | null => {
  const found = names.map((name) => data[name]).find((value) => typeof value === 'string');
  return typeof found === 'string' && found !== '' ? found : null;
};

/** Reads the middle part of a token; its signature is for the service it is meant for. */
export const tokenClaims = (token: string): TokenClaims => {
  const data = payloadOf(token);
  if (data === null) return UNKNOWN;
  const { scp, roles } = data;
  const scopes = typeof scp === 'string' ? scp.split(' ').filter((one) => one !== '') : null;
  const granted = Array.isArray(roles)
    ? roles.filter((one): one is string => typeof one === 'string')
    : null;
  return {
    tenantId: textOf(data, 'tid'),
    user: textOf(data, 'upn', 'preferred_username', 'unique_name'),
    application: textOf(data, 'app_displayname'),
    permissions:
      scopes === null && granted === null ? null : [...(scopes ?? []), ...(granted ?? [])],
  };
};
