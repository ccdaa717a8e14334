import type { MessageKey } from '../../domain/lookups/wanted-message.ts';
import { unlessAborted } from '../../tenant/http/clock.ts';
import type { BegunLookUp } from './begun-lookup.ts';

export interface FollowedWishes {
  readonly want: (messages: readonly MessageKey[]) => void;
  readonly end: () => void;
  /** Looks up what is wanted, as often as that changes; until `end`, or until nobody can be asked. */
  readonly drive: (begun: BegunLookUp, signal: AbortSignal) => Promise<void>;
}

/** What somebody wants from moment to moment, also before anybody can look it up. */
export const followWishes = (): FollowedWishes => {
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
    async drive({ course, singles, statement, work }, signal) {
      // While it works, too: it looks between two steps.
      take = (messages) => {
        singles.renew();
        course.want(messages);
      };
      if (latest !== null) course.want(latest);
      for (;;) {
        await course.run();
        if (course.isStuck && course.wanted > 0) return;
        if (course.isSettled) {
          if (ended) return;
          statement.goesOn();
          work.teller.say('idle');
          await unlessAborted(new Promise<void>((resolve) => (wake = resolve)), signal);
        }
      }
    },
  };
};
