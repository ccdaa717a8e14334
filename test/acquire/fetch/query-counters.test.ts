import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TimeOrder } from '../../../source/acquire/fetch/query-counters.ts';

const PERIOD = { from: '2026-09-01T00:00:00Z', to: '2026-09-02T00:00:00Z' };
const at = (hour: number): string => `2026-09-01T0${hour}:00:00Z`;

const orderOf = (...hours: number[]): TimeOrder => {
  const order = new TimeOrder();
  for (const hour of hours) order.take([at(hour)]);
  return order;
};

test('records in one order tell what has not come yet', () => {
  assert.deepEqual(orderOf(1, 2, 2, 3).rest(PERIOD), { from: at(3), to: PERIOD.to });
  assert.deepEqual(orderOf(3, 2, 1).rest(PERIOD), { from: PERIOD.from, to: at(1) });
});

test('in no order, or all at one moment, any of the period may be missing', () => {
  for (const order of [orderOf(1, 3, 2), orderOf(2, 2), orderOf()]) {
    assert.equal(order.last, null);
    assert.deepEqual(order.rest(PERIOD), PERIOD);
  }
});
