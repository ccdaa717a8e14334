import assert from 'node:assert/strict';
import test from 'node:test';
import { auditContentOf, auditContents, csvOf, jsonLines, RECORD } from './content-of.ts';
import { rowsOf } from '../rows-of.ts';

const TEXT = JSON.stringify(RECORD);
const reasonOf = (file: string): string => {
  const content = rowsOf(file)[0]?.content;
  return content?.kind === 'damaged' ? content.reason : `not damaged: ${content?.kind}`;
};

test('AuditData as object and as text are the same, in arrays one after another', () => {
  const row = (AuditData: unknown) => ({ Operations: 'x', Identity: 'the-id', AuditData });
  const file = `${JSON.stringify([row(RECORD), row(TEXT)], null, 2)}\r\n\r\n${JSON.stringify(row(RECORD), null, 2)}`;
  const contents = auditContents('search-unifiedauditlog-json', file);
  assert.deepEqual(
    contents.map(({ auditData }) => auditData),
    [RECORD, RECORD, RECORD],
  );
  assert.equal(contents[0]?.envelope.id, 'the-id');
});

test('Graph: annotations go at any depth, the envelope crosses user ids and is not believed', () => {
  const annotated = {
    '@odata.type': '#microsoft.graph.security.defaultAuditData',
    'RecordType@odata.type': '#Int64',
    ...RECORD,
    'Folders@odata.type': '#Collection(microsoft.graph.x)',
    Folders: [
      {
        '@odata.type': '#x',
        Id: 'LgAB',
        Path: '\\Inbox',
        FolderItems: [{ '@odata.type': '#y', InternetMessageId: '<a@b>' }],
      },
    ],
  };
  const page = {
    value: [
      { id: 'g', createdDateTime: '2026-06-03T04:05:03Z', userId: 'key', auditData: annotated },
    ],
  };
  const { auditData, envelope } = auditContentOf('graph-audit-json', JSON.stringify(page));
  assert.deepEqual(auditData, RECORD);
  assert.deepEqual(envelope, { id: 'g', time: '2026-06-03T04:05:03Z' });
});

test('Defender: RawEventData as object, as text, and in the streaming wrapper', () => {
  const event = (RawEventData: unknown) => ({ ActionType: 'MailItemsAccessed', RawEventData });
  const file = jsonLines(event(RECORD), event(TEXT), { time: 't', properties: event(RECORD) });
  for (const { auditData } of auditContents('defender-cloudappevents-json', file)) {
    assert.deepEqual(auditData, RECORD);
  }
});

test('Defender: rows of another kind are other operations; one that lost its record is damaged', () => {
  const good = { ActionType: 'MailItemsAccessed', RawEventData: RECORD };
  const file = (other: object) => jsonLines(other, good);
  const [first] = auditContents('defender-cloudappevents-json', file({ ActionType: 'LdapSearch' }));
  assert.equal(first?.auditData['Operation'], 'LdapSearch');
  assert.equal(
    reasonOf(file({ ActionType: 'MailItemsAccessed', RawEventData: '' })),
    'RawEventData is missing in this row',
  );
});

test('Splunk: AuditData first, _raw where it is empty or cut; a cut _raw is damaged', () => {
  const row = (AuditData: string, raw: string) => csvOf({ AuditData, Identity: 'i', _raw: raw });
  for (const file of [row(TEXT, ''), row('', TEXT), row(TEXT.slice(0, 50), TEXT)]) {
    assert.deepEqual(auditContentOf('splunk-csv', file).auditData, RECORD);
  }
  assert.equal(reasonOf(row('', TEXT.slice(0, 50))), 'truncated: _raw ends too early');
  assert.equal(reasonOf(row('', '')), '_raw is empty');
});

test('Splunk: _raw may hold a row of Search-UnifiedAuditLog around the record', () => {
  for (const raw of [RECORD, { AuditData: RECORD }, { AuditData: TEXT }]) {
    const file = jsonLines({ preview: false, result: { _raw: JSON.stringify(raw) } });
    assert.deepEqual(auditContentOf('splunk-json', file).auditData, RECORD);
  }
});

