import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastInOrder, pageFacts } from '../../../source/tenant/audit-search/page-facts.ts';

const record = (id: string, time: string) => ({
  id,
  createdDateTime: time,
  administrativeUnits: [''],
  auditData: { Id: id, Subject: 'a "quoted" { brace \\', Folders: [{ Path: '\\Inbox' }] },
});
const bytes = (text: string): Uint8Array => Buffer.from(text);

const ONE = record('A-1', '2026-09-01T00:00:00Z');
const TWO = record('A-2', '2026-09-01T01:00:00Z');
const ERROR = '{"error":{"code":"UnknownError","message":"Unexpected Jsontoken."}}';

test('a page tells its records and the next one', () => {
  const page = { '@odata.nextLink': 'https://x/next', value: [ONE, TWO] };
  assert.deepEqual(pageFacts(bytes(JSON.stringify(page))), {
    ids: ['a-1', 'a-2'],
    times: [ONE.createdDateTime, TWO.createdDateTime],
    records: 2,
    nextLink: 'https://x/next',
    spoiled: false,
  });
});

test('of a page that breaks, the whole records before the break count', () => {
  const torn = JSON.stringify(record('A-3', 'x')).replace('""]', `""]${ERROR}`);
  for (const end of [torn, torn.slice(0, -20), ERROR, '{"id":"A-3","created']) {
    const text = `{"value":[${JSON.stringify(ONE)},${JSON.stringify(TWO)},${end}`;
    const facts = pageFacts(bytes(text));
    assert.deepEqual([facts.ids, facts.spoiled, facts.nextLink], [['a-1', 'a-2'], true, null], end);
  }
});

test('an error under HTTP 200 is no page without records', () => {
  assert.deepEqual(pageFacts(bytes(ERROR)).spoiled, true);
  assert.deepEqual(pageFacts(bytes('')).spoiled, true);
  assert.deepEqual(pageFacts(bytes('<html>')).spoiled, true);
});

test('an array of AuditData tells ids and times as well', () => {
  const facts = pageFacts(bytes('[{"Id":"B-1","CreationTime":"2026-09-01T00:00:00"}]'));
  assert.deepEqual([facts.ids, facts.times], [['b-1'], ['2026-09-01T00:00:00Z']]);
});

test('where records come in no order, the last one tells nothing', () => {
  const facts = (...times: string[]) =>
    pageFacts(bytes(JSON.stringify({ value: times.map((time, at) => record(`${at}`, time)) })));
  const [early, middle, late] = [1, 2, 3].map((hour) => `2026-09-01T0${hour}:00:00Z`);
  assert.equal(lastInOrder(facts(early ?? '', middle ?? '', late ?? '')), late);
  assert.equal(lastInOrder(facts(late ?? '', middle ?? '', early ?? '')), early);
  assert.equal(lastInOrder(facts(early ?? '', late ?? '', middle ?? '')), null);
});
