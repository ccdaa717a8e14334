import { createHmac } from 'node:crypto';
import type { Person } from '../stage.ts';
import type { Resource } from './scopes.ts';

/** Who asks, as the token says. */
export interface Caller {
  readonly kind: 'person' | 'application';
  /** null: an application. */
  readonly person: Person | null;
  readonly clientId: string;
  readonly resource: Resource;
  readonly permissions: ReadonlySet<string>;
  /** Seconds since 1970. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** The client can answer claims challenges (CP1). */
  readonly canBeChallenged: boolean;
  /** The challenge this token was asked for with. */
  readonly answered: string | null;
  readonly serial: number;
}

const encode = (data: object): string => Buffer.from(JSON.stringify(data)).toString('base64url');

export interface AccessTokens {
  readonly issue: (caller: Omit<Caller, 'serial'>) => string;
  /** null: not ours, or tampered with. Expiry is for the asker to see. */
  readonly read: (token: string) => Caller | null;
}

export const accessTokens = (key: string, tenantId: string): AccessTokens => {
  const issued = new Map<string, Caller>();
  const sign = (text: string): string => createHmac('sha256', key).update(text).digest('base64url');
  return {
    issue: (given) => {
      const caller: Caller = { ...given, serial: issued.size + 1 };
      const list = [...caller.permissions].sort();
      const payload = {
        aud:
          caller.resource === 'graph' ? 'https://graph.microsoft.com' : 'https://manage.office.com',
        iss: `https://sts.windows.net/${tenantId}/`,
        tid: tenantId,
        iat: caller.issuedAt,
        nbf: caller.issuedAt,
        exp: caller.expiresAt,
        appid: caller.clientId,
        idtyp: caller.kind === 'person' ? 'user' : 'app',
        ...(caller.person
          ? { oid: caller.person.objectId, upn: caller.person.upn, scp: list.join(' ') }
          : { oid: caller.clientId, roles: list }),
        ...(caller.canBeChallenged ? { xms_cc: ['CP1'] } : {}),
        uti: `u${caller.serial}`,
        ver: '1.0',
      };
      const text = `${encode({ typ: 'JWT', alg: 'HS256', kid: 'pretend' })}.${encode(payload)}`;
      const token = `${text}.${sign(text)}`;
      issued.set(token, caller);
      return token;
    },
    read: (token) => issued.get(token) ?? null,
  };
};

/** Unsigned, which MSAL accepts (`tenant.md` 6.3). */
export const idToken = (
  person: Person,
  clientId: string,
  tenantId: string,
  issuer: string,
  times: { readonly issuedAt: number; readonly expiresAt: number },
  nonce: string | null,
): string => {
  const payload = {
    aud: clientId,
    iss: issuer,
    iat: times.issuedAt,
    nbf: times.issuedAt,
    exp: times.expiresAt,
    name: person.name,
    oid: person.objectId,
    sub: person.objectId,
    preferred_username: person.upn,
    tid: tenantId,
    ver: '2.0',
    ...(nonce === null ? {} : { nonce }),
  };
  return `${encode({ typ: 'JWT', alg: 'none' })}.${encode(payload)}.`;
};
