/** Mail of a pretend tenant that was accessed just now: its traces reach back to it. */
import type { TestContext } from 'node:test';
import type { ConsoleState } from '../../source/console/state.ts';
import type { Tenant } from '../simulator/start-tenant.ts';
import type { TenantOptions } from '../simulator/tenant-options.ts';
import { temporaryFolder, writeLines } from '../import/temporary-case.ts';

const DAY = 86_400_000;

/** By the clock of this machine, so that traces reach back to it. */
export const lately = (more: TenantOptions = {}): TenantOptions => ({
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

/** A session in each of so many mailboxes: mail that the trace holds, and in the first a mail it does not. */
export const writeCase = (t: TestContext, tenant: Tenant, mailboxes: 1 | 2 = 2): string => {
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
  return writeLines(temporaryFolder(t), 'records.ndjson', sessions.slice(0, mailboxes).map(record));
};

/** All that was wanted is looked up. */
export const atRest = ({ lookup }: ConsoleState): boolean =>
  lookup?.progress?.step === 'idle' && lookup.wanted?.pending === false;
