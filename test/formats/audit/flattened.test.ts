import assert from 'node:assert/strict';
import test from 'node:test';
import { unflatten } from '../../../source/formats/audit/flattened.ts';
import { auditContentOf, csvOf } from './content-of.ts';

test('a flattened record is put together again, lists in the order of their numbers', () => {
  const items = Array.from(
    { length: 12 },
    (_, at) => [`Folders_0_FolderItems_${at}_Id`, `i${at}`] as const,
  );
  assert.deepEqual(
    unflatten([
      ['Id', 'x'],
      ...items.toReversed(),
      ['Folders_0_Path', '\\Inbox'],
      ['Item_ParentFolder_Name', 'y'],
    ]),
    {
      Id: 'x',
      Folders: [{ FolderItems: items.map(([, Id]) => ({ Id })), Path: '\\Inbox' }],
      Item: { ParentFolder: { Name: 'y' } },
    },
  );
});

test('empty cells make no items, and hostile names no prototypes', () => {
  assert.deepEqual(
    unflatten([
      ['Folders_0_FolderItems_0_Id', ''],
      ['A', '1'],
    ]),
    { A: '1' },
  );
  assert.deepEqual(unflatten([['constructor_prototype_x', '1']]), {
    constructor: { prototype: { x: '1' } },
  });
  assert.equal(({} as { x?: string }).x, undefined);
  assert.deepEqual(unflatten([['Folders_99999999999_Id', 'x']]), { Folders: [{ Id: 'x' }] });
});

test('parsed CSV: System.Object[] is named a loss of items', () => {
  const file = csvOf({
    CreationTime: '2026-06-03T04:05:03',
    Id: 'x',
    Operation: 'MailItemsAccessed',
    Folders: 'System.Object[]',
    AppAccessContext: '@{AADSessionId=s}',
  });
  const { auditData, losses } = auditContentOf('auditdata-parsed-csv', file);
  assert.ok(losses.includes('items lost: Folders is "System.Object[]"'));
  assert.deepEqual(auditData['AppAccessContext'], { AADSessionId: 's' });
});

test('a column whose name has very many parts is a column like any other', () => {
  const deep = `Item_${'_'.repeat(100_000)}`;
  const record = unflatten([
    [deep, 'x'],
    ['Item_ParentFolder_Name', 'y'],
  ]);
  assert.deepEqual(record, { [deep]: 'x', Item: { ParentFolder: { Name: 'y' } } });
});
