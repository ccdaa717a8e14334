import { endOfAll } from '../../domain/lookups/lookup.ts';
import type { LookupEnd } from '../../domain/exposure/unresolved.ts';
import type { WantedMessage } from '../../domain/lookups/wanted-message.ts';
import type { CaseFolder } from '../../store/case-folder.ts';
import { FollowedRecords } from '../../store/follow-records.ts';
import { LookupStatus } from '../../store/queries/lookup-status.ts';
import type { LookupStatement } from '../../domain/lookups/lookup-progress.ts';
import type { LookupOrder } from './lookup-order.ts';
import { WantedMessages } from '../../store/wanted-messages.ts';

type LookupRequest = Pick<LookupOrder, 'messages' | 'again' | 'mailbox'>;

/** No strategy would ask anything more about it. */
const isAnswered = (
  status: LookupStatus,
  message: WantedMessage,
  request: LookupRequest,
): boolean => {
  const trace = status.endOf(message, 'messageTrace');
  const mailbox = status.endOf(message, 'mailbox');
  const traced =
    message.messageId === null ||
    trace?.end === 'olderThanTrace' ||
    (trace?.end === 'notFound' && trace.how === 'single');
  const looked =
    !request.mailbox ||
    message.mailbox === null ||
    mailbox?.end === 'notFound' ||
    mailbox?.end === 'found';
  return traced && looked && (!request.again || trace?.end === 'olderThanTrace');
};

/** null: it is to be asked for. */
const knownOutcome = (
  status: LookupStatus,
  message: WantedMessage,
  request: LookupRequest,
): 'found' | LookupEnd | 'open' | null => {
  if (status.hasMetadata(message)) return 'found';
  if (!isAnswered(status, message, request)) return null;
  const services = ['messageTrace', 'mailbox'] as const;
  return (
    endOfAll(services.flatMap((service) => status.endOf(message, service)?.end ?? [])) ?? 'open'
  );
};

const ANSWERED = {
  notAskedSingly: { messages: 0, requests: 0, seconds: 0 },
  lateSince: null,
  traffic: null,
  requests: 0,
  refused: [],
} as const;

/**
 * What a lookup would come to, where the case has the answer to all of it: nobody need sign in for
 * that. null: something is to be asked.
 */
export const knownAnswers = (
  folder: CaseFolder,
  request: LookupRequest,
): LookupStatement | null => {
  using records = new FollowedRecords(folder, (db) => new LookupStatus(db));
  return records.ask((status) => {
    const counts = { found: 0, olderThanTrace: 0, notFound: 0, failed: 0, open: 0 };
    using seen = new WantedMessages();
    // One by one: the first that is to be asked for ends it, and there may be a hundred thousand.
    for (const key of request.messages)
      for (const message of status.resolve(key)) {
        if (!seen.add(message)) continue;
        const outcome = knownOutcome(status, message, request);
        if (outcome === null) return null;
        counts[outcome] += 1;
      }
    return { asked: seen.length, ...counts, ...ANSWERED };
  });
};
