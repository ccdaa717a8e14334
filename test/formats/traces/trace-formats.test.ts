import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TraceRow } from '../../../source/domain/lookups/trace.ts';
import type { Row } from '../../../source/formats/format.ts';
import { claimingFormats, openRows } from '../../../source/formats/open-rows.ts';
import { FORMATS } from '../../../source/formats/registry.ts';

const rowsOf = (bytes: Buffer): Row[] => {
  const opened = openRows(bytes, true);
  if ('problem' in opened) assert.fail(opened.problem);
  return [...opened.reader.push(bytes), ...opened.reader.end()];
};

const tracesOf = (text: string | Buffer): readonly TraceRow[] =>
  rowsOf(Buffer.from(text)).flatMap(({ content }) =>
    content.kind === 'trace' ? content.traces : assert.fail(JSON.stringify(content)),
  );

const sampleOf = (name: string): string =>
  FORMATS.find((format) => format.name === name)?.sample ?? assert.fail(name);

const expected = {
  'message-trace-csv': {
    source: 'importedTrace',
    messageId: 'a1@fabrikam.example',
    networkMessageId: '00000000-0000-4000-8000-0000000000a1',
    sender: 'anna@fabrikam.example',
    recipients: [{ address: 'g.jacobs@contoso.example', status: 'delivered' }],
    status: 'delivered',
    subject: 'Wire transfer',
    receivedAt: '2025-09-20T16:05:03Z',
    size: 45678,
  },
  'message-trace-v2-csv': {
    source: 'importedTrace',
    messageId: 'a2@fabrikam.example',
    networkMessageId: '00000000-0000-4000-8000-0000000000a2',
    sender: 'anna@fabrikam.example',
    recipients: [{ address: 'g.jacobs@contoso.example', status: 'delivered' }],
    status: 'delivered',
    subject: 'Salary review',
    receivedAt: '2026-07-23T22:01:22.048Z',
    size: 51200,
  },
  'message-trace-json': {
    source: 'importedTrace',
    messageId: 'a3@fabrikam.example',
    networkMessageId: '00000000-0000-4000-8000-0000000000a3',
    sender: 'anna@fabrikam.example',
    recipients: [{ address: 'g.jacobs@contoso.example', status: 'delivered' }],
    status: 'delivered',
    subject: 'Passport scan',
    receivedAt: '2026-07-23T22:01:22.048Z',
    size: 61440,
  },
  'graph-message-trace': {
    source: 'importedTrace',
    messageId: 'a4@fabrikam.example',
    networkMessageId: '00000000-0000-4000-8000-0000000000a4',
    sender: 'anna@fabrikam.example',
    recipients: [{ address: 'g.jacobs@contoso.example', status: 'filteredasspam' }],
    status: 'filteredasspam',
    subject: 'Quarterly report',
    receivedAt: '2026-06-13T10:30:00Z',
    size: 45678,
  },
  'historical-search-summary': {
    source: 'historicalSearch',
    messageId: 'a5@fabrikam.example',
    networkMessageId: '00000000-0000-4000-8000-0000000000a5',
    sender: 'anna@fabrikam.example',
    recipients: [
      { address: 'g.jacobs@contoso.example', status: 'delivered' },
      { address: '"hr team<hr"@contoso.example', status: 'failed' },
    ],
    status: null,
    subject: 'AW: Offer',
    receivedAt: '2026-03-23T10:00:09.3284899Z',
    size: 49790,
  },
  'historical-search-extended': {
    source: 'historicalSearch',
    messageId: 'a6@fabrikam.example',
    networkMessageId: '00000000-0000-4000-8000-0000000000a6',
    sender: 'anna@fabrikam.example',
    recipients: [
      { address: 'g.jacobs@contoso.example', status: 'delivered' },
      { address: 'hr@contoso.example', status: 'delivered' },
    ],
    status: null,
    subject: 'Last day details',
    receivedAt: '2026-11-23T19:49:37.605Z',
    size: 89464,
  },
};

for (const [name, trace] of Object.entries(expected)) {
  test(`formats.md 3: ${name} claims its sample alone and reads every field`, () => {
    const sample = Buffer.from(sampleOf(name));
    assert.deepEqual(
      claimingFormats(sample, true).map((format) => format.name),
      [name],
    );
    assert.deepEqual(tracesOf(sample), [trace]);
  });
}

