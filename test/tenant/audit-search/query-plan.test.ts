import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FetchAsked, TimeRange } from '../../../source/domain/fetches/fetch.ts';
import {
  aroundBreak,
  halves,
  mayBeCutOff,
  planQueries,
} from '../../../source/tenant/audit-search/query-plan.ts';

const START = Date.parse('2026-09-01T00:00:00Z');
const iso = (seconds: number): string =>
  `${new Date(START + seconds * 1000).toISOString().slice(0, 19)}Z`;
const at = (time: string): number => (Date.parse(time) - START) / 1000;

const ASKED: FetchAsked = {
  users: ['Anna@contoso.example'],
  mailboxes: [],
  addresses: [],
  from: iso(0),
  to: iso(86_400),
};

test('a user is asked for as actor and as a word of the record', () => {
  assert.deepEqual(
    planQueries(ASKED).map(({ filter }) => filter),
    [
      { by: 'actors', names: ['Anna@contoso.example'] },
      { by: 'keyword', word: 'Anna@contoso.example', of: 'owner' },
    ],
  );
});

test('an object id matches no actor; names that are alike are asked for once', () => {
  const id = '1a0b7c9e-2222-4333-8444-555566667777';
  const planned = planQueries(
    { ...ASKED, users: [id], mailboxes: [id.toUpperCase()] },
    {
      mailboxes: [id],
      addresses: [],
    },
  );
  assert.deepEqual(
    planned.map(({ filter }) => filter),
    [{ by: 'keyword', word: id.toUpperCase(), of: 'owner' }],
  );
});

test('without a name, one query asks for the whole tenant', () => {
  const planned = planQueries({ ...ASKED, users: [] });
  assert.deepEqual(planned, [{ filter: { by: 'operation' }, from: ASKED.from, to: ASKED.to }]);
});

const covers = (windows: readonly TimeRange[], from: number, to: number): boolean => {
  let reached = from;
  for (const window of windows.toSorted((one, other) => at(one.from) - at(other.from))) {
    if (at(window.from) > reached) return false;
    reached = Math.max(reached, at(window.to));
  }
  return reached >= to;
};

test('windows split to ever shorter ones that overlap, leave nothing out, and end at a minute', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9_000_000 }),
      fc.integer({ max: 9_000_000 }),
      (length, last) => {
        const window = { from: iso(0), to: iso(length) };
        for (const split of [halves(window), aroundBreak(window, iso(last))]) {
          if (length <= 60) {
            assert.equal(split, null);
            continue;
          }
          assert.ok(split !== null && covers(split, 0, length));
          for (const one of split) {
            const seconds = at(one.to) - at(one.from);
            assert.ok(seconds < length && seconds >= 60, `${length}, ${last}: ${seconds}`);
          }
          const inOrder = split.toSorted((one, other) => at(one.from) - at(other.from));
          inOrder.slice(1).forEach((one, index) => {
            const shared = at(inOrder[index]?.to ?? '') - at(one.from);
            assert.ok(
              shared >= Math.min(15, Math.floor(length / 4)),
              `shares ${shared} s of ${length}`,
            );
          });
        }
      },
    ),
  );
});

test('around a break the narrow window has the broken record in its middle', () => {
  const split = aroundBreak({ from: iso(0), to: iso(86_400) }, iso(40_000)) ?? [];
  assert.deepEqual(
    split.map(({ from, to }) => [at(from), at(to)]),
    [
      [0, 39_940],
      [39_880, 40_120],
      [40_060, 86_400],
    ],
  );
});

test('where the tenant does not say whether a query was cut off, as many records as its limit leave it open', () => {
  assert.equal(mayBeCutOff(null, 999_999), false);
  assert.equal(mayBeCutOff(null, 1_000_000), true);
  assert.equal(mayBeCutOff(false, 3_000_000), false, 'more licences, a higher limit');
  assert.equal(mayBeCutOff(true, 10), true);
});
