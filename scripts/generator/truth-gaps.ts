import type { Access } from './access.ts';
import { recordTime } from './access.ts';

/** A period the log cannot vouch for, of one mailbox: 24 hours from a throttled record on. */
export interface GapTruth {
  readonly mailboxGuid: string;
  readonly from: string;
  readonly to: string;
}

const DAY = 86400;

/** Touching gaps of one mailbox are one, whoever caused them (`domain.md`, Exposure 1). */
export const gapsOf = (accesses: readonly Access[]): readonly GapTruth[] => {
  const byMailbox = new Map<string, number[]>();
  for (const { throttled, mailbox, at } of accesses)
    if (throttled) byMailbox.set(mailbox.guid, [...(byMailbox.get(mailbox.guid) ?? []), at]);
  const gaps: GapTruth[] = [];
  for (const [mailboxGuid, starts] of byMailbox) {
    const merged: { from: number; to: number }[] = [];
    for (const at of starts.toSorted((a, b) => a - b)) {
      const last = merged.at(-1);
      if (last && at <= last.to) last.to = at + DAY;
      else merged.push({ from: at, to: at + DAY });
    }
    for (const { from, to } of merged)
      gaps.push({ mailboxGuid, from: `${recordTime(from)}Z`, to: `${recordTime(to)}Z` });
  }
  return gaps;
};

/** The most records of one mailbox in any 24 hours: over 1,000 a gap is suspected, from 800 a warning. */
export const busiestDay = (times: readonly number[]): number => {
  const sorted = times.toSorted((a, b) => a - b);
  let most = 0;
  for (let from = 0, to = 0; to < sorted.length; to += 1) {
    while (sorted[to]! - sorted[from]! >= DAY) from += 1;
    most = Math.max(most, to - from + 1);
  }
  return most;
};
