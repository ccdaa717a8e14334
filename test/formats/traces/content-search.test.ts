import assert from 'node:assert/strict';
import { test } from 'node:test';
import { restIdOf } from '../../../source/domain/records/item-id.ts';
import type { TraceRow } from '../../../source/domain/lookups/trace.ts';
import { claimingFormats, openRows } from '../../../source/formats/open-rows.ts';
import { contentSearch } from '../../../source/formats/traces/content-search.ts';

const contentsOf = (text: string) => {
  const bytes = Buffer.from(text);
  const opened = openRows(bytes, true);
  if ('problem' in opened) assert.fail(opened.problem);
  assert.equal(opened.reader.format.name, 'content-search-items');
  return [...opened.reader.push(bytes), ...opened.reader.end()].map(({ content }) => content);
};

const tracesOf = (text: string): readonly TraceRow[] =>
  contentsOf(text).flatMap((content) =>
    content.kind === 'trace' ? content.traces : assert.fail(JSON.stringify(content)),
  );

const file = (header: string, ...rows: readonly (readonly string[])[]): string =>
  [
    header,
    ...rows.map((cells) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')),
  ].join('\r\n') + '\r\n';

test('the classic list: every field, the order of its dates proved by another row', () => {
  assert.deepEqual(
    claimingFormats(Buffer.from(contentSearch.sample), true).map(({ name }) => name),
    ['content-search-items'],
  );
  assert.deepEqual(tracesOf(contentSearch.sample), [
    {
      source: 'contentSearch',
      messageId: 'a7@fabrikam.example',
      networkMessageId: null,
      sender: 'anna@fabrikam.example',
      recipients: [
        { address: 'g.jacobs@contoso.example', status: null },
        { address: 'hr@contoso.example', status: null },
      ],
      status: null,
      subject: 'Passport copies',
      receivedAt: '2025-09-20T16:05:03Z',
      size: 45678,
    },
  ]);
});

test('the load file of a review set: attachments carry the id of their mail and are no message', () => {
  const header =
    'File_ID,File_class,Family_ID,Compound_path,Email_message_ID,Email_subject,Email_sender,Email_to,Email_cc,Email_bcc,Email_date_sent,Email_date_received,Native_size';
  const path = 'g.jacobs@contoso.example\\Inbox';
  const mail = [
    '1',
    'Email',
    '1',
    path,
    '<R1@fabrikam.example>',
    'Offer',
    'Anna <A@Fabrikam.example>',
  ];
  const traces = tracesOf(
    file(
      header,
      [
        ...mail,
        'G <g@contoso.example>; H <h@contoso.example>',
        '',
        'x@x.example',
        '2026-03-01T10:00:00Z',
        '2026-03-01T10:00:07Z',
        '2048',
      ],
      [
        '2',
        'Attachment',
        '1',
        path,
        '<R1@fabrikam.example>',
        'salaries.xlsx',
        '',
        '',
        '',
        '',
        '',
        '',
        '1024',
      ],
      ['3', 'Document', '3', 'https://contoso/x.docx', '', '', '', '', '', '', '', '', '9'],
    ),
  );
  assert.equal(traces.length, 1);
  assert.equal(traces[0]?.messageId, 'R1@fabrikam.example');
  assert.equal(traces[0]?.subject, 'Offer');
  assert.equal(traces[0]?.sender, 'a@fabrikam.example');
  assert.deepEqual(
    traces[0]?.recipients.map(({ address }) => address),
    ['g@contoso.example', 'h@contoso.example', 'x@x.example'],
  );
  assert.equal(traces[0]?.receivedAt, '2026-03-01T10:00:07Z');
  assert.equal(traces[0]?.size, 2048);
});

test('the report of the new eDiscovery: display names as headers, a draft has only a sent date', () => {
  const header =
    'Immutable ID,Item class,Location name,Internet message ID,Subject/Title,Sender/Author,To,CC,BCC,Recipients,Sent,Received,Size';
  const [trace] = tracesOf(
    file(header, [
      ...[
        'i1',
        'IPM.Note',
        'g@contoso.example',
        'n1@x.example',
        'Bank details',
        'g@contoso.example',
      ],
      ...['b@x.example', '', '', 'b@x.example', '2026-03-13T10:00:00Z', '', '77'],
    ]),
  );
  assert.equal(trace?.messageId, 'n1@x.example');
  assert.equal(trace?.subject, 'Bank details');
  assert.equal(trace?.sender, 'g@contoso.example');
  assert.equal(trace?.receivedAt, '2026-03-13T10:00:00Z');
  assert.deepEqual(trace?.recipients, [{ address: 'b@x.example', status: null }]);
});

test('domain.md 10: a date counts only where the file proves its order of day and month', () => {
  const header =
    'Item Identity,Subject or Title,Sender or Created by,Sent,Received or Created,Internet Message Id';
  const row = (sent: string, received: string, id: string) => [
    'i',
    's',
    'a@x.example',
    sent,
    received,
    id,
  ];
  assert.deepEqual(
    tracesOf(file(header, row('4/5/2026 1:00:00 PM', '4/5/2026 1:00:02 PM', '<a@x>'))).map(
      ({ receivedAt }) => receivedAt,
    ),
    [null],
  );
  // The sent date of one row proves the received date of another.
  assert.deepEqual(
    tracesOf(
      file(
        header,
        row('4/5/2026 1:00:00 PM', '4/5/2026 1:00:02 PM', '<a@x>'),
        row('4/30/2026 11:59:59 PM', '5/1/2026 12:00:02 AM', '<b@x>'),
      ),
    ).map(({ receivedAt }) => receivedAt),
    ['2026-04-05T13:00:02Z', '2026-05-01T00:00:02Z'],
  );
});

test('a list without message ids is known, and none of its rows names a message', () => {
  const header = 'Item Identity,Document ID,Target Path,Subject or Title,Sender or Created by';
  assert.deepEqual(contentsOf(file(header, ['AAMk', '0', 'p', 'Offer', 'a@x.example'])), [
    { kind: 'trace', traces: [] },
  ]);
});

test('a table that merely has a subject and a sender is no item list', () => {
  assert.deepEqual(
    claimingFormats(Buffer.from('MessageId,Subject,Sender\n<a@x>,s,b@x\n'), true),
    [],
  );
});

test('an item is spoken of by the item id that its identity names, with a message id or without', () => {
  const itemId = Buffer.from([70, ...new Uint8Array(70).fill(9), 15]).toString('base64');
  const identity = restIdOf(itemId, '1a0b7c9e-2222-4333-8444-555566667777') ?? assert.fail();
  const header = 'Item Identity,Subject or Title,Sender or Created by,Internet Message Id';
  const text = file(
    header,
    [identity, 'Offer', 'anna@fabrikam.example', '<o@fabrikam.example>'],
    [identity, 'Draft', 'anna@fabrikam.example', ''],
    ['AAMkADAwMDA=', 'Contact', 'anna@fabrikam.example', ''],
  );
  assert.deepEqual(
    tracesOf(text).map((row) => [row.messageId ?? row.itemId, row.subject]),
    [
      ['o@fabrikam.example', 'Offer'],
      [itemId, 'Offer'],
      [itemId, 'Draft'],
    ],
  );
});
