import { readTraffic } from './asked-traffic.ts';
import type { BegunLookUp } from './begun-lookup.ts';
import type { LookUpStatement } from './lookup-events.ts';
import { secondsFor, singleWindows } from './trace-singles.ts';

/** What a look-up came to, for what was wanted last. */
export const lookUpStatement = ({
  work,
  course,
  traffic,
  singles,
}: Pick<BegunLookUp, 'work' | 'course' | 'traffic' | 'singles'>): LookUpStatement => {
  const counts = { found: 0, olderThanTrace: 0, notFound: 0, failed: 0, open: 0 };
  const left = { messages: 0, requests: 0 };
  for (const { message, outcome, traced } of course.outcomes()) {
    counts[outcome ?? 'open'] += 1;
    if (outcome === 'found' || !singles.isLeft(message, traced)) continue;
    left.messages += 1;
    left.requests += singleWindows(message.firstAccess, work.reach.window()).length;
  }
  return {
    asked: course.wanted,
    ...counts,
    notAskedSingly: { ...left, seconds: secondsFor(left.requests) },
    ...readTraffic(traffic.asked),
    requests: work.teller.sent.requests,
    refused: course.refused,
  };
};
