import assert from 'node:assert/strict';
import test from 'node:test';
import {
  compare,
  MOST_POINTS,
  type OtherHabits,
} from '../../../source/domain/baseline/comparison.ts';
import { Habit, type HourOfAccess } from '../../../source/domain/baseline/habit.ts';

/** 14 September 2026, a Monday, 00:00 UTC, in hours since 1970. */
const MONDAY = Date.UTC(2026, 8, 14) / 3_600_000;
const MAILBOX = { guid: 'guid-of-vera', owner: 'vera@contoso.example' };
const NOTHING: OtherHabits = { folders: new Map(), minutes: new Map() };

const hour = (
  at: number,
  records: number,
  over: Partial<HourOfAccess['context']> = {},
  session = 1,
): HourOfAccess => ({
  session,
  hour: MONDAY + at,
  records,
  context: {
    address: '198.51.100.7',
    client: 'Outlook on the web',
    appId: null,
    clientAppId: null,
    deviceId: null,
    logonType: 0,
    ...over,
  },
});

/** Twenty working days, 9 to 11, from one address. */
const owner = [0, 7, 14, 21]
  .flatMap((week) => [0, 1, 2, 3, 4].map((weekday) => week + weekday))
  .flatMap((day) => [hour(day * 24 + 9, 10, {}, day), hour(day * 24 + 10, 10, {}, day)]);

const beside = (
  own: readonly HourOfAccess[],
  before: readonly HourOfAccess[],
  others: { readonly own?: Partial<OtherHabits>; readonly before?: Partial<OtherHabits> } = {},
) =>
  compare(
    MAILBOX,
    { habit: new Habit(own), others: { ...NOTHING, ...others.own } },
    { kind: 'benign', habit: new Habit(before), others: { ...NOTHING, ...others.before } },
  );

const valuesOf = (comparison: ReturnType<typeof beside>, field: string) =>
  comparison.fields
    .find((one) => one.field === field)
    ?.values.map(({ value, rating, points }) => [value, rating, points]);

test('what the owner does every day has no points, and is seen before, never the same', () => {
  const found = beside([hour(7 * 24 + 9, 4)], owner);
  assert.equal(found.unlike, 0);
  assert.deepEqual(valuesOf(found, 'address'), [['198.51.100.7', 'seenBefore', 0]]);
  assert.deepEqual(valuesOf(found, 'hour'), [['09:00', 'seenBefore', 0]]);
  assert.deepEqual(valuesOf(found, 'weekday'), [['Monday', 'seenBefore', 0]]);
  assert.deepEqual(found.baseline, {
    ...{ kind: 'benign', records: 400, sessions: 20, days: 20, thin: false },
  });
});

test('a new address in a known network, at night, on a Sunday, with a new device', () => {
  const night = hour(6 * 24 + 3, 5, { address: '198.51.100.200', deviceId: 'D-1' });
  const found = beside([night], owner);
  assert.deepEqual(valuesOf(found, 'address'), [['198.51.100.200', 'new', 3]]);
  assert.deepEqual(valuesOf(found, 'network'), [['198.51.100.0/24', 'seenBefore', 0]]);
  assert.deepEqual(valuesOf(found, 'hour'), [['03:00', 'new', 1]]);
  assert.deepEqual(valuesOf(found, 'weekday'), [['Sunday', 'new', 1]]);
  assert.deepEqual(valuesOf(found, 'device'), [['d-1', 'new', 3]]);
  assert.equal(found.unlike, 8);
});

test('points count the part of the session that has the value; one below two in a hundred is rare', () => {
  const once = hour(9, 7, { address: '203.0.113.9' }, 99);
  const found = beside(
    [hour(9, 1, { address: '203.0.113.9' }), hour(9, 1, { address: '192.0.2.1' }), hour(9, 2)],
    [...owner, once],
  );
  assert.deepEqual(valuesOf(found, 'address'), [
    ['192.0.2.1', 'new', 0.8],
    ['203.0.113.9', 'rare', 0.4],
    ['198.51.100.7', 'seenBefore', 0],
  ]);
  const twice = beside([hour(9, 1, { address: '203.0.113.9' })], [...owner, once, once]);
  assert.deepEqual(valuesOf(twice, 'address'), [['203.0.113.9', 'seenBefore', 0]], '14 of 414');
});

test('what is not stated tells nothing', () => {
  const found = beside([hour(9, 1, { address: null, logonType: null })], owner);
  assert.deepEqual(valuesOf(found, 'address'), [[null, 'notStated', 0]]);
  assert.deepEqual(valuesOf(found, 'network'), [[null, 'notStated', 0]]);
  assert.deepEqual(valuesOf(found, 'logonType'), [[null, 'notStated', 0]]);
});

test('an application is told by the client that asked, before the service it asked', () => {
  const app = { appId: '00000003-0000-0000-C000-000000000000', clientAppId: 'ABC' };
  assert.deepEqual(valuesOf(beside([hour(9, 1, app)], owner), 'application'), [['abc', 'new', 3]]);
});

test('folders count messages, pace the minutes that were as fast', () => {
  const found = beside([hour(9, 1)], owner, {
    own: {
      folders: new Map([
        ['\\Inbox', 3],
        ['\\Archive', 1],
      ]),
      minutes: new Map([
        [80, 1],
        [2, 9],
      ]),
    },
    before: {
      folders: new Map([['\\Inbox', 900]]),
      minutes: new Map([
        [1, 400],
        [12, 3],
      ]),
    },
  });
  assert.deepEqual(valuesOf(found, 'folder'), [
    ['\\Archive', 'new', 0.3],
    ['\\Inbox', 'seenBefore', 0],
  ]);
  assert.deepEqual(valuesOf(found, 'pace'), [['80 in a minute', 'new', 2]]);
});

test('without a baseline nothing is unlike and nothing is seen before', () => {
  const found = beside([hour(9, 1)], []);
  assert.equal(found.unlike, null);
  assert.equal(found.baseline, null);
  assert.ok(
    found.fields.every(({ values }) => values.every(({ rating }) => rating === 'noBaseline')),
  );
});

test('a thin baseline says so: few records, or few days', () => {
  assert.equal(beside([hour(9, 1)], [hour(9, 500)]).baseline?.thin, true);
  assert.equal(beside([hour(9, 1)], owner.slice(0, 8)).baseline?.thin, true);
});

test('nothing can have more points than all fields together', () => {
  const all = { address: '192.0.2.1', client: 'x', clientAppId: 'y', deviceId: 'z', logonType: 2 };
  const found = beside([hour(6 * 24 + 3, 1, all)], owner, {
    own: { folders: new Map([['\\New', 1]]), minutes: new Map([[99, 1]]) },
    before: { folders: new Map([['\\Inbox', 1]]), minutes: new Map([[1, 1]]) },
  });
  assert.equal(found.unlike, MOST_POINTS);
});
