/** The pretend tenant's mailboxes, asked by a client that is signed in as an application. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { mailOf, type Mail } from '../../../scripts/generator/mail.ts';
import { connectTenant } from '../../../source/jobs/tenant/connect-tenant.ts';
import { type Clock, systemClock } from '../../../source/tenant/http/clock.ts';
import type { TenantAnswer } from '../../../source/tenant/http/tenant-requests.ts';
import type { Wait } from '../../../source/tenant/http/waiting.ts';
import { MAIL_OPTIONS, type MailboxAsking } from '../../../source/tenant/mailbox/ask-batch.ts';
import { NO_SIGN_IN_FLAGS } from '../../../source/tenant/sign-in/settings.ts';
import { type Whereabouts, whereaboutsOf } from '../../simulator/mail/mailbox-content.ts';
import { startTenant, type Tenant } from '../../simulator/start-tenant.ts';
import { CLIENT_ID, CLIENT_SECRET, type TenantOptions } from '../../simulator/tenant-options.ts';
import { temporaryFolder } from '../../jobs/import/temporary-case.ts';

/** Its sleepers move the tenant's time, and wake at once. */
export const clockOf = ({ clock }: Tenant): Clock => ({
  now: clock.now,
  random: () => 0.5,
  after: systemClock.after,
  async sleep(milliseconds, signal) {
    signal.throwIfAborted();
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    clock.advance(milliseconds);
  },
});

/** Of the environment, to sign in to it as an application. */
export const variablesFor = (tenant: Tenant, folder: string): Record<string, string> => {
  const cloud = join(folder, 'cloud.json');
  writeFileSync(cloud, JSON.stringify(tenant.cloud));
  return {
    MIA_CLOUD: cloud,
    MIA_TENANT: tenant.tenantId,
    MIA_CLIENT_ID: CLIENT_ID,
    MIA_METHOD: 'client-secret',
    MIA_CLIENT_SECRET: CLIENT_SECRET,
  };
};

export interface MailOfMailbox {
  readonly mail: Mail;
  readonly where: Whereabouts;
}

/** Every message that ever lay in a mailbox, and what became of it. */
export const mailIn = ({ content }: Tenant, mailbox: number): readonly MailOfMailbox[] => {
  const { plan } = content;
  const of = plan.company.mailboxes[mailbox]!;
  return Array.from({ length: plan.mailCount }, (_, number) => ({
    mail: mailOf(plan.company, of, number, plan.start),
    where: whereaboutsOf(plan, of, number),
  }));
};

export const mailboxTenant = async (t: TestContext, options: TenantOptions = {}) => {
  const tenant = await startTenant({ seed: 4, rows: 30, mailCount: 150, ...options });
  t.after(() => tenant.stop());
  const folder = temporaryFolder(t);
  const { client, clock } = await connectTenant({
    folder: join(folder, 'case'),
    flags: NO_SIGN_IN_FLAGS,
    variables: variablesFor(tenant, folder),
    ...{ remember: false, anew: false, askHidden: null },
    signal: new AbortController().signal,
    tell: () => undefined,
    clock: clockOf(tenant),
  });
  const kept: TenantAnswer[] = [];
  const waits: Wait[] = [];
  const { signal } = new AbortController();
  const onWait = (wait: Wait): void => void waits.push(wait);
  const asking: MailboxAsking = {
    ...{ clock, signal, onWait, graph: client.cloud.graph },
    post: async (place, body) => {
      const answer = await client.post(place, body, { ...MAIL_OPTIONS, signal, onWait });
      kept.push(answer);
      return answer.body;
    },
  };
  const mailbox = tenant.content.plan.company.mailboxes[1]!;
  return { tenant, asking, kept, waits, mailbox, mails: mailIn(tenant, 1) };
};
