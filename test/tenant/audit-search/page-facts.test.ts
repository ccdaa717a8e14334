import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beginsLikePage, pageFacts } from '../../../source/tenant/audit-search/page-facts.ts';

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
    addresses: new Map(),
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

test('a byte order mark and names in another case change nothing', () => {
  const page = {
    '@odata.NextLink': 'https://x/next',
    Value: [{ Id: 'A-1', CreatedDateTime: ONE.createdDateTime, AuditData: { ClientIP: '::1' } }],
  };
  const facts = pageFacts(bytes(`\uFEFF${JSON.stringify(page)}`));
  assert.deepEqual([facts.ids, facts.spoiled, facts.nextLink], [['a-1'], false, 'https://x/next']);
  assert.deepEqual([...facts.addresses], [['::1', ['a-1']]]);
  assert.ok(beginsLikePage(bytes(`\uFEFF${JSON.stringify(page)}`)));
});

test('what begins like no page is none: a page of HTML, an error, nothing', () => {
  for (const text of ['<html>{"value":[', ERROR, '', '{"id":"q"}'])
    assert.equal(beginsLikePage(bytes(text)), false, text);
  assert.ok(beginsLikePage(bytes(`{"value":[${JSON.stringify(ONE)},{"id":"A-3"${ERROR}`)));
});
