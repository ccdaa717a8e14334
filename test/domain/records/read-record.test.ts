import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AuditRecord } from '../../../source/domain/records/audit-record.ts';
import type { JsonObject } from '../../../source/domain/json.ts';
import { readRecord, type ReadingHints } from '../../../source/domain/records/read-record.ts';
import { bindData, syncData } from './audit-data.ts';

const NO_HINTS: ReadingHints = { id: null, time: null, itemsLost: false };

const read = (data: JsonObject, hints: Partial<ReadingHints> = {}): AuditRecord => {
  const reading = readRecord(data, { ...NO_HINTS, ...hints });
  assert.equal(reading.kind, 'record', JSON.stringify(reading));
  return (reading as { record: AuditRecord }).record;
};

describe('domain.md 1: what a row is', () => {
  it('is another operation, named', () => {
    const reading = readRecord(bindData({ Operation: 'Send' }), NO_HINTS);
    assert.deepEqual(reading, { kind: 'otherOperation', operation: 'Send' });
  });

  it('is damaged without an operation, an id or a time, and says which', () => {
    const reasons = [
      { Operation: '' },
      { Id: 'Not Available' },
      { CreationTime: '31/12/2026' },
    ].map((over) => {
      const reading = readRecord(bindData(over), NO_HINTS);
      return reading.kind === 'damaged' ? reading.reason : reading.kind;
    });
    assert.deepEqual(reasons, [
      'no Operation in the record',
      'no Id: the record cannot be told apart',
      'no readable CreationTime',
    ]);
  });

  it('has a time as fine as a case keeps it, so that it never contradicts itself', () => {
    for (const [stated, kept] of [
      ['2026-09-14T08:05:00.1234567Z', '2026-09-14T08:05:00.123Z'],
      ['2026-09-14T08:05:00.1004567', '2026-09-14T08:05:00.1Z'],
      ['2026-09-14T08:05:00.0004567Z', '2026-09-14T08:05:00Z'],
      ['2026-09-14T08:05:00.12Z', '2026-09-14T08:05:00.12Z'],
    ])
      assert.equal(read(bindData({ CreationTime: stated ?? '' })).time, kept);
  });

  it('takes id and time of the container only where the record has none', () => {
    const hints = { id: 'FROM-CONTAINER', time: '2026-01-01T00:00:00Z' };
    const bare = read(bindData({ Id: undefined, CreationTime: undefined }), hints);
    assert.deepEqual([bare.id, bare.time], ['from-container', '2026-01-01T00:00:00Z']);
    assert.equal(read(bindData(), hints).time, '2026-09-14T08:05:00Z');
  });
});

