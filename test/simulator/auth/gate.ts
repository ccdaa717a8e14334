import { graphError, lineOf } from '../http/exchange.ts';
import type { TenantAnswer, TenantRequest } from '../http/exchange.ts';
import type { Stage } from '../stage.ts';
import type { AccessTokens, Caller } from './access-tokens.ts';
import type { Resource } from './scopes.ts';

/** Lets in who has a token for this host that still counts; else the 401 that says why not. */
export interface Gate {
  readonly admit: (request: TenantRequest, resource: Resource) => Caller | TenantAnswer;
}

const unauthorized = (message: string, challenge: string): TenantAnswer =>
  graphError(401, 'InvalidAuthenticationToken', message, { 'WWW-Authenticate': challenge });

export const gateOf = (stage: Stage, tokens: AccessTokens): Gate => {
  /** Tokens up to this serial are no longer taken. */
  let rejectedUpTo = 0;
  let challenge: { readonly value: string; readonly upTo: number } | null = null;
  let challenges = 0;
  const realm = (): string =>
    `Bearer realm="", authorization_uri="${stage.origins().authority}/common/oauth2/authorize"`;

  const challengeText = (value: string, clientId: string): string => {
    const claims = { access_token: { nbf: { essential: true, value } } };
    const encoded = Buffer.from(JSON.stringify(claims)).toString('base64');
    return `${realm()}, client_id="${clientId}", error="insufficient_claims", claims="${encoded}"`;
  };

  const challenged = (request: TenantRequest, caller: Caller): TenantAnswer | null => {
    if (stage.faults.strikes('claims-challenge', lineOf(request))) {
      challenges += 1;
      const value = String(Math.floor(stage.clock.now() / 1000) + challenges);
      challenge = { value, upTo: caller.serial };
    }
    if (!challenge) return null;
    // Whoever cannot answer challenges is told no more than that the token is no good.
    const met = caller.canBeChallenged
      ? caller.answered === challenge.value
      : caller.serial > challenge.upTo;
    if (met) return null;
    const message =
      'Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp';
    return unauthorized(
      message,
      caller.canBeChallenged ? challengeText(challenge.value, caller.clientId) : realm(),
    );
  };

  return {
    admit: (request, resource) => {
      const token = /^Bearer (\S+)$/u.exec(request.headers['authorization'] ?? '')?.[1];
      if (token === undefined) return unauthorized('Access token is empty.', realm());
      const caller = tokens.read(token);
      if (!caller)
        return unauthorized('CompactToken parsing failed with error code: 80049217', realm());
      if (caller.resource !== resource)
        return unauthorized('Access token validation failure. Invalid audience.', realm());
      if (caller.expiresAt * 1000 <= stage.clock.now())
        return unauthorized('Lifetime validation failed, the token is expired.', realm());
      if (stage.faults.strikes('token-rejected', lineOf(request))) rejectedUpTo = caller.serial;
      if (caller.serial <= rejectedUpTo)
        return unauthorized('Lifetime validation failed, the token is expired.', realm());
      return challenged(request, caller) ?? caller;
    },
  };
};

export const isCaller = (admitted: Caller | TenantAnswer): admitted is Caller =>
  'permissions' in admitted;
