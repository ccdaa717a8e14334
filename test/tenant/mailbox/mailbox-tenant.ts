/** The pretend tenant's mailboxes, asked by a client that is signed in as an application. */
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { mailOf, type Mail } from '../../../scripts/generator/mail.ts';
import { connectTenant } from '../../../source/acquire/authenticate/connect-tenant.ts';
import type { TenantAnswer } from '../../../source/tenant/http/tenant-requests.ts';
import type { Wait } from '../../../source/tenant/http/waiting.ts';
import { MAIL_OPTIONS, type MailboxAsking } from '../../../source/tenant/mailbox/ask-batch.ts';
import { NO_AUTHENTICATION_FLAGS } from '../../../source/tenant/authenticate/settings.ts';
import { type Whereabouts, whereaboutsOf } from '../../simulator/mail/mailbox-content.ts';
import { startTenant, type Tenant } from '../../simulator/start-tenant.ts';
import type { TenantOptions } from '../../simulator/tenant-options.ts';
import { temporaryFolder } from '../../import/temporary-case.ts';
import { clockOf, variablesFor } from '../../acquire/authenticate/pretend-sign-in.ts';

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
    flags: NO_AUTHENTICATION_FLAGS,
    variables: variablesFor(tenant, folder),
    ...{ remember: false, anew: false, askHidden: null },
    signal: new AbortController().signal,
    onNotice: () => undefined,
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
