import { activityFeed } from './activity/activity-feed.ts';
import { auditSearch } from './audit/audit-search.ts';
import type { AuditSearch } from './audit/audit-search.ts';
import type { Gate } from './auth/gate.ts';
import { directoryRoutes } from './directory/directory-routes.ts';
import { dispatchTo } from './graph-host.ts';
import type { Dispatch } from './graph-host.ts';
import type { TenantAnswer, TenantRequest } from './http/exchange.ts';
import { batchRoute } from './mail/batch.ts';
import { mailboxAccess } from './mail/mailbox-access.ts';
import type { MailboxAccess } from './mail/mailbox-access.ts';
import { mailboxConcurrency } from './mail/mailbox-concurrency.ts';
import type { MailboxConcurrency } from './mail/mailbox-concurrency.ts';
import { messageRoutes } from './mail/message-routes.ts';
import { translateRoutes } from './mail/translate-ids.ts';
import type { LoggedRequest } from './request-log.ts';
import { signInLog } from './sign-ins/sign-in-log.ts';
import type { SignInLog } from './sign-ins/sign-in-log.ts';
import type { Stage } from './stage.ts';
import { messageTrace } from './trace/message-trace.ts';
import type { MessageTrace } from './trace/message-trace.ts';
import { tracePrincipal } from './trace/trace-principal.ts';

/** All that Graph and the management host offer, and what tests look at of it. */
export interface Services {
  readonly dispatch: Dispatch;
  readonly management: (request: TenantRequest) => TenantAnswer;
  readonly audit: AuditSearch;
  readonly trace: MessageTrace;
  readonly mail: MailboxAccess;
  readonly concurrency: MailboxConcurrency;
  readonly signIns: SignInLog;
}

export const servicesOf = (
  stage: Stage,
  gate: Gate,
  note: (request: TenantRequest) => LoggedRequest,
): Services => {
  const principal = tracePrincipal(stage);
  const audit = auditSearch(stage);
  const trace = messageTrace(stage, principal);
  const signIns = signInLog(stage);
  const { concurrent, takes } = stage.settings.mail;
  const concurrency = mailboxConcurrency(concurrent, takes);
  const mail = mailboxAccess(stage, concurrency);
  const single = [
    ...audit.routes,
    ...trace.routes,
    ...messageRoutes(stage, mail),
    ...translateRoutes(mail),
    ...signIns.routes,
    ...directoryRoutes(stage, principal),
  ];
  // A batch is no part of a batch.
  const batch = batchRoute(stage, { dispatch: dispatchTo(single), note });
  return {
    dispatch: dispatchTo([...single, batch]),
    management: activityFeed(stage, gate).answer,
    audit,
    trace,
    mail,
    concurrency,
    signIns,
  };
};
