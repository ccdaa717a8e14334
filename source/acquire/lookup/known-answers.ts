import { endOfAll } from '../../domain/lookups/lookup.ts';
import type { LookupEnd } from '../../domain/exposure/unresolved.ts';
import type { WantedMessage } from '../../domain/lookups/wanted-message.ts';
import type { CaseFolder } from '../../store/case-folder.ts';
import { FollowedRecords } from '../../store/follow-records.ts';
import { LookupStanding } from '../../store/queries/lookup-standing.ts';
import type { LookUpStatement } from './lookup-events.ts';
import type { LookUpOrder } from './lookup-order.ts';
import { WantedList } from './wanted-list.ts';

type Wish = Pick<LookUpOrder, 'messages' | 'again' | 'mailbox'>;

/** No way there is would ask anything more about it. */
const isAnswered = (standing: LookupStanding, message: WantedMessage, wish: Wish): boolean => {
  const trace = standing.endOf(message, 'messageTrace');
  const mailbox = standing.endOf(message, 'mailbox');
  const traced =
    message.messageId === null ||
    trace?.end === 'olderThanTrace' ||
    (trace?.end === 'notFound' && trace.how === 'single');
  const looked =
    !wish.mailbox ||
    message.mailbox === null ||
    mailbox?.end === 'notFound' ||
    mailbox?.end === 'found';
  return traced && looked && (!wish.again || trace?.end === 'olderThanTrace');
};

/** null: it is to be asked for. */
const knownOutcome = (
  standing: LookupStanding,
  message: WantedMessage,
  wish: Wish,
): 'found' | LookupEnd | 'open' | null => {
  if (standing.hasMetadata(message)) return 'found';
  if (!isAnswered(standing, message, wish)) return null;
  const services = ['messageTrace', 'mailbox'] as const;
  return (
    endOfAll(services.flatMap((service) => standing.endOf(message, service)?.end ?? [])) ?? 'open'
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
 * What a look-up would come to, where the case has the answer to all of it: nobody need sign in for
 * that. null: something is to be asked.
 */
export const knownAnswers = (folder: CaseFolder, wish: Wish): LookUpStatement | null => {
  using records = new FollowedRecords(folder, (db) => new LookupStanding(db));
  return records.ask((standing) => {
    const counts = { found: 0, olderThanTrace: 0, notFound: 0, failed: 0, open: 0 };
    const seen = new WantedList();
    let asked = 0;
    // One by one: the first that is to be asked for ends it, and there may be a hundred thousand.
    for (const key of wish.messages)
      for (const message of standing.resolve(key)) {
        if (seen.add(message) < asked) continue;
        asked += 1;
        const outcome = knownOutcome(standing, message, wish);
        if (outcome === null) return null;
        counts[outcome] += 1;
      }
    return { asked, ...counts, ...ANSWERED };
  });
};
