import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TenantRefusal } from '../../../source/tenant/http/refusal.ts';
import {
  startIsTooOld,
  tracePage,
  tracePath,
} from '../../../source/tenant/message-trace/ask-trace.ts';

const WINDOW = { from: Date.parse('2026-11-14T00:00:00Z'), to: Date.parse('2026-11-24T09:30:15Z') };

const at = (text: string): number => Date.parse(text);

const filterOf = (path: string): string =>
  new URL(path, 'https://graph.example').searchParams.get('$filter') ?? '';

test('one value of one property, and both ends of the range', () => {
  const path = tracePath({ by: 'recipient', address: 'vera@contoso.example' }, WINDOW);
  assert.equal(
    filterOf(path),
    "recipientAddress eq 'vera@contoso.example' and receivedDateTime ge 2026-11-14T00:00:00Z and receivedDateTime le 2026-11-24T09:30:15Z",
  );
  assert.match(path, /&\$top=5000$/);
  assert.match(filterOf(tracePath({ by: 'sender', address: 'a@b' }, WINDOW)), /^senderAddress eq /);
});

test('ids of any spelling arrive as they are, and nothing of them is left to be read otherwise', () => {
  const id = "O'Hara+a/b=*&#?%20(x)!@mail.example";
  const path = tracePath({ by: 'messageId', messageId: id }, WINDOW);
  assert.ok(
    filterOf(path).startsWith("messageId eq '<O''Hara+a/b=*&#?%20(x)!@mail.example>' and "),
  );
  const encoded = path.slice(path.indexOf('=') + 1, path.indexOf('&$top'));
  assert.match(encoded, /^[\w.~%-]+$/);
});

test('what is no page is none, whatever its status was', () => {
  const page = (body: string) => tracePage(Buffer.from(body));
  assert.equal(page('<html>'), null);
  assert.equal(page('{"value":[{"id":"1"}],"error":{"code":"UnknownError"}}'), null);
  assert.equal(page('{"value":{}}'), null);
  const none = { rows: 0, rowIds: [], messageIds: new Set(), earliest: null, nextLink: null };
  assert.deepEqual(page('{"value":[]}'), none);
  const full = page(
    '{"value":[{"messageId":"<A@x>","receivedDateTime":"2026-11-20T10:00:01Z"},' +
      '{"id":"1","messageId":"<A@x>","recipientAddress":"a@x","receivedDateTime":"2026-11-20T10:00:00.5Z"},' +
      '{"messageId":null}],"@odata.nextLink":"https://g/next"}',
  );
  assert.deepEqual(full, {
    rows: 3,
    rowIds: ['[null,"<A@x>",null]', '["1","<A@x>","a@x"]', '[null,null,null]'],
    messageIds: new Set(['A@x']),
    earliest: at('2026-11-20T10:00:00.500Z'),
    nextLink: 'https://g/next',
  });
});

const refusal = (serverMessage: string | null, kind: 'request' | 'permission' = 'request') =>
  new TenantRefusal('no', '', { kind, status: 400, codes: ['BadRequest'], serverMessage });

test('a start that is too far back is told by its words', () => {
  const words = "Invalid StartDate value. The StartDate can't be older than 90 days from today.";
  assert.ok(startIsTooOld(refusal(words)));
  for (const other of [refusal('Invalid filter clause.'), refusal(null), new Error(words)])
    assert.ok(!startIsTooOld(other));
});