describe('domain.md 3: items', () => {
  it('reads the items of all folders, each with its folder', () => {
    const record = read(
      bindData({
        OperationCount: 3,
        Folders: [
          { Path: '\\Inbox', Id: 'F1', FolderItems: [{ InternetMessageId: '<a@x>' }] },
          {
            Path: '\\Éléments supprimés',
            FolderItems: [{ InternetMessageId: '<b@x>' }, { Id: 'only-an-item' }],
          },
        ],
      }),
    );
    assert.deepEqual(record.folders, [
      { id: 'F1', name: '\\Inbox' },
      { id: null, name: '\\Éléments supprimés' },
    ]);
    assert.deepEqual(
      record.items.map((item) => [item.internetMessageId, item.itemId, item.folder]),
      [
        ['a@x', null, 0],
        ['b@x', null, 1],
        [null, 'only-an-item', 1],
      ],
    );
    assert.equal(record.itemsMissing, false);
  });

  it('reads the folder of a Sync from Item.ParentFolder, by name where Path is "Not Available"', () => {
    const record = read(syncData());
    assert.equal(record.access, 'sync');
    assert.deepEqual(record.folders, [{ id: 'LgAAAAB0', name: 'Inbox' }]);
    assert.deepEqual(record.items, []);
    assert.equal(record.itemsMissing, false);
  });

  it('accepts a Sync written with Folders, and items in it that are null', () => {
    const record = read(
      syncData({ Item: undefined, Folders: [{ Path: '\\Inbox', FolderItems: [null] }] }),
    );
    assert.deepEqual(record.folders, [{ id: null, name: '\\Inbox' }]);
    assert.equal(record.itemsMissing, false);
  });

  it('marks items missing: fewer listed than declared, lost in the container, or unreadable', () => {
    assert.equal(read(bindData({ OperationCount: 3 })).itemsMissing, true);
    assert.equal(read(bindData(), { itemsLost: true }).itemsMissing, true);
    assert.equal(read(bindData({ Folders: 'System.Object[]' })).itemsMissing, true);
    assert.equal(
      read(bindData({ Folders: undefined, OperationCount: undefined })).itemsMissing,
      true,
    );
    assert.equal(read(syncData({ Item: '@{Id=LgAAAAB0}' })).itemsMissing, true);
    assert.equal(read(bindData({ OperationCount: '2' })).itemsMissing, false);
  });

  it('takes numbers beyond all reason for what they are: too many, or nothing', () => {
    const record = (over: JsonObject) => read(bindData(over));
    for (const many of [2 ** 53, 1e308, '99999999999999999999'])
      assert.deepEqual(
        [
          record({ OperationCount: many }).operationCount,
          record({ OperationCount: many }).itemsMissing,
        ],
        [2 ** 31 - 1, true],
      );
    assert.equal(record({ OperationCount: -5 }).operationCount, null);
    const sized = (SizeInBytes: number) =>
      record({ Folders: [{ FolderItems: [{ InternetMessageId: '<a@b>', SizeInBytes }] }] })
        .items[0];
    assert.equal(sized(2 ** 60)?.sizeInBytes, null);
    assert.equal(sized(-1)?.sizeInBytes, null);
    assert.equal(sized(2 ** 53 - 1)?.sizeInBytes, 2 ** 53 - 1);
    assert.equal(record({ LogonType: 1e20 }).delegate, true);
    assert.equal(record({ LogonType: -1 }).delegate, true);
  });

  it('is not fooled by words that every object knows', () => {
    for (const word of ['constructor', '__proto__', 'toString']) {
      const record = read(bindData({ LogonType: word, UserType: word, RecordType: word }));
      assert.deepEqual([record.logonType, record.appOnly, record.access], [null, null, 'bind']);
    }
  });

  it('tells the kind of access from what is listed where it is not stated', () => {
    assert.equal(read(bindData({ OperationProperties: undefined })).access, 'bind');
    assert.equal(read(syncData({ OperationProperties: [] })).access, 'sync');
  });
});

describe('domain.md 5: session ids', () => {
  const ids = {
    SessionId: '33333333-0000-4000-8000-00000000000A',
    AppAccessContext: { AADSessionId: '44444444-0000-4000-8000-000000000000' },
    DeviceProperties: [{ Name: 'SessionId', Value: '55555555-0000-4000-8000-000000000000' }],
  };
  const from = (over: JsonObject): readonly (string | null)[] => {
    const record = read(bindData({ ...ids, ...over }));
    return [record.sessionId?.slice(0, 8) ?? null, record.sessionIdSource];
  };

  it('takes the first that is stated and keeps where it came from', () => {
    assert.deepEqual(from({}), ['33333333', 'SessionId']);
    assert.deepEqual(from({ SessionId: '' }), ['44444444', 'AADSessionId']);
    assert.deepEqual(from({ SessionId: 'Not Available', AppAccessContext: {} }), [
      '55555555',
      'DeviceProperties',
    ]);
    assert.deepEqual(
      from({ SessionId: '__NULL__', AppAccessContext: undefined, DeviceProperties: [] }),
      [null, null],
    );
  });

  it('keeps what the other fields state in its place, where that differs', () => {
    const others = (over: JsonObject): readonly string[] =>
      read(bindData({ ...ids, ...over })).otherSessionIds.map((id) => id.slice(0, 8));
    assert.deepEqual(others({}), ['44444444', '55555555']);
    assert.deepEqual(others({ SessionId: '' }), ['55555555']);
    assert.deepEqual(others({ AppAccessContext: {}, DeviceProperties: [] }), []);
    assert.deepEqual(
      others({ SessionId: '55555555-0000-4000-8000-000000000000', AppAccessContext: undefined }),
      [],
    );
  });

  it('holds guids equal whatever their case', () => {
    assert.equal(read(bindData(ids)).sessionId, '33333333-0000-4000-8000-00000000000a');
  });
});

