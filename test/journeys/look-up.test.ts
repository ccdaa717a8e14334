import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { ConsoleState } from '../../source/console/state.ts';
import type { Tenant } from '../simulator/start-tenant.ts';
import type { TenantOptions } from '../simulator/tenant-options.ts';
import { temporaryFolder, writeLines } from '../jobs/import/temporary-case.ts';
import { tenantJourney } from './tenant-journey.ts';

const DAY = 86_400_000;

/** By the clock of this machine, so that traces reach back to it. */
const lately = (more: TenantOptions = {}): TenantOptions => ({
  from: new Date(Date.now() - 61 * DAY).toISOString().slice(0, 10),
  now: new Date().toISOString(),
  rows: 60,
  mailboxes: 2,
  ...more,
});

interface Session {
  readonly owner: string;
  readonly guid: string;
  readonly messages: readonly string[];
}

const record = ({ owner, guid, messages }: Session, index: number): string =>
  JSON.stringify({
    CreationTime: new Date(Date.now() - (index + 1) * 60_000).toISOString().slice(0, 19),
    Id: `f00d0000-0000-4000-8000-00000000000${index}`,
    Operation: 'MailItemsAccessed',
    RecordType: 50,
    Workload: 'Exchange',
    UserType: 0,
    UserId: owner,
    MailboxGuid: guid,
    MailboxOwnerUPN: owner,
    ClientIPAddress: `203.0.113.${index}`,
    ClientInfoString: 'Client=OWA;Mozilla/5.0 (X11)',
    SessionId: `session-${index}`,
    OperationCount: messages.length,
    OperationProperties: [{ Name: 'MailAccessType', Value: 'Bind' }],
    Folders: [
      {
        Id: 'inbox-id',
        Path: '\\Inbox',
        FolderItems: messages.map((id) => ({ Id: `item ${id}`, InternetMessageId: id })),
      },
    ],
  });

/** A session in each of two mailboxes: mail that the trace holds, and in the first a mail it does not. */
const writeCase = (t: TestContext, tenant: Tenant): string => {
  const rows = tenant.services.trace.rows.filter(({ at }) => at * 1000 < Date.now() - DAY);
  const boxes = tenant.content.plan.company.mailboxes.slice(0, 2);
  const names = boxes.map(({ upn }) => upn.toLowerCase());
  const sessions = boxes.map(({ upn }, index) => {
    const [own = '', other = ''] = [names[index], names[1 - index]];
    const idsOf = (name: string): readonly string[] =>
      rows
        .filter(({ recipientAddress: to, senderAddress: by }) => to === name || by === name)
        .map(({ messageId }) => messageId);
    const elsewhere = new Set(idsOf(other));
    const ids = [...new Set(idsOf(own))].filter((id) => !elsewhere.has(id)).slice(0, 3);
    const lost = index === 0 ? ['<nobody-has-it@fabrikam.example>'] : [];
    const guid = `a1b2c3d4-0000-4000-8000-00000000000${index}`;
    return { owner: upn, guid, messages: [...ids, ...lost] };
  });
  return writeLines(temporaryFolder(t), 'records.ndjson', sessions.map(record));
};

const atRest = ({ lookUp }: ConsoleState): boolean =>
  lookUp?.progress?.step === 'idle' && lookUp.wanted?.pending === false;

test('t signs in once and stays: what is selected is looked up, row by row, each miss with its reason', async (t) => {
  const { mia, tenant, frames } = await tenantJourney(t, lately());
  await mia.press('t');
  assert.match(mia.status(), /there are no messages here to look up/);
  await mia.importFiles(writeCase(t, tenant));
  await mia.press('t');
  assert.match(mia.footer(), /^sign in by:/);
  mia.console.press('d');
  await mia.until(({ lookUp }) => lookUp?.notice != null);
  assert.match(mia.frame(), /To sign in, open in any browser/);
  assert.match(mia.frame(), /looking up <\S+/);
  tenant.authority.deviceCodes.approve(tenant.analyst);
  await mia.console.idle();
  assert.match(mia.status(), /^4 messages looked up; those without metadata say why/);
  assert.match(mia.frame(), /Messages of 1 session, 4, 3 traced ─/);
  assert.match(mia.line('nobody-has-it'), /not in the traces <nobody-has-it@/);
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
  await mia.until(({ lookUp }) => lookUp === null);
  assert.match(mia.status(), /^no more look-ups/);
});

test('a tenant that refuses says why, and nobody is kept waiting', async (t) => {
  const refusing = lately({ auth: { approveAtPoll: 0 }, trace: { principal: 'missing-401' } });
  const { mia, tenant } = await tenantJourney(t, refusing, { MIA_METHOD: 'device-code' });
  await mia.importFiles(writeCase(t, tenant));
  mia.console.press('t');
  await mia.until(({ lookUp, error }) => lookUp === null && error !== null);
  assert.match(mia.status(), /^! .*service principal/i);
  await mia.console.idle();
});
