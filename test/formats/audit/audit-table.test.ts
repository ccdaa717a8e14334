import assert from 'node:assert/strict';
import test from 'node:test';
import { provedDateOrder } from '../../../source/formats/audit/audit-table.ts';
import { auditContentOf, auditContents, csvOf, RECORD } from './content-of.ts';

const pair = (date: string, time: string) => ({
  date,
  auditData: JSON.stringify({ CreationTime: time }),
});

test('the order of day and month is what the CreationTime of the same rows proves', () => {
  assert.equal(provedDateOrder([pair('3/4/2026 1:00:00 AM', '2026-03-04T01:00:00')]), 'monthFirst');
  assert.equal(provedDateOrder([pair('3/4/2026 1:00:00 AM', '2026-04-03T01:00:00')]), 'dayFirst');
});

test('it is not proved by a date that reads both ways alike', () => {
  assert.equal(provedDateOrder([]), null);
  assert.equal(provedDateOrder([pair('4/4/2026 1:00:00 AM', '2026-04-04T01:00:00')]), null);
});

test('rows that disagree, or whose date is another day than their record, are read in no order', () => {
  for (const [date, time] of [
    ['5/6/2026 1:00:00 AM', '2026-06-05T01:00:00'],
    ['5/6/2026 1:00:00 AM', '2026-05-07T01:00:00'],
  ] as const)
    assert.equal(
      provedDateOrder([pair('3/4/2026 1:00:00 AM', '2026-03-04T01:00:00'), pair(date, time)]),
      'mixed',
    );
});

test('a date that can be read one way only proves its order itself', () => {
  assert.equal(
    provedDateOrder([pair('9/20/2026 1:00:00 AM', '2026-09-20T01:00:00')]),
    'monthFirst',
  );
});

const search = (auditData: string, date: string): string =>
  csvOf({
    RecordType: 'x',
    CreationDate: date,
    UserIds: 'u',
    Operations: 'o',
    AuditData: auditData,
    Identity: 'the-id',
  });

test('the envelope gives the id always, and a time only where AuditData has none', () => {
  const format = 'search-unifiedauditlog-csv';
  const whole = auditContentOf(format, search(JSON.stringify(RECORD), '6/3/2026 4:05:03 AM'));
  assert.deepEqual(whole.envelope, { id: 'the-id', time: null });
  const { CreationTime: _, ...timeless } = RECORD;
  const text = JSON.stringify(timeless);
  assert.equal(auditContentOf(format, search(text, '6/3/2026 4:05:03 AM')).envelope.time, null);
  assert.equal(
    auditContentOf(format, search(text, '2026-06-03T04:05:03.0000000Z')).envelope.time,
    '2026-06-03T04:05:03Z',
  );
});

test('a local date serves once another row of the file has proved the order', () => {
  const { CreationTime: _, ...timeless } = RECORD;
  const rows = [
    search(JSON.stringify(RECORD), '3-6-2026 04:05:03'),
    search(JSON.stringify(timeless), '4-6-2026 04:05:03').split('\r\n')[1],
  ].join('\r\n');
  const [, second] = auditContents('search-unifiedauditlog-csv', rows);
  assert.equal(second?.envelope.time, '2026-06-04T04:05:03Z');
});
