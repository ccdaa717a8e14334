import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { connectTenant } from '../../../source/acquire/authenticate/connect-tenant.ts';
import { shareTokens } from '../../../source/acquire/authenticate/shared-tokens.ts';
import {
  accessToken,
  type Answering,
  deviceCode,
  oauthError,
  SECRET,
  userTokens,
} from '../../tenant/small-tenant.ts';
import { orderFor } from './tenant-order.ts';

/** Somebody types each code they are shown at once. */
const willing: Answering = ({ path, form }) =>
  path.endsWith('/devicecode') ? { body: deviceCode() } : { body: userTokens(form, 'Mail.Read') };

const sharing = async (t: TestContext, answering: Answering) => {
  const { order, asked, notices, withVariables } = await orderFor(t, answering);
  const shared = shareTokens();
  const codes = (): number => asked.filter(({ path }) => path.endsWith('/devicecode')).length;
  return { order: { ...order, shared }, shared, asked, notices, codes, withVariables };
};

test('who has signed in for one job is signed in for the next, until that is forgotten', async (t) => {
  const { order, shared, codes } = await sharing(t, willing);
  const first = await connectTenant(order);
  const second = await connectTenant(order);
  assert.deepEqual(second.client.account, first.client.account);
  assert.deepEqual(second.client.permissions, ['Mail.Read']);
  assert.equal(codes(), 1);
  await connectTenant({ ...order, anew: true });
  assert.equal(codes(), 2, 'whoever wants to sign in anew does');
  shared.forget();
  await connectTenant(order);
  assert.equal(codes(), 3);
});

test('another application, and another program, sign in by themselves', async (t) => {
  const { order, codes, withVariables } = await sharing(t, willing);
  await connectTenant(order);
  const variables = withVariables({ MIA_CLIENT_ID: '9ac41f00-1111-4222-8333-444455557777' });
  await connectTenant({ ...order, variables });
  assert.equal(codes(), 2);
  await connectTenant({ ...order, shared: shareTokens() });
  assert.equal(codes(), 3);
});

test('two that want to sign in at the same time show one code', async (t) => {
  const { order, codes, notices } = await sharing(t, willing);
  await Promise.all([connectTenant(order), connectTenant(order), connectTenant(order)]);
  assert.equal(codes(), 1);
  assert.equal(notices.length, 1);
});

test('whoever gives up waiting for a turn holds nobody up', async (t) => {
  let approve = (): void => undefined;
  const approved = new Promise<void>((resolve) => (approve = resolve));
  const { order, codes } = await sharing(t, async (asked) => {
    if (!asked.path.endsWith('/devicecode')) await approved;
    return willing(asked);
  });
  const first = connectTenant(order);
  const impatient = new AbortController();
  const reason = new Error('enough');
  const second = connectTenant({ ...order, signal: impatient.signal });
  const third = connectTenant(order);
  impatient.abort(reason);
  await assert.rejects(second, reason);
  approve();
  await Promise.all([first, third]);
  assert.equal(codes(), 1);
});

test('what is forgotten while somebody signs in is not known afterwards', async (t) => {
  let approve = (): void => undefined;
  const approved = new Promise<void>((resolve) => (approve = resolve));
  const { order, shared, codes } = await sharing(t, async (asked) => {
    if (!asked.path.endsWith('/devicecode')) await approved;
    return willing(asked);
  });
  const first = connectTenant({ ...order, onNotice: () => (shared.forget(), approve()) });
  await first;
  await connectTenant(order);
  assert.equal(codes(), 2, 'another account may be meant');
});

test('a sign-in that was cancelled leaves the turn to the next one', async (t) => {
  const cancel = new AbortController();
  const reason = new Error('enough');
  const { order, codes } = await sharing(t, willing);
  const first = connectTenant({
    ...order,
    signal: cancel.signal,
    onNotice: () => cancel.abort(reason),
  });
  const second = connectTenant(order);
  await assert.rejects(first, reason);
  await second;
  assert.equal(codes(), 2);
});

test('tokens that the tenant does not take any more are no hindrance: a person signs in', async (t) => {
  let revoked = false;
  const { order, codes } = await sharing(t, (asked) => {
    const { form } = asked;
    if (revoked && form.get('grant_type') === 'refresh_token')
      return oauthError('invalid_grant', 50173);
    // Of no length: each use renews it.
    const expires = { expires_in: 1, ext_expires_in: 1 };
    return asked.path.endsWith('/token')
      ? { body: userTokens(form, 'x', expires) }
      : willing(asked);
  });
  await connectTenant(order);
  await connectTenant(order);
  assert.equal(codes(), 1, 'renewed without a person');
  revoked = true;
  await connectTenant(order);
  assert.equal(codes(), 2);
});

test('of a sign-in that is remembered the passphrase is asked for once', async (t) => {
  const { order, codes, withVariables } = await sharing(t, willing);
  const state = mkdtempSync(join(tmpdir(), 'mia-state-'));
  t.after(() => rmSync(state, { recursive: true }));
  const variables = withVariables({ XDG_STATE_HOME: state });
  const passphrase = 'some words of mine';
  const remembering = { ...order, shared: shareTokens(), remember: true, variables };
  await connectTenant({ ...remembering, askHidden: async () => passphrase });
  const typed = [passphrase, 'never asked for'];
  const asking = { ...order, variables, askHidden: async () => typed.shift() ?? null };
  assert.equal((await connectTenant(asking)).remembered, true);
  await connectTenant(asking);
  assert.deepEqual(typed, ['never asked for']);
  assert.equal(codes(), 1);
});

test('a secret is typed once; a wrong one is asked for again, trouble of the service is not its fault', async (t) => {
  let broken = false;
  const { order, withVariables } = await sharing(t, ({ form }) => {
    if (broken) return oauthError('temporarily_unavailable', 90033);
    return form.get('client_secret') === SECRET
      ? {
          body: {
            token_type: 'Bearer',
            expires_in: 3600,
            access_token: accessToken({ roles: [] }),
          },
        }
      : oauthError('invalid_client', 7000215);
  });
  const typed = ['wrong', SECRET, 'never asked for'];
  const asking = {
    ...order,
    variables: withVariables({ MIA_METHOD: 'client-secret' }),
    askHidden: async () => typed.shift() ?? null,
  };
  await assert.rejects(connectTenant(asking), /secret is wrong/);
  await connectTenant(asking);
  await connectTenant(asking);
  broken = true;
  await assert.rejects(connectTenant(asking), /trouble of its own/);
  broken = false;
  await connectTenant(asking);
  assert.deepEqual(typed, ['never asked for']);
});
