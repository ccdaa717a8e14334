import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLIENT_ID, CLIENT_SECRET } from '../simulator/tenant-options.ts';
import { beginFetch, tenantJourney } from './tenant-journey.ts';

const isWaitingForPerson = ({ fetch }: { readonly fetch: { readonly notice: unknown } | null }) =>
  fetch?.notice != null;

test('f asks whom and when, shows the code until somebody has signed in, and the records come', async (t) => {
  const journey = await tenantJourney(t);
  const { mia, tenant } = journey;
  await mia.press('f');
  assert.match(mia.footer(), /^fetch records of: _/);
  await mia.type('anna');
  await mia.press('enter');
  assert.match(mia.status(), /"anna" is no user, mailbox or address/);
  await mia.press('ctrl-u', 'enter');
  assert.match(mia.footer(), /^fetch from to: 2026-04-04 -/);
  await mia.press('enter');
  assert.match(mia.footer(), /^sign in by: d device code/);
  mia.console.press('d');
  await mia.until(isWaitingForPerson);
  const [code = ''] = tenant.authority.deviceCodes.pending();
  assert.match(mia.frame(), /To sign in, open in any browser http:\/\/\S+\/devicelogin/);
  assert.ok(mia.frame().includes(code));
  mia.console.press('y');
  assert.deepEqual(mia.copied, [code]);
  mia.console.press('j');
  assert.ok(mia.frame().includes(code), 'it stays, whatever else is done');
  tenant.authority.deviceCodes.approve(tenant.analyst);
  await mia.console.idle();
  const records = tenant.content.records.filter(
    ({ data, at }) =>
      data['Operation'] === 'MailItemsAccessed' && at * 1000 < Date.parse('2026-10-01T08:00:00Z'),
  ).length;
  assert.match(
    mia.status(),
    new RegExp(
      `^fetched: ${records} of ${records} announced received, ${records} new to the case, nothing known`,
    ),
  );
  assert.doesNotMatch(mia.frame(), /To sign in/);
  assert.equal(mia.console.state().overview?.rows.accepted, records);
  await mia.press('F');
  assert.match(
    mia.frame(),
    /Fetch \S+, \S+: \d+ of \d+ announced received,\s+nothing\s+known to be missing/,
  );
  assert.match(mia.frame(), /hours\s+\d+ of \d+ without any record/);
});

test('the tenant and the application are asked for where nobody said; Esc asks nothing of anybody', async (t) => {
  const { mia, tenant } = await tenantJourney(t, {}, { MIA_TENANT: '', MIA_CLIENT_ID: '' });
  await mia.press('f', 'enter', 'enter');
  assert.match(mia.footer(), /^tenant: _/);
  await mia.type('common');
  await mia.press('enter');
  assert.match(mia.status(), /type the tenant's id or one of its domains/);
  await mia.press('ctrl-u');
  await mia.type(tenant.tenantId);
  await mia.press('enter');
  await mia.type(CLIENT_ID);
  await mia.press('enter', 'escape');
  assert.equal(mia.console.state().fetch, null);
  assert.equal(tenant.log.entries.length, 0);
});

test('declined or given up: it says so, and nothing is left to resume', async (t) => {
  const journey = await tenantJourney(t);
  const { mia, tenant } = journey;
  await beginFetch(journey, 'd');
  await mia.until(isWaitingForPerson);
  tenant.authority.deviceCodes.decline();
  await mia.console.idle();
  assert.match(mia.status(), /^! .*declined/i);
  assert.equal(mia.console.state().fetch, null);
  await mia.press('escape');
  await beginFetch(journey, 'd');
  await mia.until(isWaitingForPerson);
  mia.console.press('escape');
  assert.match(mia.footer(), /^Give the sign-in up\?/);
  mia.console.press('y');
  await mia.console.idle();
  assert.match(mia.status(), /the fetch was cancelled: nothing was asked of the tenant/);
  await mia.press('f');
  assert.match(mia.footer(), /^fetch records of/, 'there is nothing to resume');
});

test('cancelled while the tenant works, it is said on reopening, and f resumes it first', async (t) => {
  const journey = await tenantJourney(
    t,
    { auth: { approveAtPoll: 0 }, audit: { minutes: 35 } },
    { MIA_METHOD: 'device-code' },
  );
  const { mia, tenant } = journey;
  await beginFetch(journey);
  await mia.until(({ fetch }) => fetch?.progress?.wait?.why === 'poll');
  assert.match(
    mia.frame().split('\n')[0] ?? '',
    /fetch \w+ since \d\d:\d\d, next look \d\d:\d\d:\d\d$/,
  );
  mia.console.press('escape');
  assert.match(mia.footer(), /^Cancel the fetch, to be resumed later\?/);
  mia.console.press('y');
  await mia.console.idle();
  assert.match(mia.status(), /the fetch was cancelled: what came is kept, f resumes it/);

  const again = await journey.reopen();
  assert.match(
    again.status(),
    /^the fetch of \S+ \S+ is unfinished, 0 of 1 query done: f resumes it/,
  );
  assert.match(again.frame(), /unfinished fetch: f/);
  await again.press('f');
  assert.match(again.footer(), /^fetch: r resume {2}n new/);
  tenant.clock.advance(36 * 60_000);
  again.console.press('r');
  await again.console.idle();
  assert.match(again.status(), /^fetched: .*nothing known to be missing/);
  assert.equal(tenant.log.matching(/POST .*queries/).length, 1, 'the query was made once');
  assert.doesNotMatch(again.frame(), /unfinished/);
});

test('what could not be had is said, and stays in sight', async (t) => {
  const journey = await tenantJourney(
    t,
    { auth: { approveAtPoll: 0 } },
    { MIA_METHOD: 'device-code' },
  );
  const { mia, tenant } = journey;
  tenant.faults.inject('audit-poison-record', { only: /records\?/ });
  const one = tenant.content.records.find(
    ({ data }) => data['Operation'] === 'MailItemsAccessed',
  )?.at;
  assert.ok(one !== undefined);
  const iso = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 19);
  await mia.press('f', 'enter', 'ctrl-u');
  await mia.type(`${iso(one - 20)} ${iso(one + 20)}`);
  mia.console.press('enter');
  await mia.console.idle();
  assert.match(mia.status(), /^! Not all is here. 1 hole, the first .*broken or gone/);
  await mia.press('j');
  assert.match(mia.status(), /Not all is here/);
  assert.match(mia.frame(), /1 fetch with parts missing/);
  await mia.press('escape', 'F');
  assert.match(mia.frame(), /NOT ALL IS\s+HERE: 1 hole[^]*hole .*some of it is\s+broken or gone/);
});

