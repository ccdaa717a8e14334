import { graphError, lineOf } from '../http/exchange.ts';
import type { TenantAnswer } from '../http/exchange.ts';
import { isPermitted } from '../http/routes.ts';
import type { Call } from '../http/routes.ts';
import type { Stage } from '../stage.ts';
import type { Mailbox } from '../../../scripts/generator/world.ts';
import type { MailboxConcurrency } from './mailbox-concurrency.ts';
import { mailboxContent } from './mailbox-content.ts';
import type { MailboxContent } from './mailbox-content.ts';

const ACCESS_DENIED = graphError(
  403,
  'ErrorAccessDenied',
  'Access is denied. Check credentials and try again.',
);

/** A mailbox that a caller may look into. */
export interface OpenedMailbox {
  readonly content: MailboxContent;
  readonly basic: boolean;
}

type MailRun = (opened: OpenedMailbox, call: Call) => TenantAnswer;

export interface MailboxAccess {
  readonly contentOf: (mailbox: Mailbox) => MailboxContent;
  /** The mailbox of a call, or why there is none. */
  readonly named: (call: Call) => Mailbox | TenantAnswer;
  /** A route's run: opens the mailbox, four at a time, or says why not. */
  readonly opened: (run: MailRun, full?: boolean) => (call: Call) => Promise<TenantAnswer>;
}

const READ = { delegated: ['Mail.Read'], application: ['Mail.Read'] };
const BASIC = {
  delegated: [...READ.delegated, 'Mail.ReadBasic'],
  application: [...READ.application, 'Mail.ReadBasic.All'],
};
const SHARED = { delegated: ['Mail.Read.Shared'], application: [] };
const SHARED_BASIC = { delegated: ['Mail.Read.Shared', 'Mail.ReadBasic.Shared'], application: [] };

const listed = (upns: readonly string[] | null, upn: string): boolean =>
  upns === null || upns.some((one) => one.toLowerCase() === upn.toLowerCase());

export const mailboxAccess = (stage: Stage, concurrency: MailboxConcurrency): MailboxAccess => {
  const contents = new Map<string, MailboxContent>();
  const { plan } = stage.content;
  const { applicationScope, sharedWithAnalyst } = stage.settings.mail;

  const contentOf = (mailbox: Mailbox): MailboxContent => {
    const known = contents.get(mailbox.guid) ?? mailboxContent(plan, mailbox);
    contents.set(mailbox.guid, known);
    return known;
  };

  const mailboxNamed = ({ named, caller }: Call): Mailbox | TenantAnswer => {
    const name = (named['user'] ?? caller.person?.upn ?? '').toLowerCase();
    const owner = plan.company.mailboxes.find(
      ({ upn, objectId }) => upn.toLowerCase() === name || objectId === name,
    );
    if (owner) return owner;
    const exists = stage.people.some(
      ({ upn, objectId }) => upn.toLowerCase() === name || objectId === name,
    );
    return exists
      ? graphError(
          404,
          'MailboxNotEnabledForRESTAPI',
          'The mailbox is either inactive, soft-deleted, or is hosted on-premise.',
        )
      : graphError(404, 'ErrorInvalidUser', `The requested user '${named['user']}' is invalid.`);
  };

  const mayOpen = ({ caller }: Call, mailbox: Mailbox, full: boolean): boolean => {
    if (caller.kind === 'application')
      return isPermitted(caller, full ? READ : BASIC) && listed(applicationScope, mailbox.upn);
    if (caller.person?.objectId === mailbox.objectId)
      return isPermitted(caller, full ? READ : BASIC);
    return (
      isPermitted(caller, full ? SHARED : SHARED_BASIC) && listed(sharedWithAnalyst, mailbox.upn)
    );
  };

  const overLimit = (): TenantAnswer =>
    graphError(429, 'ApplicationThrottled', 'Application is over its MailboxConcurrency limit.', {
      'Retry-After': String(stage.faults.retryAfter('mail-throttled')),
    });

  return {
    contentOf,
    named: mailboxNamed,
    opened:
      (run, full = false) =>
      async (call) => {
        const mailbox = mailboxNamed(call);
        if ('status' in mailbox) return mailbox;
        if (!mayOpen(call, mailbox, full)) return ACCESS_DENIED;
        if (stage.faults.strikes('mail-throttled', lineOf(call.request))) return overLimit();
        const opened = { content: contentOf(mailbox), basic: !mayOpen(call, mailbox, true) };
        const key = `${call.caller.clientId} ${mailbox.guid}`;
        return (await concurrency.within(key, () => run(opened, call))) ?? overLimit();
      },
  };
};
