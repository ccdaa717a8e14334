import assert from 'node:assert/strict';
import test from 'node:test';
import { costsItems } from '../../../source/domain/records/row.ts';
import { mend } from '../../../source/formats/audit/losses.ts';
import { readPowershellObjects } from '../../../source/formats/audit/powershell-object.ts';
import { RECORD } from './content-of.ts';

test('a sound record passes as it is', () => {
  const { auditData, losses } = mend(RECORD);
  assert.equal(auditData, RECORD);
  assert.deepEqual(losses, []);
});

test('@{…} is read back, one or several, with semicolons and equals signs in values', () => {
  assert.deepEqual(readPowershellObjects('@{Value=Bind; Name=MailAccessType}'), [
    { Value: 'Bind', Name: 'MailAccessType' },
  ]);
  assert.deepEqual(readPowershellObjects('@{Id=LgAB==; Path=\\In; box} @{Id=x; Path=}'), [
    { Id: 'LgAB==', Path: '\\In; box' },
    { Id: 'x', Path: '' },
  ]);
  assert.deepEqual(readPowershellObjects('System.Object[]'), []);
});

test('depth damage of the real kind: the folder and the access type are kept, the items are lost', () => {
  const { auditData, losses } = mend({
    ...RECORD,
    OperationProperties: ['@{Value=Bind; Name=MailAccessType}', '@{Value=False; Name=IsThrottled}'],
    Folders: ['@{Id=LgAB; Path=\\Inbox; FolderItems=System.Object[]}'],
  });
  assert.deepEqual(auditData['OperationProperties'], [
    { Value: 'Bind', Name: 'MailAccessType' },
    { Value: 'False', Name: 'IsThrottled' },
  ]);
  assert.deepEqual(auditData['Folders'], [{ Id: 'LgAB', Path: '\\Inbox', FolderItems: [] }]);
  assert.ok(losses.includes('items lost: FolderItems is "System.Object[]"'));
  assert.ok(losses.includes('depth lost: OperationProperties was flattened to text'));
  assert.equal(costsItems(losses), true);
});

test('lists that became the word System.Object[] are lost, items or not', () => {
  const items = mend({ ...RECORD, Folders: 'System.Object[]' });
  assert.deepEqual(items.losses, ['items lost: Folders is "System.Object[]"']);
  assert.deepEqual(items.auditData['Folders'], []);
  const properties = mend({ ...RECORD, OperationProperties: 'System.Object[]' });
  assert.deepEqual(properties.losses, ['depth lost: OperationProperties is "System.Object[]"']);
  assert.equal(costsItems(properties.losses), false);
});

test('items that were flattened one level down are read back, and nothing is lost but depth', () => {
  const { auditData, losses } = mend({
    ...RECORD,
    Folders: [{ Path: '\\Inbox', FolderItems: ['@{InternetMessageId=<a@b>; SizeInBytes=7}'] }],
  });
  assert.deepEqual(auditData['Folders'], [
    { Path: '\\Inbox', FolderItems: [{ InternetMessageId: '<a@b>', SizeInBytes: '7' }] },
  ]);
  assert.deepEqual(losses, ['depth lost: FolderItems was flattened to text']);
  assert.equal(costsItems(losses), false);
});

test('the folder of a Sync is read back where it is there, and missed where it is not', () => {
  const there = mend({ ...RECORD, Item: { Id: 'x', ParentFolder: '@{Id=x; Name=Inbox}' } });
  assert.deepEqual(there.auditData['Item'], { Id: 'x', ParentFolder: { Id: 'x', Name: 'Inbox' } });
  assert.equal(costsItems(there.losses), false);
  const gone = mend({ ...RECORD, Item: '@{Id=x; ParentFolder=}' });
  assert.deepEqual(gone.auditData['Item'], { Id: 'x', ParentFolder: null });
  assert.equal(costsItems(gone.losses), true);
});

const SYNC = {
  ...RECORD,
  RecordType: '2',
  Folders: undefined,
  OperationCount: undefined,
  OperationProperties: 'System.Object[]',
};

test('formats.md 1.1: the Item of a Sync is the folder, so its id is left when the rest is lost', () => {
  const byType = mend({ ...SYNC, Item: '@{Id=LgAB==; ParentFolder=}' });
  assert.deepEqual(byType.auditData['Item'], { Id: 'LgAB==', ParentFolder: { Id: 'LgAB==' } });
  assert.ok(byType.losses.includes("depth lost: the folder's name; its id tells which it is"));
  assert.equal(costsItems(byType.losses), false);
  const byWord = mend({
    ...SYNC,
    RecordType: '50',
    OperationProperties: '@{Name=MailAccessType; Value=Sync} @{Name=IsThrottled; Value=False}',
    Item: '@{Id=LgAB==; ParentFolder=}',
  });
  assert.deepEqual(byWord.auditData['Item'], { Id: 'LgAB==', ParentFolder: { Id: 'LgAB==' } });
});

test('an item of a Bind is no folder, and an Item without an id names none', () => {
  const properties = '@{Name=MailAccessType; Value=Bind}';
  const bind = mend({ ...SYNC, OperationProperties: properties, Item: '@{Id=x; ParentFolder=}' });
  assert.deepEqual(bind.auditData['Item'], { Id: 'x', ParentFolder: null });
  const message = mend({ ...SYNC, Item: '@{Id=x; InternetMessageId=<a@b>; ParentFolder=}' });
  assert.equal(costsItems(message.losses), true);
  const nameless = mend({ ...SYNC, Item: '@{Id=; ParentFolder=}' });
  assert.equal(costsItems(nameless.losses), true);
  const word = mend({ ...SYNC, Item: 'System.Object[]' });
  assert.equal(word.auditData['Item'], undefined);
  assert.ok(
    word.losses.includes(`items lost: Item is "System.Object[]", and the folder's name with it`),
  );
});

test('a folder that stands whole within the text of its Item is read from there', () => {
  const { auditData, losses } = mend({
    ...SYNC,
    Item: '@{Id=LgAB; ParentFolder=@{Id=LgAB; Name=In; {box}; Path=Not Available}; Size=1}',
  });
  assert.deepEqual(auditData['Item'], {
    Id: 'LgAB',
    ParentFolder: { Id: 'LgAB', Name: 'In; {box}', Path: 'Not Available' },
    Size: '1',
  });
  assert.equal(costsItems(losses), false);
});

test('a long text of that form takes no longer than its length', () => {
  const [read] = readPowershellObjects(`@{a=${';'.repeat(100_000)}${'@{'.repeat(100_000)}}`);
  assert.equal(Object.keys(read ?? {}).length, 1);
});

test('AppAccessContext as text still gives its session id', () => {
  const { auditData } = mend({ ...RECORD, AppAccessContext: '@{AADSessionId=s; APIId=}' });
  assert.deepEqual(auditData['AppAccessContext'], { AADSessionId: 's', APIId: '' });
});