test('formats.md 3: UTF-16LE, with and without a byte order mark, and UTF-8 with one', () => {
  for (const name of ['historical-search-summary', 'historical-search-extended'] as const) {
    for (const mark of ['', '\ufeff'])
      assert.deepEqual(tracesOf(Buffer.from(mark + sampleOf(name), 'utf16le')), [expected[name]]);
    assert.deepEqual(tracesOf(`\ufeff${sampleOf(name)}`), [expected[name]]);
  }
});

test('formats.md 2: `;` between cells, as Excel saves in many locales', () => {
  const text = `MessageTraceId;MessageId;Received;SenderAddress;RecipientAddress;Subject;Status;Size
n;<m@x>;23.07.2026 22:01:22;a@x;b@x;"Offer; final";Delivered;1.024
`;
  const [trace] = tracesOf(text);
  assert.equal(trace?.subject, 'Offer; final');
  assert.equal(trace?.receivedAt, '2026-07-23T22:01:22Z');
  assert.equal(trace?.size, 1024);
});

test('formats.md 3: headers that keep literal quotes are the same headers', () => {
  const sample = sampleOf('historical-search-extended');
  const end = sample.indexOf('\r\n');
  const quoted = sample
    .slice(0, end)
    .split(',')
    .map((name) => `"""${name}"""`);
  assert.deepEqual(tracesOf(quoted.join(',') + sample.slice(end)), [
    expected['historical-search-extended'],
  ]);
});

test('domain.md 10: a local date counts only where the file proves its order', () => {
  const file = (...dates: string[]) =>
    `MessageTraceId,MessageId,Received,RecipientAddress\r\n${dates
      .map((date, index) => `n${index},<m${index}@x>,${date},b@x\r\n`)
      .join('')}`;
  const times = (...dates: string[]) => tracesOf(file(...dates)).map((row) => row.receivedAt);
  assert.deepEqual(times('4/5/2026 1:00:00 PM', '4/20/2026 12:00:00 AM'), [
    '2026-04-05T13:00:00Z',
    '2026-04-20T00:00:00Z',
  ]);
  assert.deepEqual(times('04/05/2026 13:00:00', '20/04/2026 00:00:00'), [
    '2026-05-04T13:00:00Z',
    '2026-04-20T00:00:00Z',
  ]);
  assert.deepEqual(times('4/5/2026 1:00:00 PM'), [null]);
  assert.deepEqual(times('5/5/2026 1:00 PM'), ['2026-05-05T13:00:00Z']);
  assert.deepEqual(times('4/5/2026 1:00:00', '4/20/2026 1:00:00', '20/4/2026 1:00:00'), [
    null,
    '2026-04-20T01:00:00Z',
    '2026-04-20T01:00:00Z',
  ]);
  assert.deepEqual(times('2026/04/05 1:00:00'), ['2026-04-05T01:00:00Z']);
  assert.deepEqual(times('13/13/2026 1:00:00', '4/20/2026 13:00:00 PM'), [null, null]);
});

test('a row without a message id is damaged, the rest is read', () => {
  const text = 'MessageTraceId,MessageId,Received,RecipientAddress\nn,,,b@x\nn,<m@x>,,\n';
  const [bad, good] = rowsOf(Buffer.from(text)).map((row) => row.content);
  assert.deepEqual(bad, { kind: 'damaged', reason: 'a message trace without a message id' });
  assert.ok(good?.kind === 'trace');
  assert.deepEqual(good.traces[0]?.recipients, []);
});

test('events of an extended report that settle nothing leave the status open', () => {
  const sample = sampleOf('historical-search-extended').replace('DELIVER', 'AGENTINFO');
  assert.deepEqual(
    tracesOf(sample)[0]?.recipients.map((recipient) => recipient.status),
    [null, null],
  );
});

test('ConvertTo-Json of Windows PowerShell writes times as /Date(…)/', () => {
  const element = {
    MessageTraceId: 'n',
    MessageId: '<m@x>',
    RecipientAddress: 'b@x',
    Received: '/Date(1784844082048)/',
  };
  assert.equal(tracesOf(JSON.stringify([element]))[0]?.receivedAt, '2026-07-23T22:01:22.048Z');
});