test('a secret is asked for in the footer and is in no frame and in no state', async (t) => {
  const journey = await tenantJourney(t);
  const { mia, frames } = journey;
  const states: string[] = [];
  mia.console.subscribe(() => states.push(JSON.stringify(mia.console.state())));
  await beginFetch(journey, 's');
  await mia.until(({ dialog }) => dialog?.dialog === 'secret');
  mia.console.press('p');
  mia.console.press('escape');
  await mia.console.idle();
  assert.match(mia.status(), /the fetch was cancelled: nothing was asked/);
  assert.equal(journey.tenant.log.matching(/token/).length, 0, 'without it nobody signs in');
  await beginFetch(journey, 's');
  // While something else is typed the question waits.
  mia.console.press('x');
  mia.console.press('u');
  await mia.until(({ fetch }) => fetch?.secretWanted !== null && fetch !== null);
  assert.match(mia.footer(), /^only user or mailbox/);
  mia.console.press('escape');
  assert.match(mia.footer(), /^Client secret \(not shown\): _/);
  for (const key of CLIENT_SECRET.slice(0, 7)) mia.console.press(key);
  mia.console.press('X');
  mia.console.press('backspace');
  mia.console.paste(CLIENT_SECRET.slice(7));
  assert.match(mia.footer(), /^Client secret \(not shown\): ·+_/);
  mia.console.press('enter');
  await mia.console.idle();
  assert.match(mia.status(), /^fetched: .*nothing known to be missing/);
  assert.ok(frames.length > 20 && states.length > 20);
  for (const shown of [...frames, ...states])
    for (const piece of [CLIENT_SECRET.slice(0, 9), CLIENT_SECRET.slice(-9)])
      assert.ok(!shown.includes(piece), 'the secret was to be seen');
});

test('asked again, what came late is new, and judged sessions that have grown are told', async (t) => {
  const journey = await tenantJourney(
    t,
    { auth: { approveAtPoll: 0 } },
    { MIA_METHOD: 'device-code' },
  );
  const { mia, tenant } = journey;
  tenant.faults.inject('audit-late-records');
  await beginFetch(journey);
  await mia.console.idle();
  await mia.press('v', 'G', 'b');
  // Sessions of several addresses are asked about.
  while (mia.console.state().dialog !== null) await mia.press('y');
  await mia.press('f');
  assert.match(mia.footer(), /^fetch: a again {2}n new {2}s sign-in log/);
  mia.console.press('a');
  await mia.console.idle();
  assert.match(
    mia.status(),
    /^fetched: \d+ of \d+ announced received, [1-9]\d* new to the case.*; \d+ judged sessions? ha\w+ grown/,
  );
  await mia.press('f');
  assert.match(mia.footer(), /s sign-in log/);
  mia.console.press('s');
  await mia.console.idle();
  assert.match(mia.status(), /\d+ sign-ins received, /);
});
