import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { AuditRecord } from '../../../source/domain/records/audit-record.ts';
import type { JsonObject } from '../../../source/domain/json.ts';
import { readRecord } from '../../../source/domain/records/read-record.ts';
import { variantsOf } from '../../../source/domain/records/record-variants.ts';
import { relate } from '../../../source/domain/records/same-record.ts';
import { bindData } from './audit-data.ts';

const record = (over: JsonObject = {}): AuditRecord => {
  const reading = readRecord(bindData(over), { id: null, time: null, itemsLost: false });
  assert.equal(reading.kind, 'record');
  return (reading as { record: AuditRecord }).record;
};
const ids = (one: AuditRecord | undefined): readonly (string | null)[] =>
  (one?.items ?? []).map((item) => item.internetMessageId).toSorted();

describe('domain.md 2: two rows with one Id', () => {
  it('say the same whatever the spelling of types and keys', () => {
    assert.equal(relate(record(), record({ LogonType: '0', ExternalAccess: 'False' })), 'same');
  });

  it('are compatible where one container lacks a column', () => {
    const sentinel = record({
      SessionId: undefined,
      OperationCount: undefined,
      UserType: undefined,
    });
    assert.equal(relate(record(), sentinel), 'compatible');
    assert.equal(relate(sentinel, record()), 'compatible');
  });

  it('are compatible where one lost items and says so', () => {
    const lossy = record({ Folders: 'System.Object[]' });
    assert.equal(relate(record(), lossy), 'compatible');
  });

  it('are compatible where one lost one of the folders of a message, and says so', () => {
    const item = { InternetMessageId: '<one@x>', Id: 'I1', SizeInBytes: 1000 };
    const inbox = { Id: 'F1', Path: '\\Inbox', FolderItems: [item] };
    const sent = { Id: 'F2', Path: '\\Sent', FolderItems: [item] };
    const both = record({ Folders: [inbox, sent], OperationCount: 2 });
    const poorer = record({ Folders: [inbox], OperationCount: 2 });
    assert.equal(relate(both, poorer), 'compatible');
    assert.equal(relate(poorer, both), 'compatible');
    const silent = record({ Folders: [inbox], OperationCount: undefined });
    assert.equal(relate(both, silent), 'contradicting');
    const other = { ...inbox, FolderItems: [{ ...item, SizeInBytes: 2000 }] };
    const resized = record({ Folders: [other], OperationCount: 2 });
    assert.equal(relate(both, resized), 'contradicting');
  });

  it('contradict where both state a field, differently', () => {
    assert.equal(relate(record(), record({ ClientIPAddress: '203.0.113.1' })), 'contradicting');
    assert.equal(
      relate(record(), record({ CreationTime: '2026-09-14T08:06:00' })),
      'contradicting',
    );
  });

  it('contradict where they list other items and neither says that some are missing', () => {
    const Folders = [{ Id: 'LgAAAAB0', FolderItems: [{ InternetMessageId: '<other@x>' }] }];
    assert.equal(relate(record(), record({ Folders, OperationCount: undefined })), 'contradicting');
  });

  it('do not contradict in the actor where one cannot know that it is an application', () => {
    const app = { UserType: 5, ClientAppId: 'app' };
    assert.equal(relate(record(app), record({ ...app, UserType: undefined })), 'compatible');
  });
});

describe('variants of a record', () => {
  it('are one where the rows only lost something, and it says all that any says', () => {
    const [variant, ...more] = variantsOf([
      record({ SessionId: undefined }),
      record({ Folders: 'System.Object[]' }),
    ]);
    assert.equal(more.length, 0);
    assert.equal(variant?.record.sessionId, '33333333-0000-4000-8000-000000000001');
    assert.deepEqual(ids(variant?.record), ['first@fabrikam.example', 'second@fabrikam.example']);
    assert.equal(variant?.record.itemsMissing, false);
  });

  it('are several where rows contradict, and each lists the items of all', () => {
    const Folders = [{ Id: 'LgAAAAB0', FolderItems: [{ InternetMessageId: '<third@x>' }] }];
    const variants = variantsOf([
      record(),
      record({ ClientIPAddress: '203.0.113.1', Folders, OperationCount: 1 }),
    ]);
    assert.deepEqual(variants.map((variant) => variant.record.address).toSorted(), [
      '198.51.100.7',
      '203.0.113.1',
    ]);
    for (const variant of variants) {
      assert.deepEqual(ids(variant.record), [
        'first@fabrikam.example',
        'second@fabrikam.example',
        'third@x',
      ]);
    }
  });

  const anyReading = fc
    .record({
      ClientIPAddress: fc.constantFrom('198.51.100.7', '203.0.113.1', undefined),
      SessionId: fc.constantFrom('s-one', 's-two', undefined),
      UserType: fc.constantFrom(0, 5, undefined),
      ClientAppId: fc.constantFrom('app', undefined),
      Folders: fc.constantFrom(
        [{ Path: '\\Inbox', FolderItems: [{ InternetMessageId: '<a@x>' }] }],
        [
          {
            Id: 'F',
            Path: '\\Inbox',
            FolderItems: [{ InternetMessageId: '<a@x>', SizeInBytes: 5 }],
          },
        ],
        [{ Id: 'F', FolderItems: [{ InternetMessageId: '<b@x>', Id: 'item' }] }],
        'System.Object[]',
      ),
      OperationCount: fc.constantFrom(1, 2, undefined),
    })
    .map((over) => record(over as JsonObject));

  it('do not depend on the order of the rows', () => {
    fc.assert(
      fc.property(
        fc
          .array(anyReading, { minLength: 1, maxLength: 5 })
          .chain((readings) =>
            fc.tuple(
              fc.constant(readings),
              fc.shuffledSubarray(readings, { minLength: readings.length }),
            ),
          ),
        ([readings, shuffled]) => {
          const said = (list: readonly AuditRecord[]) =>
            variantsOf(list).map((variant) => variant.record);
          assert.deepEqual(said(shuffled), said(readings));
        },
      ),
    );
  });

  it('list never fewer messages than any row', () => {
    fc.assert(
      fc.property(fc.array(anyReading, { minLength: 1, maxLength: 5 }), (readings) => {
        const all = new Set(readings.flatMap((reading) => ids(reading)));
        for (const variant of variantsOf(readings))
          assert.deepEqual(new Set(ids(variant.record)), all);
      }),
    );
  });
});
