import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  laterStart,
  traceStart,
  traceWindows,
  uncovered,
} from '../../../source/tenant/message-trace/trace-windows.ts';

const DAY = 86_400_000;
const at = (text: string): number => Date.parse(text);
const NOW = at('2026-11-24T09:30:15.500Z');

test('the trace begins at midnight (UTC) ninety days ago', () => {
  assert.equal(traceStart(NOW), at('2026-08-26T00:00:00Z'));
  assert.equal(traceStart(at('2026-11-24T00:00:00Z')), at('2026-08-26T00:00:00Z'));
});

test('nobody asks for what leaves the reach before its turn comes', () => {
  assert.equal(traceStart(at('2026-11-24T22:59:59Z')), at('2026-08-26T00:00:00Z'));
  assert.equal(traceStart(at('2026-11-24T23:00:00Z')), at('2026-08-27T00:00:00Z'));
});

test('a start that was refused becomes a later one, as often as there is another way to count', () => {
  const starts = [];
  for (let from: number | null = 0; from !== null; from = laterStart(from, NOW)) starts.push(from);
  assert.deepEqual(
    starts.slice(1).map((start) => new Date(start).toISOString().slice(0, 19)),
    ['2026-08-26T00:00:00', '2026-08-26T10:30:15', '2026-08-27T00:00:00'],
  );
});

test('windows of ten days at most hold everything, the newest first, neighbours share a second', () => {
  const windows = traceWindows(traceStart(NOW), NOW);
  assert.equal(windows.length, 10);
  assert.equal(windows[0]?.to, at('2026-11-24T09:30:15Z'));
  assert.equal(windows.at(-1)?.from, traceStart(NOW));
  for (const [number, { from, to }] of windows.entries()) {
    assert.ok(to - from <= 10 * DAY && to > from);
    assert.equal(windows[number + 1]?.to ?? from, from);
  }
  const [single] = traceWindows(5 * DAY, 5 * DAY);
  assert.deepEqual(single, { from: 5 * DAY, to: 5 * DAY });
  assert.deepEqual(traceWindows(5 * DAY, 4 * DAY), []);
});

test('what no range covers, in order of time', () => {
  const wanted = { from: 10, to: 50 };
  assert.deepEqual(uncovered(wanted, []), [wanted]);
  assert.deepEqual(uncovered(wanted, [{ from: 0, to: 60 }]), []);
  assert.deepEqual(
    uncovered(wanted, [
      { from: 40, to: 45 },
      { from: 0, to: 20 },
      { from: 15, to: 25 },
    ]),
    [
      { from: 25, to: 40 },
      { from: 45, to: 50 },
    ],
  );
  assert.deepEqual(
    uncovered(wanted, [
      { from: 10, to: 30 },
      { from: 30, to: 50 },
    ]),
    [],
  );
  assert.deepEqual(uncovered(wanted, [{ from: 60, to: 90 }]), [wanted]);
});
