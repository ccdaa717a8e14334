import type { CasePlan } from '../case.ts';
import { mailOf } from '../mail.ts';
import type { Mail } from '../mail.ts';
import { hashOf } from '../random.ts';

/** What a message trace knows of one message. */
export interface TracedMail {
  /** Without brackets. */
  readonly messageId: string;
  readonly networkMessageId: string;
  readonly sender: string;
  readonly recipients: readonly { readonly address: string; readonly status: TraceStatus }[];
  readonly subject: string;
  /** Seconds since 1970, UTC. */
  readonly receivedAt: number;
  readonly size: number;
  readonly incoming: boolean;
}
export type TraceStatus = 'Delivered' | 'Failed' | 'FilteredAsSpam';

/** What a trace shows of a message. */
export const tracedAs = (
  mail: Mail,
  how: Pick<TracedMail, 'receivedAt' | 'incoming'>,
  statusOf: (recipient: number) => TraceStatus = () => 'Delivered',
): TracedMail => ({
  messageId: mail.messageId,
  networkMessageId: mail.networkMessageId,
  sender: mail.sender,
  recipients: mail.recipients.map((address, index) => ({ address, status: statusOf(index) })),
  subject: mail.subject,
  size: mail.size,
  ...how,
});

/**
 * The traced part of a case's mail, newest not first: drafts were never sent and have no trace,
 * and of the rest `share` was kept. Each message once, in whatever mailboxes it lies.
 */
export function* tracedMail(plan: CasePlan, share = 0.7): Generator<TracedMail> {
  const { company, mailCount, start } = plan;
  for (const mailbox of company.mailboxes)
    for (let number = 0; number < mailCount; number += 1) {
      const chance = hashOf(plan.seed, 31, mailbox.index, number);
      const mail = mailOf(company, mailbox, number, start);
      if (mail.shared && mailbox.index > 0) continue;
      if (mail.unidentified || mail.folder.role === 'drafts') continue;
      if (chance > share * 4294967296) continue;
      const how = { receivedAt: mail.sentAt, incoming: mail.sender !== mailbox.upn };
      yield tracedAs(mail, how, (recipient) =>
        (chance + recipient) % 40 === 0 ? 'Failed' : 'Delivered',
      );
    }
}
