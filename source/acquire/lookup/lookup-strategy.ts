import type { LookupService } from '../../domain/lookups/lookup.ts';
import type { WantedMessage } from '../../domain/lookups/wanted-message.ts';
import type { KnownEnd, MessageQueue } from '../../store/wanted-messages.ts';

/**
 * One way to the metadata of messages; the ladder (`domain.md`, From ids to people) is a list of them.
 * It is driven step by step, so that what is wanted may change between two steps.
 *
 * The scheduler hands `step` the messages that have no metadata yet and that this strategy `wants`, the
 * most urgent first, until none is left; then the next strategy has its turn. A step
 * 1. asks for the first of them, and for as many of the others as go with it: some seconds of work,
 * 2. through `answerBatch` (`answered-batch.ts`), which keeps each answer byte for byte before it is
 *    read, imports what came as a source of its own (origin "fetched"), notes how the messages ended in
 *    lookups.jsonl and in records.db, and goes on after a crash without asking again,
 * 3. and gives at least one of them an end: else it would be handed the same ones for ever.
 *
 * What ends one message alone (a mail gone, a page broken) is its end `failed`. What ends the strategy
 * for all (no permission, a service principal missing, no network) is thrown as it came (TenantRefusal,
 * Problem, the signal's reason): the scheduler then leaves it out for the rest of the run, says why, and
 * goes on with the others.
 */
export interface LookupStrategy {
  readonly service: LookupService;
  /**
   * Whether it has anything to ask about this message; not once an end of it was noted in this run.
   * `end`: of this service; null: never asked, or it is to be asked again.
   */
  readonly wants: (message: WantedMessage, end: KnownEnd | null) => boolean;
  /** It has asked as much as it may, whatever is left. */
  readonly isSpent: boolean;
  /** `messages` is not empty. */
  readonly step: (messages: MessageQueue) => Promise<void>;
}

/** Never asked, or failed before: what most strategies look at (`wants`). */
export const isOpen = (end: KnownEnd | null): boolean =>
  end === null || (end.end === 'failed' && !end.now);

const HOUR = 3_600_000;

/** By this machine's clock it was accessed in the future: up to then no trace can be asked for. */
export const isAhead = ({ firstAccess }: WantedMessage, now: number): boolean =>
  firstAccess !== null && Date.parse(firstAccess) > now + HOUR;

export const AHEAD =
  'it was accessed later than it is now by the clock of this machine: set the clock, then look up again';
