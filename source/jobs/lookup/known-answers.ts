import { endOfAll } from '../../domain/lookup.ts';
import { type WantedMessage, wantedKey } from '../../domain/wanted-message.ts';
import type { CaseFolder } from '../../store/case-folder.ts';
import { FollowedRecords } from '../../store/follow-records.ts';
import { LookupStanding } from '../../store/queries/lookup-standing.ts';
import type { LookUpStatement } from './look-up-events.ts';
import type { LookUpOrder } from './look-up-messages.ts';

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
    const wanted = new Map<string, WantedMessage>();
    for (const key of wish.messages)
      for (const message of standing.resolve(key)) wanted.set(wantedKey(message), message);
    for (const message of wanted.values()) {
      if (standing.hasMetadata(message)) {
        counts.found += 1;
        continue;
      }
      if (!isAnswered(standing, message, wish)) return null;
      const services = ['messageTrace', 'mailbox'] as const;
      const ends = services.flatMap((service) => standing.endOf(message, service)?.end ?? []);
      counts[endOfAll(ends) ?? 'open'] += 1;
    }
    return { asked: wanted.size, ...counts, ...ANSWERED };
  });
};
