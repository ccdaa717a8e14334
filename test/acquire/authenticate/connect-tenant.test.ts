import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Problem } from '../../../source/domain/problem.ts';
import { connectTenant } from '../../../source/acquire/authenticate/connect-tenant.ts';
import {
  accessToken,
  type Answering,
  CLIENT_ID,
  REFRESH_TOKEN,
  userTokens,
} from '../../tenant/small-tenant.ts';
import { orderFor } from './tenant-order.ts';

const CERTIFICATE = fileURLToPath(
  new URL('../../fixtures/tenant/certificate.pem', import.meta.url),
);

/** What the browser of a person who agrees (or not) sends back. */
const browserAnswering = (form: Record<string, string>) => async (address: string) => {
  const { searchParams } = new URL(address);
  const state = searchParams.get('state') ?? '';
  const { port } = new URL(searchParams.get('redirect_uri') ?? '');
  const body = new URLSearchParams({ ...form, state });
  void fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body });
  return true;
};

test('by browser: our authority, PKCE, and the code exchanged for tokens', async (t) => {
  const { origin, order, notices, asked, withVariables } = await orderFor(t, ({ form }) => ({
    body: userTokens(form, 'Mail.Read'),
  }));
  const { client } = await connectTenant({
    ...order,
    variables: withVariables({ MIA_METHOD: 'browser' }),
    openBrowser: browserAnswering({ code: 'the-code' }),
  });
  assert.deepEqual(client.account, { kind: 'user', name: 'anna@contoso.example' });
  const [notice] = notices;
  assert.ok(notice?.notice === 'browser' && notice.opened);
  const address = new URL(notice.url);
  assert.equal(address.origin, origin);
  assert.equal(address.searchParams.get('code_challenge_method'), 'S256');
  assert.equal(asked.at(-1)?.form.get('code'), 'the-code');
});

test('without a check of certificates nothing is sent, but to this machine itself', async (t) => {
  const { order, asked, withVariables } = await orderFor(t, ({ form }) => ({
    body: userTokens(form, 'Mail.Read'),
  }));
  const unchecked = { NODE_TLS_REJECT_UNAUTHORIZED: '0', MIA_METHOD: 'browser' };
  const refused = async (variables: Record<string, string | undefined>): Promise<void> =>
    assert.rejects(connectTenant({ ...order, variables }), (error: unknown) => {
      assert.ok(error instanceof Problem);
      assert.match(error.message, /NODE_TLS_REJECT_UNAUTHORIZED=0/);
      assert.match(error.hint, /NODE_EXTRA_CA_CERTS/);
      return true;
    });
  await refused({ ...withVariables(unchecked), MIA_CLOUD: 'global' });
  const oneElsewhere = join(order.folder, '..', 'elsewhere.json');
  const hosts = { authority: 'http://127.0.0.1:1', graph: 'https://graph.example' };
  writeFileSync(oneElsewhere, JSON.stringify({ name: 'x', ...hosts }));
  await refused({ ...withVariables(unchecked), MIA_CLOUD: oneElsewhere });
  assert.deepEqual(asked, []);
  const { client } = await connectTenant({
    ...order,
    variables: withVariables(unchecked),
    openBrowser: browserAnswering({ code: 'the-code' }),
  });
  assert.equal(client.account.kind, 'user');
});

test('by browser: a person who says no', async (t) => {
  const { order, withVariables } = await orderFor(t, () => ({ status: 500 }));
  const connecting = connectTenant({
    ...order,
    variables: withVariables({ MIA_METHOD: 'browser' }),
    openBrowser: browserAnswering({ error: 'access_denied' }),
  });
  await assert.rejects(connecting, /was declined/);
});

test('by browser: cancelled, and nothing listens any more', async (t) => {
  const { order, withVariables } = await orderFor(t, () => ({ status: 500 }));
  const control = new AbortController();
  const reason = new Error('enough');
  let port = '';
  const connecting = connectTenant({
    ...order,
    variables: withVariables({ MIA_METHOD: 'browser' }),
    signal: control.signal,
    openBrowser: async (address) => {
      ({ port } = new URL(new URL(address).searchParams.get('redirect_uri') ?? ''));
      setImmediate(() => control.abort(reason));
      return true;
    },
  });
  await assert.rejects(connecting, reason);
  const listens = () =>
    fetch(`http://127.0.0.1:${port}/`).then(
      () => true,
      () => false,
    );
  while (await listens()) await new Promise((resolve) => setImmediate(resolve));
});

test('by certificate: signed with its key, nothing of the key is sent', async (t) => {
  const { order, asked, withVariables } = await orderFor(t, () => ({
    body: { token_type: 'Bearer', expires_in: 3600, access_token: accessToken({ roles: [] }) },
  }));
  const variables = withVariables({ MIA_CERTIFICATE: CERTIFICATE });
  const { client, settings } = await connectTenant({ ...order, variables });
  assert.equal(settings.method, 'client-certificate');
  assert.deepEqual(client.account, { kind: 'application', name: CLIENT_ID });
  assert.deepEqual(client.permissions, []);
  assert.equal(client.permitted('mailbox'), false);
  const { form, body } = asked[0] ?? assert.fail('nothing was asked');
  assert.match(form.get('client_assertion') ?? '', /^eyJ/);
  assert.doesNotMatch(body, /PRIVATE/);
});

/** A tenant of an application; the nth token is marked with n. */
const counting = (lifetime: number, graph: Answering): Answering => {
  let tokens = 0;
  return (asked) => {
    if (!asked.path.endsWith('/token')) return graph(asked);
    tokens += 1;
    const access_token = accessToken({ roles: [] }, `n${tokens}`);
    return { body: { token_type: 'Bearer', expires_in: lifetime, access_token } };
  };
};

