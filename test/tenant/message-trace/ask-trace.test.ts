import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tracePage, tracePath } from '../../../source/tenant/message-trace/ask-trace.ts';

const WINDOW = { from: Date.parse('2026-11-14T00:00:00Z'), to: Date.parse('2026-11-24T09:30:15Z') };

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
  assert.deepEqual(page('{"value":[]}'), { rows: 0, messageIds: new Set(), nextLink: null });
  const full = page(
    '{"value":[{"messageId":"<A@x>"},{"messageId":"<A@x>"},{"messageId":null}],"@odata.nextLink":"https://g/next"}',
  );
  assert.deepEqual(full, { rows: 3, messageIds: new Set(['A@x']), nextLink: 'https://g/next' });
});
