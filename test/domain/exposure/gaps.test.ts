import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  exposedSpan,
  gapMatters,
  gapsOf,
  isPossibleBulkCopy,
} from '../../../source/domain/exposure/gaps.ts';

const START = Date.parse('2026-01-10T00:00:00Z');
const DAY = 86_400_000;
const HOUR = 3_600_000;

/** `count` times, evenly from START, the last of them exactly `span` later. */
const spread = (count: number, span: number, from = START): number[] =>
  Array.from({ length: count }, (_, n) =>
    n === count - 1 ? from + span : from + Math.floor((n * span) / count),
  );
const at = (time: number): string => new Date(time).toISOString();
const found = (
  throttled: readonly string[],
  recordTimes: number[] = [],
  bindTimes: number[] = [],
) => gapsOf({ throttled, recordTimes, bindTimes });

describe('gaps (domain.md, Exposure 1)', () => {
  it('a throttled record opens 24 hours', () => {
    assert.deepEqual(found(['2026-01-10T08:00:00Z']).gaps, [
      { from: '2026-01-10T08:00:00Z', to: '2026-01-11T08:00:00Z', kind: 'throttled' },
    ]);
    assert.deepEqual(found([]), { gaps: [], nearLimit: false });
  });

  it('touching ones merge, in any order; a millisecond apart they do not', () => {
    const days = ['2026-01-11T08:00:00Z', '2026-01-10T08:00:00Z', '2026-01-10T09:00:00Z'];
    assert.deepEqual(found(days).gaps, [
      { from: '2026-01-10T08:00:00Z', to: '2026-01-12T08:00:00Z', kind: 'throttled' },
    ]);
    const apart = found(['2026-01-10T08:00:00Z', '2026-01-11T08:00:00.001Z']).gaps;
    assert.deepEqual(
      apart.map(({ from }) => from),
      ['2026-01-10T08:00:00Z', '2026-01-11T08:00:00.001Z'],
    );
  });

  it('more than 1,000 records in 24 hours: suspected, from the moment the limit was passed', () => {
    assert.deepEqual(found([], spread(1000, 0)).gaps, []);
    assert.deepEqual(found([], spread(1001, DAY)).gaps, [
      { from: '2026-01-11T00:00:00Z', to: '2026-01-12T00:00:00Z', kind: 'suspected' },
    ]);
    assert.deepEqual(found([], spread(1001, DAY + 1)).gaps, []);
  });

  it('counts binds alike', () => {
    assert.equal(found([], [], spread(1001, HOUR)).gaps.length, 1);
    assert.equal(found([], spread(1001, HOUR), spread(1001, HOUR)).gaps.length, 1);
  });

  it('stays suspected while the limit stays passed', () => {
    const [gap] = found([], spread(1200, 2 * HOUR)).gaps;
    assert.equal(gap?.to, '2026-01-11T02:00:00Z');
    assert.ok(Date.parse(gap?.from ?? '') < START + 2 * HOUR);
  });

  it('is not suspected where a throttled record is in or at the end of the range', () => {
    const times = spread(1001, HOUR);
    const kinds = (throttled: number): string[] =>
      found([at(throttled)], times).gaps.map(({ kind }) => kind);
    assert.deepEqual(kinds(START), ['throttled']);
    assert.deepEqual(kinds(START + HOUR), ['throttled']);
    assert.deepEqual(kinds(START + DAY), ['throttled']);
    assert.deepEqual(kinds(START + DAY + 1), ['suspected', 'throttled']);
    assert.deepEqual(kinds(START - 1), ['throttled', 'suspected']);
  });

  it('warns from 800 on', () => {
    assert.equal(found([], spread(799, 0)).nearLimit, false);
    assert.equal(found([], spread(800, DAY)).nearLimit, true);
    assert.equal(found([], spread(800, DAY + 1)).nearLimit, false);
    assert.equal(found([], [], spread(800, DAY)).nearLimit, true);
    assert.equal(found([at(START + HOUR)], spread(800, DAY)).nearLimit, false);
  });

  it('agrees with counting every range by hand', () => {
    const times = fc.array(fc.integer({ min: 0, max: 1500 }), {
      minLength: 990,
      maxLength: 1400,
      size: 'max',
    });
    fc.assert(
      fc.property(
        times,
        fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 2 }),
        (minutes, marks) => {
          const sorted = minutes.map((minute) => START + minute * 72_000).sort((a, b) => a - b);
          const throttled = marks.map((minute) => START + minute * 60_000);
          const passed = sorted.some((from) => {
            const within = sorted.filter((time) => time >= from && time <= from + DAY);
            return (
              within.length > 1000 && !throttled.some((time) => time >= from && time <= from + DAY)
            );
          });
          const kinds = found(throttled.map(at), sorted).gaps.map(({ kind }) => kind);
          assert.equal(kinds.includes('suspected'), passed);
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('whether a gap matters', () => {
  const gap = { from: '2026-01-10T00:00:00Z', to: '2026-01-11T00:00:00Z' };

  const at = Date.parse;
  const matters = (
    window: Parameters<typeof exposedSpan>[0],
    malicious: { readonly first: string; readonly last: string } | null,
  ): boolean => {
    const activity =
      malicious === null ? null : { first: at(malicious.first), last: at(malicious.last) };
    return gapMatters(gap, exposedSpan(window, activity));
  };

  it('meets the access window, at its ends too, and ends may be open', () => {
    const met = (from: string | null, to: string | null): boolean => matters({ from, to }, null);
    assert.equal(met('2026-01-11T00:00:00Z', '2026-01-20T00:00:00Z'), true);
    assert.equal(met('2026-01-11T00:00:00.001Z', '2026-01-20T00:00:00Z'), false);
    assert.equal(met('2026-01-01T00:00:00Z', '2026-01-10T00:00:00Z'), true);
    assert.equal(met('2026-01-01T00:00:00Z', '2026-01-09T23:59:59Z'), false);
    assert.equal(met(null, '2026-01-10T00:00:00Z'), true);
    assert.equal(met('2026-01-12T00:00:00Z', null), false);
    assert.equal(met('2026-01-02T00:00:00Z', null), true);
    assert.equal(met(null, null), false);
  });

  it('without a window: from 24 hours before to 25 hours after the malicious activity', () => {
    const near = (first: string, last: string): boolean => matters(null, { first, last });
    assert.equal(near('2026-01-12T00:00:00Z', '2026-01-13T00:00:00Z'), true);
    assert.equal(near('2026-01-12T00:00:00.001Z', '2026-01-13T00:00:00Z'), false);
    assert.equal(near('2026-01-01T00:00:00Z', '2026-01-08T23:00:00Z'), true);
    assert.equal(near('2026-01-01T00:00:00Z', '2026-01-08T22:59:59Z'), false);
    assert.equal(matters(null, null), false);
  });

  it('a narrow window never takes away what malicious records touch', () => {
    const inside = { first: gap.from, last: gap.to };
    assert.equal(matters({ from: '2026-02-01T00:00:00Z', to: null }, inside), true);
    assert.equal(matters({ from: null, to: null }, inside), true);
  });

  it('from the earlier start to the later end of both, and what lies between them', () => {
    const before = { first: '2025-12-01T00:00:00Z', last: '2025-12-02T00:00:00Z' };
    const window = { from: '2026-02-01T00:00:00Z', to: '2026-02-02T00:00:00Z' };
    assert.equal(matters(window, null), false);
    assert.equal(matters(null, before), false);
    assert.equal(matters(window, before), true);
  });
});

describe('possible bulk copy', () => {
  it('is 500 bind operations within an hour', () => {
    const copy = (times: number[], operations: number): boolean =>
      isPossibleBulkCopy(times.map((time) => ({ time, operations })));
    assert.equal(copy(spread(500, HOUR), 1), true);
    assert.equal(copy(spread(500, HOUR + 1), 1), false);
    assert.equal(copy(spread(499, HOUR), 1), false);
    assert.equal(copy([START, START + HOUR], 250), true);
    assert.equal(copy([START, START + HOUR + 1, START + 2 * HOUR + 2], 499), false);
    assert.equal(copy([START - 2 * HOUR, START, START + 1], 250), true);
    assert.equal(copy([], 1), false);
  });
});
