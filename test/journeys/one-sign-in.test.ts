import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ConsoleState } from '../../source/console/state.ts';
import { CLIENT_ID, CLIENT_SECRET } from '../simulator/tenant-options.ts';
import { atRest, lately, writeCase } from './accessed-lately.ts';
import { beginFetch, tenantJourney } from './tenant-journey.ts';

const OTHER_TENANT = '99999999-0000-4000-8000-000000000009';

const codeShown = ({ fetch, lookup }: ConsoleState): boolean =>
  fetch?.notice != null || lookup?.notice != null;

test('one sign-in does for what is fetched and what is looked up, in either order', async (t) => {
  const journey = await tenantJourney(t, lately(), { MIA_METHOD: 'device-code' });
  const { mia, tenant } = journey;
  const codes = (): number => tenant.log.matching(/devicecode/).length;
  await mia.importFiles(writeCase(t, tenant));
  mia.console.press('t');
  await mia.until(codeShown);
  // The fetch waits for the sign-in that is under way.
  for (const key of ['f', 'n']) {
    mia.console.press(key);
    await mia.until(({ dialog }) => dialog !== null);
  }
  for (const key of ['ctrl-u', 'enter', 'enter']) mia.console.press(key);
  await mia.until(({ fetch }) => fetch?.progress?.step === 'signingIn');
  assert.equal(tenant.authority.deviceCodes.pending().length, 1);
  tenant.authority.deviceCodes.approve(tenant.analyst);
  await mia.console.idle();
  assert.equal(mia.console.state().fetch, null);
  assert.match(mia.frame(), /Messages of 1 session, 4, 3 traced/);
  assert.equal(codes(), 1);

  // Both have ended: it still holds.
  await mia.press('escape');
  mia.console.press('y');
  await mia.until(({ lookup }) => lookup === null);
  await mia.press('j', 't');
  await mia.until(atRest);
  await mia.press('f');
  mia.console.press('a');
  await mia.console.idle();
  assert.match(mia.status(), /^fetched: .*nothing known to be missing/);
  assert.equal(codes(), 1);
});

test('a secret is typed once for both', async (t) => {
  const journey = await tenantJourney(t, lately(), { MIA_METHOD: 'client-secret' });
  const { mia, tenant } = journey;
  // One user: the two kinds together and each by itself are within the five requests that need no wait.
  await mia.importFiles(writeCase(t, tenant, 1));
  mia.console.press('t');
  await mia.until(({ dialog }) => dialog?.dialog === 'secret');
  mia.console.paste(CLIENT_SECRET);
  mia.console.press('enter');
  await mia.until(atRest);
  await mia.press('f');
  mia.console.press('s');
  await mia.console.idle();
  assert.match(mia.status(), /\d+ sign-ins? received, /);
  assert.ok(!JSON.stringify(mia.console.state()).includes(CLIENT_SECRET));
});

test('S corrects the tenant that the case notes, and takes another account', async (t) => {
  const wrong = { MIA_TENANT: OTHER_TENANT, MIA_METHOD: 'device-code' };
  const journey = await tenantJourney(t, lately({ auth: { approveAtPoll: 0 } }), wrong);
  const { mia, tenant } = journey;
  await mia.importFiles(writeCase(t, tenant));
  await mia.press('t');
  await mia.until(({ lookup, error }) => lookup === null && error !== null);
  assert.match(mia.status(), /S changes tenant, application or account/);
  await mia.press('escape', 'S');
  assert.match(mia.footer(), new RegExp(`^tenant: ${OTHER_TENANT}_$`), 'to be corrected');
  await mia.press('ctrl-u');
  await mia.type(tenant.tenantId);
  await mia.press('enter');
  assert.match(mia.footer(), new RegExp(`^client id: ${CLIENT_ID}_$`));
  await mia.press('enter');
  assert.match(mia.footer(), /^sign in by: d device code/);
  await mia.press('d');
  assert.match(mia.status(), new RegExp(`^f or t signs in anew, to ${tenant.tenantId} with`));
  await mia.press('t');
  await mia.until(atRest);
  assert.match(mia.frame(), /Messages of 1 session, 4, 3 traced/);
  const { settings } = JSON.parse(readFileSync(join(mia.folder, 'case.json'), 'utf8'));
  assert.equal(settings.tenant.tenant, tenant.tenantId, 'noted for the next time');

  await mia.press('S');
  assert.match(mia.status(), /what runs in the tenant is signed in already/);
  await mia.press('escape');
  mia.console.press('y');
  await mia.until(({ lookup }) => lookup === null);
  const before = tenant.log.matching(/devicecode/).length;
  await mia.press('S', 'enter', 'enter', 'd', 'j', 't');
  await mia.until(atRest);
  assert.equal(tenant.log.matching(/devicecode/).length, before + 1, 'asked anew');
});

test('Esc on the way leaves the sign-in as it was', async (t) => {
  const journey = await tenantJourney(t, lately({ auth: { approveAtPoll: 0 } }));
  const { mia, tenant } = journey;
  await mia.press('S', 'ctrl-u');
  await mia.type(OTHER_TENANT);
  await mia.press('enter', 'escape');
  await beginFetch(journey, 'd');
  await mia.console.idle();
  assert.match(mia.status(), /^fetched: .*nothing known to be missing/);
  assert.equal(tenant.log.matching(new RegExp(OTHER_TENANT)).length, 0);
});
