import assert from 'node:assert/strict';
import { test } from 'node:test';
import { atRest, lately, writeCase } from './accessed-lately.ts';
import { tenantJourney } from './tenant-journey.ts';

test('t signs in once and stays: what is selected is looked up, row by row, each miss with its reason', async (t) => {
  const { mia, tenant, frames } = await tenantJourney(t, lately());
  await mia.press('t');
  assert.match(mia.status(), /there are no messages here to look up/);
  await mia.importFiles(writeCase(t, tenant));
  await mia.press('t');
  assert.match(mia.footer(), /^sign in by:/);
  mia.console.press('d');
  await mia.until(({ lookup }) => lookup?.notice != null);
  assert.match(mia.frame(), /To sign in, open in any browser/);
  assert.match(mia.frame(), /looking up <\S+/);
  tenant.authority.deviceCodes.approve(tenant.analyst);
  await mia.console.idle();
  assert.match(mia.status(), /^4 messages looked up; those without metadata say why/);
  assert.match(mia.frame(), /Messages of 1 session, 4, 3 traced ─/);
  assert.match(mia.line('nobody-has-it'), /looked up in vain <nobody-has-it@/);
  assert.match(frames.join(''), /Messages of 1 session, 4, .* traced [▓░]{8} /);
  const heads = frames.map((frame) => frame.split('\n')[0]).join('\n');
  assert.match(heads, /metadata \d of 4 \(trace\)/);
  await mia.press('t');
  assert.match(mia.status(), /all of these messages were looked up already/);

  // Moving alone asks nothing; selecting does, without another sign-in.
  const asked = tenant.log.entries.length;
  await mia.press('j');
  assert.match(mia.frame(), /Messages of 1 session, 3, none traced/);
  assert.equal(tenant.log.entries.length, asked);
  await mia.press('space');
  await mia.until(atRest);
  await mia.console.idle();
  assert.match(mia.frame(), /Messages of 1 session, 3, all traced/);
  assert.equal(tenant.log.matching(/devicecode/).length, 1);

  await mia.press('escape', 'escape');
  assert.match(mia.footer(), /^Stop looking metadata up\? What came stays/);
  mia.console.press('y');
  await mia.until(({ lookup }) => lookup === null);
  assert.match(mia.status(), /^no more lookups/);
});

test('a tenant that refuses says why, and nobody is kept waiting', async (t) => {
  const refusing = lately({ auth: { approveAtPoll: 0 }, trace: { principal: 'missing-401' } });
  const { mia, tenant } = await tenantJourney(t, refusing, { MIA_METHOD: 'device-code' });
  await mia.importFiles(writeCase(t, tenant));
  mia.console.press('t');
  await mia.until(({ lookup, error }) => lookup === null && error !== null);
  assert.match(mia.status(), /^! .*service principal/i);
  await mia.console.idle();
});
