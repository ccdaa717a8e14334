import assert from 'node:assert/strict';
import { constants, createHash, createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { read } from '../ask-tenant.ts';
import type { Answered } from '../ask-tenant.ts';
import { startTenant } from '../start-tenant.ts';
import type { Tenant } from '../start-tenant.ts';
import { CLIENT_ID, CLIENT_SECRET, fullRegistration } from '../tenant-options.ts';
import type { TenantOptions } from '../tenant-options.ts';
import { browse } from './browser.ts';

interface SigningIn {
  readonly tenant: Tenant;
  readonly post: (path: string, form: Record<string, string>, at?: string) => Promise<Answered>;
  /** A device code for these scopes. */
  readonly deviceCode: (scope: string) => Promise<string>;
  readonly poll: (deviceCode: string, more?: Record<string, string>) => Promise<Answered>;
}

const signingIn = async (t: TestContext, options: TenantOptions = {}): Promise<SigningIn> => {
  const tenant = await startTenant(options);
  t.after(() => tenant.stop());
  const post = async (path: string, form: Record<string, string>, at = tenant.tenantId) => {
    const url = `${tenant.cloud.authority}/${at}/oauth2/v2.0/${path}`;
    return read(await fetch(url, { method: 'POST', body: new URLSearchParams(form) }));
  };
  return {
    tenant,
    post,
    deviceCode: async (scope) => {
      const { status, body } = await post('devicecode', { client_id: CLIENT_ID, scope });
      assert.equal(status, 200);
      return String(body['device_code']);
    },
    poll: (code, more = {}) =>
      post('token', {
        grant_type: 'device_code',
        client_id: CLIENT_ID,
        device_code: code,
        ...more,
      }),
  };
};

const payloadOf = (token: unknown): Record<string, unknown> =>
  JSON.parse(Buffer.from(String(token).split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >;

const refusedWith = ({ body }: Answered, error: string, number: number): void => {
  assert.equal(body['error'], error);
  assert.deepEqual(body['error_codes'], [number]);
  assert.match(String(body['error_description']), new RegExp(`^AADSTS${number}: `, 'u'));
};

const SCOPES = 'https://graph.microsoft.com/AuditLogsQuery.Read.All openid profile offline_access';

test('a device code: pending, then a token for what was asked, in the name of the analyst', async (t) => {
  const { tenant, post, poll } = await signingIn(t);
  const { body } = await post('devicecode', { client_id: CLIENT_ID, scope: SCOPES });
  assert.match(String(body['message']), new RegExp(String(body['user_code']), 'u'));
  assert.equal(body['interval'], 5);
  const code = String(body['device_code']);
  refusedWith(await poll(code), 'authorization_pending', 70016);
  const { status, body: token } = await poll(code);
  assert.equal(status, 200);
  assert.equal(token['token_type'], 'Bearer');
  assert.deepEqual(new Set(String(token['scope']).split(' ')), new Set(SCOPES.split(' ')));
  const access = payloadOf(token['access_token']);
  assert.equal(access['scp'], 'AuditLogsQuery.Read.All');
  assert.equal(access['upn'], tenant.analyst.upn);
  const identity = payloadOf(token['id_token']);
  assert.equal(identity['preferred_username'], tenant.analyst.upn);
  assert.equal(identity['tid'], tenant.tenantId);
  const info = JSON.parse(Buffer.from(String(token['client_info']), 'base64url').toString()) as {
    uid: string;
  };
  assert.equal(info.uid, tenant.analyst.objectId);
  const secrets = tenant.secrets();
  for (const name of ['access_token', 'refresh_token', 'id_token'])
    assert.ok(secrets.includes(String(token[name])), name);
  assert.ok(secrets.includes(code));
  assert.equal((await poll(code)).status, 400, 'a code counts once');
});

test('a device code that a person answers, declines or lets pass', async (t) => {
  const { tenant, deviceCode, poll } = await signingIn(t, { auth: { approveAtPoll: null } });
  const [owner] = tenant.content.plan.company.mailboxes;
  const approved = await deviceCode(SCOPES);
  refusedWith(await poll(approved), 'authorization_pending', 70016);
  tenant.authority.deviceCodes.approve(owner!);
  assert.equal(payloadOf((await poll(approved)).body['access_token'])['upn'], owner!.upn);
  const declined = await deviceCode(SCOPES);
  tenant.authority.deviceCodes.decline(tenant.authority.deviceCodes.pending()[0]);
  refusedWith(await poll(declined), 'authorization_declined', 70018);
  const late = await deviceCode(SCOPES);
  tenant.clock.advance(900_000);
  refusedWith(await poll(late), 'expired_token', 70020);
  refusedWith(await poll('made-up'), 'invalid_grant', 70000);
});

test('errors by name while a token is asked for; the passing ones pass', async (t) => {
  const { tenant, deviceCode, poll } = await signingIn(t, { auth: { approveAtPoll: 0 } });
  const code = await deviceCode(SCOPES);
  tenant.faults.inject('token-503');
  const bare = await poll(code);
  assert.equal(bare.status, 503);
  assert.equal(bare.body, undefined);
  tenant.faults.inject('transient-90033');
  const transient = await poll(code);
  assert.equal(transient.status, 503);
  refusedWith(transient, 'temporarily_unavailable', 90033);
  assert.equal((await poll(code)).status, 200);
  const ends = [
    ['sign-in-declined', 'authorization_declined', 70018],
    ['sign-in-expired', 'expired_token', 70020],
    ['consent-missing', 'invalid_grant', 65001],
    ['conditional-access', 'invalid_grant', 53003],
  ] as const;
  for (const [fault, error, number] of ends) {
    const next = await deviceCode(SCOPES);
    tenant.faults.inject(fault);
    refusedWith(await poll(next), error, number);
  }
});

test('a refresh token goes on, with narrower scopes and claims, until the password changes', async (t) => {
  const { tenant, post, deviceCode, poll } = await signingIn(t, {
    auth: { approveAtPoll: 0, expiresIn: 60, refreshIn: 30 },
  });
  const first = (await poll(await deviceCode(SCOPES))).body;
  assert.equal(first['expires_in'], 60);
  assert.equal(first['refresh_in'], 30);
  const claims = { access_token: { nbf: { value: '17' }, xms_cc: { values: ['CP1'] } } };
  const form = {
    grant_type: 'refresh_token',
    client_id: CLIENT_ID,
    refresh_token: String(first['refresh_token']),
    scope: 'https://graph.microsoft.com/.default offline_access',
    claims: JSON.stringify(claims),
  };
  const { status, body } = await post('token', form);
  assert.equal(status, 200);
  assert.match(String(body['scope']), /https:\/\/graph\.microsoft\.com\/\.default/u);
  const access = payloadOf(body['access_token']);
  assert.match(String(access['scp']), /Mail\.Read/u);
  assert.deepEqual(access['xms_cc'], ['CP1']);
  tenant.faults.inject('password-changed');
  const { body: told } = await post('token', form);
  assert.equal(told['suberror'], 'bad_token');
  refusedWith(await post('token', { ...form, refresh_token: 'x' }), 'invalid_grant', 70000);
});

test('a token answers the challenge that it was asked for with', async (t) => {
  const { tenant, post, deviceCode, poll } = await signingIn(t, { auth: { approveAtPoll: 0 } });
  const capable = { claims: JSON.stringify({ access_token: { xms_cc: { values: ['CP1'] } } }) };
  const first = (await poll(await deviceCode(SCOPES), capable)).body;
  const ask = async (token: unknown): Promise<Response> =>
    fetch(`${tenant.cloud.graph}/v1.0/security/auditLog/queries`, {
      headers: { authorization: `Bearer ${String(token)}` },
    });
  tenant.faults.inject('claims-challenge');
  const challenged = await ask(first['access_token']);
  const encoded = /claims="([^"]+)"/u.exec(challenged.headers.get('www-authenticate') ?? '')?.[1];
  const { access_token: wanted } = JSON.parse(
    Buffer.from(encoded ?? '', 'base64').toString(),
  ) as Record<string, object>;
  const { body } = await post('token', {
    grant_type: 'refresh_token',
    client_id: CLIENT_ID,
    refresh_token: String(first['refresh_token']),
    scope: SCOPES,
    claims: JSON.stringify({ access_token: { ...wanted, xms_cc: { values: ['CP1'] } } }),
  });
  assert.equal((await ask(first['access_token'])).status, 401);
  assert.equal((await ask(body['access_token'])).status, 200);
});

const application = (scope: string, more: Record<string, string>) => ({
  grant_type: 'client_credentials',
  client_id: CLIENT_ID,
  scope,
  ...more,
});
const DEFAULT = 'https://graph.microsoft.com/.default';

test('a client secret: right, wrong, missing, and of nobody here', async (t) => {
  const { tenant, post } = await signingIn(t);
  const secret = { client_secret: CLIENT_SECRET };
  const { status, body } = await post('token', application(DEFAULT, secret));
  assert.equal(status, 200);
  const access = payloadOf(body['access_token']);
  assert.ok((access['roles'] as string[]).includes('Mail.Read'));
  assert.equal('scp' in access, false);
  assert.equal('refresh_token' in body, false);
  const wrong = await post('token', application(DEFAULT, { client_secret: 'no' }));
  refusedWith(wrong, 'invalid_client', 7000215);
  refusedWith(await post('token', application(DEFAULT, {})), 'invalid_client', 7000218);
  const unknown = { ...secret, client_id: '00000000-0000-0000-0000-000000000001' };
  refusedWith(await post('token', application(DEFAULT, unknown)), 'unauthorized_client', 700016);
  const named = application('https://graph.microsoft.com/Mail.Read', secret);
  refusedWith(await post('token', named), 'invalid_scope', 70011);
  const form = application(DEFAULT, secret);
  refusedWith(await post('token', form, 'elsewhere.example'), 'invalid_request', 90002);
  refusedWith(await post('token', form, 'organizations'), 'invalid_request', 90002);
  assert.equal((await post('token', form, tenant.domain)).status, 200);
});

test('a host of the tenant names its own resource, with http or https', async (t) => {
  const { tenant, post } = await signingIn(t);
  const secret = { client_secret: CLIENT_SECRET };
  const { management, graph } = tenant.cloud;
  for (const host of [management, management.replace('http:', 'https:'), `${management}/`]) {
    const { body } = await post('token', application(`${host}/.default`, secret));
    assert.deepEqual(payloadOf(body['access_token'])['roles'], ['ActivityFeed.Read'], host);
  }
  const two = application(`${graph}/.default ${management}/.default`, secret);
  refusedWith(await post('token', two), 'invalid_request', 28000);
  const elsewhere = application('https://vault.azure.net/.default', secret);
  refusedWith(await post('token', elsewhere), 'invalid_scope', 70011);
});

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/tenant/${name}.pem`, import.meta.url), 'utf8');

test('a certificate: the signature is verified against the registered one', async (t) => {
  const pem = fixture('certificate');
  const certificate = new X509Certificate(pem);
  const { tenant, post } = await signingIn(t, {
    registrations: [fullRegistration({ certificates: [pem] })],
  });
  const digest = Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex');
  const assertion = (alg: 'RS256' | 'PS256', changes: object = {}, salt = '') => {
    const encode = (data: object): string =>
      Buffer.from(JSON.stringify(data)).toString('base64url');
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      aud: `${tenant.cloud.authority.replace('http:', 'https:')}/${tenant.tenantId}/oauth2/v2.0/token`,
      iss: CLIENT_ID,
      sub: CLIENT_ID,
      exp: now + 600,
      ...changes,
    };
    const head = encode({ alg, typ: 'JWT', 'x5t#S256': digest.toString('base64url') });
    const body = `${head}.${encode(claims)}`;
    const key = createPrivateKey(pem);
    const padding = alg === 'PS256' ? constants.RSA_PKCS1_PSS_PADDING : constants.RSA_PKCS1_PADDING;
    const signature = sign('sha256', Buffer.from(body + salt), {
      key,
      padding,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    });
    return {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: `${body}.${signature.toString('base64url')}`,
    };
  };
  for (const alg of ['RS256', 'PS256'] as const)
    assert.equal((await post('token', application(DEFAULT, assertion(alg)))).status, 200, alg);
  const wrong = [
    assertion('PS256', {}, 'something else was signed'),
    assertion('PS256', { exp: 1000 }),
    assertion('PS256', { iss: 'somebody' }),
    assertion('PS256', { aud: 'https://login.example/other/oauth2/v2.0/token' }),
    { ...assertion('PS256'), client_assertion_type: 'other' },
  ];
  for (const one of wrong)
    refusedWith(await post('token', application(DEFAULT, one)), 'invalid_client', 700027);
});

test('consent is to what the tenant agreed to, and said by 65001', async (t) => {
  const { deviceCode, poll } = await signingIn(t, {
    auth: { approveAtPoll: 0 },
    registrations: [fullRegistration({ delegated: ['User.Read'] })],
  });
  const refused = await poll(await deviceCode(SCOPES));
  refusedWith(refused, 'invalid_grant', 65001);
  assert.equal(refused.body['suberror'], 'consent_required');
  const { body } = await poll(await deviceCode(`${DEFAULT} openid`));
  assert.equal(payloadOf(body['access_token'])['scp'], 'User.Read');
  assert.equal('refresh_token' in body, false, 'offline_access was not asked for');
});

test('a browser: form_post to loopback, PKCE, a code that counts once', async (t) => {
  const { tenant, post } = await signingIn(t);
  const posted: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      posted.push(body);
      response.end('done');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => server.close());
  const redirect = `http://localhost:${(server.address() as AddressInfo).port}`;
  const verifier = 'v'.repeat(50);
  const address = (more: Record<string, string> = {}): string =>
    `${tenant.cloud.authority}/${tenant.tenantId}/oauth2/v2.0/authorize?${new URLSearchParams({
      client_id: CLIENT_ID,
      response_type: 'code',
      response_mode: 'form_post',
      redirect_uri: redirect,
      scope: SCOPES,
      state: 'a "state" & more',
      nonce: 'n1',
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    })}`;
  const codeFrom = async (): Promise<string> => {
    assert.equal((await browse(address())).status, 200);
    const form = new URLSearchParams(posted.pop());
    assert.equal(form.get('state'), 'a "state" & more');
    return form.get('code') ?? '';
  };
  const redeem = (code: string, more: Record<string, string> = {}): Promise<Answered> =>
    post('token', {
      grant_type: 'authorization_code',
      client_id: CLIENT_ID,
      redirect_uri: redirect,
      code,
      code_verifier: verifier,
      ...more,
    });
  refusedWith(await redeem(await codeFrom(), { code_verifier: 'x' }), 'invalid_grant', 501481);
  refusedWith(await redeem(await codeFrom(), { redirect_uri: 'x' }), 'invalid_grant', 70000);
  const code = await codeFrom();
  const { body } = await redeem(code);
  assert.equal(payloadOf(body['id_token'])['nonce'], 'n1');
  refusedWith(await redeem(code), 'invalid_grant', 70000);
  tenant.faults.inject('sign-in-declined');
  await browse(address());
  assert.equal(new URLSearchParams(posted.pop()).get('error'), 'access_denied');
  const outside = await fetch(address({ redirect_uri: 'https://elsewhere.example/' }));
  assert.equal(outside.status, 400);
});

test('discovery names this host; Graph does not answer on it, nor it on Graph’s', async (t) => {
  const { tenant } = await signingIn(t);
  const { authority, graph } = tenant.cloud;
  const path = `/${tenant.tenantId}/v2.0/.well-known/openid-configuration`;
  const { body } = await read(await fetch(authority + path));
  for (const name of ['token_endpoint', 'authorization_endpoint', 'issuer', 'jwks_uri'])
    assert.ok(String(body[name]).startsWith(`${authority}/${tenant.tenantId}/`), name);
  assert.notEqual((await fetch(graph + path)).status, 200);
  assert.notEqual((await fetch(`${authority}/v1.0/organization`)).status, 200);
});
