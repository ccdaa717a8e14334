/** What an owner's habit and an intruder's session come to, computed, for stories without a case. */
import type { SessionComparison } from '../../source/case/case.ts';
import { compare } from '../../source/domain/baseline/comparison.ts';
import { Habit, type HourOfAccess } from '../../source/domain/baseline/habit.ts';

/** 14 September 2026, a Monday, 00:00 UTC, in hours since 1970. */
const MONDAY = Date.UTC(2026, 8, 14) / 3_600_000;

const hour = (session: number, at: number, over: Partial<HourOfAccess['context']>) => ({
  session,
  hour: MONDAY + at,
  records: 12,
  context: {
    ...{ address: '77.174.28.9', client: 'Outlook on the web', appId: null, logonType: 0 },
    ...{ clientAppId: '9199bf20-a13f-4107-85dc-02114787ef48', deviceId: null },
    ...over,
  },
});

const HABIT = [0, 1, 2, 3, 4, 7, 8, 9].flatMap((day) => [
  hour(day + 10, day * 24 + 9, {}),
  hour(day + 10, day * 24 + 14, {}),
]);

const OWN = [
  hour(1, 26, { address: '95.96.75.118', client: 'eM Client \u001b[31m' }),
  hour(1, 33, { address: '2a02:a441:9c00:1234:5678:9abc:def0:1', deviceId: 'a'.repeat(36) }),
];

export const COMPARED: SessionComparison = {
  comparisons: [
    compare(
      { guid: 'guid-of-jacobs', owner: 'g.jacobs@contoso.example' },
      {
        habit: new Habit(OWN),
        others: { folders: new Map([['\\Archive', 40]]), minutes: new Map([[180, 1]]) },
      },
      {
        kind: 'beforeWindow',
        habit: new Habit(HABIT),
        others: { folders: new Map([['\\Inbox', 1902]]), minutes: new Map([[3, 40]]) },
      },
    ),
  ],
  sameAddress: [{ address: '95.96.75.118', contexts: { open: 3, malicious: 2, benign: 0 } }],
};
