import type { MessageKey } from '../../domain/lookups/wanted-message.ts';
import { unlessAborted } from '../../tenant/http/clock.ts';
import type { BegunLookup } from './begun-lookup.ts';

export interface FollowedRequests {
  readonly want: (messages: readonly MessageKey[]) => void;
  readonly end: () => void;
  /** Looks up what is wanted, as often as that changes; until `end`, or until nobody can be asked. */
  readonly drive: (begun: BegunLookup, signal: AbortSignal) => Promise<void>;
}

/** What somebody wants from moment to moment, also before anybody can look it up. */
export const followRequests = (): FollowedRequests => {
  let latest: readonly MessageKey[] | null = null;
  let ended = false;
  let wake: () => void = () => undefined;
  let take: (messages: readonly MessageKey[]) => void = (messages) => {
    latest = messages;
  };
  return {
    want(messages) {
      take(messages);
      wake();
    },
    end() {
      ended = true;
      wake();
    },
    async drive({ scheduler, singles, statement, work }, signal) {
      // While it works, too: it looks between two steps.
      take = (messages) => {
        singles.renew();
        scheduler.want(messages);
      };
      if (latest !== null) scheduler.want(latest);
      for (;;) {
        await scheduler.run();
        if (scheduler.isStuck && scheduler.wanted > 0) return;
        if (scheduler.isSettled) {
          if (ended) return;
          statement.goesOn();
          work.reporter.say('idle');
          await unlessAborted(new Promise<void>((resolve) => (wake = resolve)), signal);
        }
      }
    },
  };
};
