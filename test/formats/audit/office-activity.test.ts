import assert from 'node:assert/strict';
import test from 'node:test';
import { readRow } from '../../../source/domain/records/read-row.ts';
import { auditContentOf, csvOf, jsonLines } from './content-of.ts';
import { rowsOf } from '../rows-of.ts';

const ROW = {
  TenantId: 'not of the record',
  TimeGenerated: '2026-06-03T04:05:03Z',
  RecordType: 'ExchangeItemAggregated',
  Operation: 'MailItemsAccessed',
  UserType: 'Application',
  OfficeWorkload: 'Exchange',
  Logon_Type: 'Delegated',
  Client_IPAddress: '203.0.113.5',
  UserId: 'anna@contoso.example',
  UserId_: 'anna@contoso.example',
  OfficeId: '00000000-0000-4000-8000-000000000001',
  SourceRecordId: '00000000-0000-4000-8000-000000000001',
  Folders: '[{"Path":"\\\\Inbox","FolderItems":[{"InternetMessageId":"<a@b>"}]}]',
  Item: '',
  OperationProperties: '[{"Name":"MailAccessType","Value":"Bind"}]',
  AppAccessContext: '{"AADSessionId":"s"}',
};

const CLASSIC = {
  RecordType: 50,
  Operation: 'MailItemsAccessed',
  UserType: 5,
  Folders: [{ Path: '\\Inbox', FolderItems: [{ InternetMessageId: '<a@b>' }] }],
  OperationProperties: [{ Name: 'MailAccessType', Value: 'Bind' }],
  AppAccessContext: { AADSessionId: 's' },
  Id: '00000000-0000-4000-8000-000000000001',
  Workload: 'Exchange',
  ClientIPAddress: '203.0.113.5',
  LogonType: 2,
  UserId: 'anna@contoso.example',
  CreationTime: '2026-06-03T04:05:03Z',
};

test('a row becomes AuditData under its classic names, words numbers, JSON text objects', () => {
  const { auditData, losses } = auditContentOf('sentinel-officeactivity-json', jsonLines(ROW));
  assert.deepEqual(auditData, CLASSIC);
  assert.deepEqual(losses, []);
});

test('answers of the API, with column objects and with column names, and the portal CSV say the same', () => {
  const columns = Object.keys(ROW);
  const rows = [Object.values(ROW)];
  const described = columns.map((name) => ({ name, type: 'string' }));
  const { TimeGenerated, ...others } = ROW;
  for (const [format, file] of [
    ['sentinel-officeactivity-json', JSON.stringify({ columns, rows })],
    [
      'sentinel-officeactivity-json',
      JSON.stringify({ tables: [{ name: 'x', columns: described, rows }] }),
    ],
    ['sentinel-officeactivity-csv', csvOf({ 'TimeGenerated [UTC]': TimeGenerated, ...others })],
  ] as const) {
    assert.deepEqual(auditContentOf(format, file).auditData, CLASSIC);
  }
});

test('JSON text that was cut damages the row, and names its field', () => {
  const reasons = rowsOf(jsonLines({ ...ROW, Folders: '[{"Path":"x' })).map(
    ({ content }) => content,
  );
  assert.deepEqual(reasons, [{ kind: 'damaged', reason: 'broken JSON in "Folders"' }]);
});

test('a local date of the portal is no time where nothing proves its order, and says so', () => {
  const content = auditContentOf(
    'sentinel-officeactivity-json',
    jsonLines({ ...ROW, TimeGenerated: '6/3/2026, 4:05:03.000 AM' }),
  );
  assert.deepEqual(readRow(content), {
    read: 'damaged',
    reason:
      'no time: nothing proves whether "6/3/2026, 4:05:03.000 AM" has the day or the month first',
    time: null,
  });
});

test('rows of a second table, whose columns differ, are damaged and not misread', () => {
  const table = (columns: string[], row: string[]) => ({ columns, rows: [row] });
  const first = table(Object.keys(ROW), Object.values(ROW));
  const kinds = rowsOf(JSON.stringify({ tables: [first, table(['Status'], ['ok'])] })).map(
    ({ content }) => content.kind,
  );
  assert.deepEqual(kinds, ['audit', 'damaged']);
});