test('Elastic: the old and the new name of Folders, dotted names, the original where it is sound', () => {
  const { Folders, ...rest } = RECORD;
  const renamed = { ...rest, ExchangeAggregatedFolders: Folders };
  const dotted = Object.fromEntries(
    Object.entries(RECORD).map(([name, value]) => [`o365.audit.${name}`, value]),
  );
  const hit = (audit: object, original?: string) => ({
    _source: { event: { original }, o365: { audit } },
  });
  const documents = [
    hit(RECORD),
    hit(renamed),
    hit({ ...rest, Id: 'other' }, TEXT),
    hit(renamed, TEXT.slice(0, 90)),
    { o365: { audit: RECORD } },
    { _source: dotted },
  ];
  for (const document of documents) {
    assert.deepEqual(auditContentOf('elastic-o365-json', jsonLines(document)).auditData, RECORD);
  }
  const response = JSON.stringify({
    took: 1,
    hits: { total: { value: 2 }, hits: documents.slice(0, 2) },
  });
  assert.equal(auditContents('elastic-o365-json', response).length, 2);
});

test('Wazuh: the record is in data.office365', () => {
  const file = jsonLines({ rule: { id: '1' }, data: { office365: RECORD } });
  assert.deepEqual(auditContentOf('wazuh-office365-json', file).auditData, RECORD);
});

test('bare records: other operations too, keys as they are', () => {
  const file = jsonLines(
    { ...RECORD, 'ExternalAccess ': false, RecordType: '50' },
    { Operation: 'Send', CreationTime: 'x' },
  );
  const [first, second] = auditContents('auditdata-json', file);
  assert.equal(first?.auditData['ExternalAccess '], false);
  assert.equal(first?.auditData['RecordType'], '50');
  assert.equal(second?.auditData['Operation'], 'Send');
});

test('an element that is no record at all is damaged', () => {
  const file = jsonLines(RECORD, { error: { code: 'UnknownError' } });
  const content = rowsOf(file)[1]?.content;
  assert.equal(content?.kind, 'damaged');
});

test('Search-MailboxAuditLog: its own names, its pairs, its folders as text', () => {
  const file = csvOf({
    Operation: 'MailItemsAccessed',
    LogonType: 'Delegate',
    MailboxGuid: 'g',
    OperationProperties: 'MailAccessType:Bind;IsThrottled:False',
    AuditOperationsCountInAggregatedRecord: '1',
    AggregatedRecordFoldersData: JSON.stringify(RECORD['Folders']),
    LastAccessed: '2020-06-03T04:05:03Z',
    Identity: 'the-id',
  });
  const { auditData, envelope } = auditContentOf('search-mailboxauditlog-csv', file);
  assert.deepEqual(auditData['Folders'], RECORD['Folders']);
  assert.deepEqual(auditData['OperationProperties'], [
    { Name: 'MailAccessType', Value: 'Bind' },
    { Name: 'IsThrottled', Value: 'False' },
  ]);
  assert.equal(auditData['Id'], 'the-id');
  assert.equal(auditData['LogonType'], 2);
  assert.equal(envelope.time, '2020-06-03T04:05:03Z');
});

test('records as JSON text in an array, as ConvertTo-Json makes of expanded AuditData', () => {
  const contents = auditContents('auditdata-json', JSON.stringify([TEXT, TEXT], null, 2));
  assert.deepEqual(
    contents.map(({ auditData }) => auditData),
    [RECORD, RECORD],
  );
});

test('Splunk: AuditData stands in where a result has no _raw', () => {
  const file = jsonLines({ result: { AuditData: TEXT } });
  assert.deepEqual(auditContentOf('splunk-json', file).auditData, RECORD);
});

test('bare records as Graph handed them out lose its annotations', () => {
  const file = JSON.stringify(
    { '@odata.type': '#x', 'RecordType@odata.type': '#Int64', ...RECORD },
    null,
    2,
  );
  assert.deepEqual(auditContentOf('auditdata-json', file).auditData, RECORD);
});