const secretly = { MIA_CLIENT_SECRET: 'a-secret' };
const bearer = (headers: { readonly authorization?: string | undefined }): string =>
  headers.authorization?.split('.').at(-1) ?? '';

test('a refused token is renewed once for all who had it', async (t) => {
  const { order, asked, withVariables } = await orderFor(
    t,
    counting(3600, ({ headers }) =>
      bearer(headers) === 'n1'
        ? { status: 401, body: { error: { code: 'InvalidAuthenticationToken' } } }
        : { body: { value: [] } },
    ),
  );
  const { client } = await connectTenant({ ...order, variables: withVariables(secretly) });
  const { signal } = order;
  const four = [1, 2, 3, 4].map((n) => client.get(`/v1.0/x${n}`, { bucket: 'outlook', signal }));
  for (const { attempts } of await Promise.all(four))
    assert.deepEqual(
      attempts.map(({ status }) => status),
      [401, 200],
    );
  assert.equal(asked.filter(({ path }) => path.endsWith('/token')).length, 2);
});

test('a short token is renewed before it ends', async (t) => {
  const { order, asked, withVariables } = await orderFor(
    t,
    counting(60, () => ({ body: {} })),
  );
  let now = Date.now();
  const { systemClock } = await import('../../../source/tenant/http/clock.ts');
  const clock = { ...systemClock, now: () => now };
  const variables = withVariables(secretly);
  const { client } = await connectTenant({ ...order, variables, clock });
  const ask = () => client.get('/v1.0/x', { bucket: 'outlook', signal: order.signal });
  await ask();
  now += 30_000;
  await ask();
  now += 16_000;
  await ask();
  const used = asked.filter(({ path }) => path === '/v1.0/x').map(({ headers }) => bearer(headers));
  assert.deepEqual(used, ['n1', 'n1', 'n2']);
});

test('a next page on another host is not asked for', async (t) => {
  const { order, origin, asked, withVariables } = await orderFor(
    t,
    counting(3600, () => ({ body: {} })),
  );
  const { client } = await connectTenant({ ...order, variables: withVariables(secretly) });
  const before = asked.length;
  for (const place of [
    'https://evil.example/v1.0/x',
    '//evil.example/x',
    origin.replace('127.0.0.1', 'localhost'),
    `${origin}@evil.example/`,
    'x',
  ])
    await assert.rejects(
      client.get(place, { bucket: 'outlook', signal: order.signal }),
      /another host/,
    );
  assert.equal(asked.length, before);
  await client.get(`${origin}/v1.0/next?$skiptoken=a%2Bb`, {
    bucket: 'outlook',
    signal: order.signal,
  });
  assert.equal(asked.at(-1)?.query.get('$skiptoken'), 'a+b');
});

test('the activity feed has a token of its own', async (t) => {
  const { order, asked, withVariables } = await orderFor(
    t,
    counting(3600, () => ({ body: [] })),
  );
  const { client } = await connectTenant({ ...order, variables: withVariables(secretly) });
  const { signal } = order;
  await client.post('/api/v1.0/x', null, { bucket: 'activity', signal, service: 'management' });
  assert.equal(bearer(asked.at(-1)?.headers ?? {}), 'n2');
  assert.equal(asked.at(-1)?.method, 'POST');
});

test('a challenge reaches the authority, and the sign-in is renewed with its claims', async (t) => {
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}';
  let challenged = false;
  const { order, asked } = await orderFor(t, ({ path, form }) => {
    if (path.endsWith('/devicecode'))
      return {
        body: {
          device_code: 'd',
          user_code: 'u',
          verification_uri: 'https://x.example',
          expires_in: 900,
          interval: 0,
        },
      };
    if (path.endsWith('/token')) return { body: userTokens(form, 'Mail.Read') };
    if (challenged) return { body: {} };
    challenged = true;
    const encoded = Buffer.from(claims).toString('base64');
    const header = `Bearer error="insufficient_claims", claims="${encoded}"`;
    return { status: 401, headers: { 'www-authenticate': header } };
  });
  const { client } = await connectTenant(order);
  await client.get('/v1.0/x', { bucket: 'outlook', signal: order.signal });
  const renewal = asked.findLast(({ path }) => path.endsWith('/token'));
  assert.equal(renewal?.form.get('grant_type'), 'refresh_token');
  assert.equal(renewal.form.get('refresh_token'), REFRESH_TOKEN);
  assert.match(renewal.form.get('claims') ?? '', /1604106651/);
  assert.match(renewal.form.get('claims') ?? '', /CP1/i);
});

test('a sign-in that was revoked asks for a new one, and keeps quiet about its tokens', async (t) => {
  let signedIn = false;
  const { order } = await orderFor(t, ({ path, form }) => {
    if (path.endsWith('/devicecode'))
      return {
        body: {
          device_code: 'd',
          user_code: 'u',
          verification_uri: 'https://x.example',
          expires_in: 900,
          interval: 0,
        },
      };
    if (!path.endsWith('/token')) return { status: 401 };
    if (signedIn)
      return {
        status: 400,
        body: { error: 'invalid_grant', error_description: `AADSTS50173: ${REFRESH_TOKEN}` },
      };
    signedIn = true;
    return { body: userTokens(form, 'Mail.Read') };
  });
  const { client } = await connectTenant(order);
  await assert.rejects(
    client.get('/v1.0/x', { bucket: 'outlook', signal: order.signal }),
    (error: Error) => {
      assert.match(error.message, /wants a new sign-in \(AADSTS50173\)/);
      assert.doesNotMatch(
        JSON.stringify(error) + String(error.stack) + String(error.cause),
        /nobody-may-see|eyJ/,
      );
      return true;
    },
  );
});