describe('domain.md 7 and 8: who it was', () => {
  it('is the user, in lower case', () => {
    const record = read(bindData());
    assert.deepEqual(
      [record.actor, record.appOnly, record.delegate],
      ['vera@contoso.example', false, false],
    );
  });

  it('is the application with UserType 5 or 6, even where UserId shows the owner', () => {
    for (const UserType of [5, 6, '5', 'Application']) {
      const record = read(
        bindData({ UserType, ClientAppId: 'BBBBBBBB-0000-4000-8000-000000000001' }),
      );
      assert.deepEqual(
        [record.actor, record.appOnly],
        ['bbbbbbbb-0000-4000-8000-000000000001', true],
      );
    }
    const token = read(bindData({ UserType: 5, AppAccessContext: { ClientAppId: 'APP' } }));
    assert.equal(token.actor, 'app');
  });

  it('is a delegate or admin by LogonType, or by a Sid that is not the owner’s', () => {
    assert.equal(read(bindData({ LogonType: 2 })).delegate, true);
    assert.equal(read(bindData({ LogonType: 'Delegated' })).delegate, true);
    assert.equal(read(bindData({ LogonUserSid: 'S-1-5-21-9' })).delegate, true);
    const linked = { LogonUserSid: 'S-1-5-21-9', MailboxOwnerMasterAccountSid: 's-1-5-21-9' };
    assert.equal(read(bindData(linked)).delegate, false);
    assert.equal(read(bindData({ UserId: 'renamed@contoso.example' })).delegate, false);
    assert.equal(read(bindData({ LogonType: undefined, LogonUserSid: undefined })).delegate, null);
  });

  it('is external by a boolean, a string, or a key with a space behind it', () => {
    assert.equal(read(bindData({ ExternalAccess: true })).external, true);
    assert.equal(read(bindData({ ExternalAccess: 'True' })).external, true);
    assert.equal(
      read(bindData({ ExternalAccess: undefined, 'ExternalAccess ': 'False' })).external,
      false,
    );
    assert.equal(read(bindData({ ExternalAccess: undefined })).external, null);
  });
});

describe('domain.md 9 to 11', () => {
  it('normalises the address and keeps the raw spelling', () => {
    const record = read(bindData({ ClientIPAddress: '[::ffff:10.11.12.13]:12345' }));
    assert.deepEqual(
      [record.address, record.rawAddress],
      ['10.11.12.13', '[::ffff:10.11.12.13]:12345'],
    );
    assert.equal(
      read(bindData({ ClientIPAddress: null, ClientIP: '10.0.0.1' })).address,
      '10.0.0.1',
    );
  });

  it('reads times with and without Z as UTC', () => {
    assert.equal(
      read(bindData({ CreationTime: '2026-09-14T08:05:00.0000000Z' })).time,
      '2026-09-14T08:05:00Z',
    );
  });

  it('does not take an absent IsThrottled for False', () => {
    const throttled = (Value: string) => [
      { Name: 'MailAccessType', Value: 'Bind' },
      { Value, Name: 'IsThrottled' },
    ];
    assert.equal(read(bindData({ OperationProperties: throttled('True') })).throttled, true);
    assert.equal(read(bindData({ OperationProperties: throttled('False') })).throttled, false);
    assert.equal(
      read(bindData({ OperationProperties: [{ Name: 'MailAccessType', Value: 'Bind' }] }))
        .throttled,
      null,
    );
  });
});
