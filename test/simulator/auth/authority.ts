import { createHash } from 'node:crypto';
import { hashOf, seededRandom } from '../../../scripts/generator/random.ts';
import { json, lineOf } from '../http/exchange.ts';
import type { TenantAnswer, TenantRequest } from '../http/exchange.ts';
import type { Person, Stage } from '../stage.ts';
import type { Registration } from '../tenant-options.ts';
import type { AccessTokens } from './access-tokens.ts';
import { authorizeEndpoint } from './authorize.ts';
import { checkClientProof } from './client-proof.ts';
import { deviceCodes } from './device-codes.ts';
import type { DeviceCodes } from './device-codes.ts';
import { grantToken } from './grants.ts';
import type { Refreshing } from './grants.ts';
import { AuthenticationRefused, signInError } from './sign-in-error.ts';

const DEVICE_CODE_SECONDS = 900;
const DEVICE_CODE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

export interface Authority {
  readonly answer: (request: TenantRequest) => TenantAnswer;
  readonly deviceCodes: DeviceCodes;
  /** Who is signed in in the browser that opens /authorize; the analyst at first. */
  readonly inBrowser: (person: Person) => void;
}

/** The sign-in host. */
export const authorityOf = (stage: Stage, tokens: AccessTokens): Authority => {
  const random = seededRandom(hashOf(stage.seed, 71));
  const codes = deviceCodes(random);
  const refreshTokens = new Map<string, Refreshing>();
  const browser = authorizeEndpoint(stage, random);

  const registrationOf = (clientId: string | null | undefined): Registration => {
    const found = stage.registrations.find((one) => one.clientId === clientId?.toLowerCase());
    if (!found) throw new AuthenticationRefused(700016);
    return found;
  };

  const startDeviceCode = (form: URLSearchParams): TenantAnswer => {
    const { clientId } = registrationOf(form.get('client_id'));
    const expiresAt = stage.clock.now() + DEVICE_CODE_SECONDS * 1000;
    const { deviceCode, userCode } = codes.start(clientId, form.get('scope') ?? '', expiresAt);
    for (const secret of [deviceCode, userCode]) stage.secrets.add(secret);
    const uri = `${stage.origins().authority}/devicelogin`;
    return json({
      user_code: userCode,
      device_code: deviceCode,
      verification_uri: uri,
      expires_in: DEVICE_CODE_SECONDS,
      interval: stage.settings.auth.interval,
      message: `To sign in, use a web browser to open the page ${uri} and enter the code ${userCode} to authenticate.`,
    });
  };

  const personOf = (form: URLSearchParams, clientId: string, line: string) => {
    switch (form.get('grant_type')) {
      case 'device_code':
      case DEVICE_CODE_GRANT: {
        if (stage.faults.strikes('sign-in-declined', line)) throw new AuthenticationRefused(70018);
        if (stage.faults.strikes('sign-in-expired', line)) throw new AuthenticationRefused(70020);
        const { approveAtPoll } = stage.settings.auth;
        const approved = (polls: number): Person | null =>
          approveAtPoll !== null && polls >= approveAtPoll ? stage.analyst : null;
        const code = form.get('device_code') ?? '';
        const given = codes.poll(code, clientId, stage.clock.now(), approved);
        return { person: given.person, scope: form.get('scope') ?? given.scope, nonce: null };
      }
      case 'refresh_token': {
        const known = refreshTokens.get(form.get('refresh_token') ?? '');
        if (known?.clientId !== clientId) throw new AuthenticationRefused(70000);
        if (stage.faults.strikes('password-changed', line)) throw new AuthenticationRefused(50173);
        return { person: known.person, scope: form.get('scope') ?? '', nonce: null };
      }
      case 'authorization_code': {
        const code = browser.redeem(form.get('code') ?? '');
        if (code?.clientId !== clientId || code.redirectUri !== form.get('redirect_uri'))
          throw new AuthenticationRefused(70000);
        const verifier = createHash('sha256').update(form.get('code_verifier') ?? '');
        if (code.challenge !== null && verifier.digest('base64url') !== code.challenge)
          throw new AuthenticationRefused(501481);
        return { ...code, scope: form.get('scope') ?? code.scope };
      }
      default:
        throw new AuthenticationRefused(70003);
    }
  };

  const giveToken = (request: TenantRequest, form: URLSearchParams): TenantAnswer => {
    const line = lineOf(request);
    const registration = registrationOf(form.get('client_id'));
    const forApplication = form.get('grant_type') === 'client_credentials';
    const proves = forApplication || form.has('client_secret') || form.has('client_assertion');
    const path = `/${request.path.join('/')}`;
    if (proves) checkClientProof(registration, form, path, Date.now());
    const who = forApplication
      ? { person: null, scope: form.get('scope') ?? '', nonce: null }
      : personOf(form, registration.clientId, line);
    if (stage.faults.strikes('consent-missing', line)) throw new AuthenticationRefused(65001);
    if (stage.faults.strikes('conditional-access', line)) throw new AuthenticationRefused(53003);
    const grant = { ...who, registration, claims: form.get('claims') };
    return json(grantToken(stage, tokens, refreshTokens, grant));
  };

  const discovery = (tenant: string): TenantAnswer => {
    const { authority } = stage.origins();
    const root = `${authority}/${tenant}`;
    return json({
      token_endpoint: `${root}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
      jwks_uri: `${root}/discovery/v2.0/keys`,
      response_modes_supported: ['query', 'fragment', 'form_post'],
      response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      issuer: `${authority}/${stage.tenantId}/v2.0`,
      authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
      device_authorization_endpoint: `${root}/oauth2/v2.0/devicecode`,
      end_session_endpoint: `${root}/oauth2/v2.0/logout`,
      tenant_region_scope: 'EU',
    });
  };

  const withoutApplication = new Set(['common', 'organizations']);

  const route = (request: TenantRequest): TenantAnswer => {
    const [tenant = '', ...rest] = request.path;
    const known = [stage.tenantId, stage.domain, 'common', 'organizations'];
    if (!known.includes(tenant.toLowerCase())) throw new AuthenticationRefused(90002);
    const line = `${request.method} ${rest.join('/')}`;
    const form = new URLSearchParams(request.body);
    const lacksTenant = withoutApplication.has(tenant.toLowerCase());
    switch (line) {
      case 'GET v2.0/.well-known/openid-configuration':
      case 'GET .well-known/openid-configuration':
        return discovery(tenant);
      case 'GET discovery/v2.0/keys':
        return json({ keys: [] });
      case 'POST oauth2/v2.0/devicecode':
        return startDeviceCode(form);
      case 'GET oauth2/v2.0/authorize':
        registrationOf(request.query.get('client_id'));
        return browser.authorize(request);
      case 'POST oauth2/v2.0/token':
        if (stage.faults.strikes('token-503', lineOf(request)))
          return { status: 503, body: 'Service Unavailable' };
        if (stage.faults.strikes('transient-90033', lineOf(request)))
          throw new AuthenticationRefused(90033);
        if (lacksTenant && form.get('grant_type') === 'client_credentials')
          throw new AuthenticationRefused(90002);
        return giveToken(request, form);
      default:
        return { status: 404, body: 'Not found' };
    }
  };

  return {
    deviceCodes: codes,
    inBrowser: browser.inBrowser,
    answer: (request) => {
      try {
        return route(request);
      } catch (error) {
        if (error instanceof AuthenticationRefused) return signInError(error, stage.clock.now());
        throw error;
      }
    },
  };
};
