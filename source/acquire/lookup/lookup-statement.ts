import { readTraffic } from './asked-traffic.ts';
import type { BegunLookup } from './begun-lookup.ts';
import type { LookupStatement } from './lookup-events.ts';
import { secondsFor, singleWindows } from './trace-singles.ts';

/** What a lookup came to, for what was wanted last. */
export const lookupStatement = ({
  work,
  scheduler,
  traffic,
  singles,
}: Pick<BegunLookup, 'work' | 'scheduler' | 'traffic' | 'singles'>): LookupStatement => {
  const counts = { found: 0, olderThanTrace: 0, notFound: 0, failed: 0, open: 0 };
  const left = { messages: 0, requests: 0 };
  for (const { message, outcome, traced } of scheduler.outcomes()) {
    counts[outcome ?? 'open'] += 1;
    if (outcome === 'found' || !singles.isLeft(message, traced)) continue;
    left.messages += 1;
    left.requests += singleWindows(message.firstAccess, work.reach.window()).length;
  }
  return {
    asked: scheduler.wanted,
    ...counts,
    notAskedSingly: { ...left, seconds: secondsFor(left.requests) },
    ...readTraffic(traffic.asked),
    requests: work.reporter.sent.requests,
    refused: scheduler.refused,
  };
};
