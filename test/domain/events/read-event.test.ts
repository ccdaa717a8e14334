import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EVENT_KINDS, type EventKind } from '../../../source/domain/events/event-kinds.ts';
import { readEvent } from '../../../source/domain/events/read-event.ts';
import type { SideEvent } from '../../../source/domain/events/side-event.ts';
import type { JsonObject } from '../../../source/domain/json.ts';

const NO_HINTS = { id: null, time: null };

const mailboxRecord = (over: JsonObject): JsonObject => ({
  CreationTime: '2026-09-14T08:05:00',
  Id: 'ABCDEF00-0000-4000-8000-000000000001',
  ResultStatus: 'Succeeded',
  UserType: 0,
  Workload: 'Exchange',
  UserId: 'Vera@Contoso.Example',
  ClientIPAddress: '[203.0.113.7]:49822',
  ClientInfoString: 'Client=OWA;Action=ViaProxy',
  MailboxGuid: 'AAAAAAAA-0000-4000-8000-00000000000A',
  MailboxOwnerUPN: 'vera@contoso.example',
  SessionId: '33333333-0000-4000-8000-000000000001',
  AppAccessContext: { AADSessionId: 's-other', UniqueTokenId: '3kVZRE8tFkinHtPA7_EFAA' },
  ...over,
});

const item = {
  Id: 'RgAAAAB1',
  InternetMessageId: '<first@fabrikam.example>',
  ParentFolder: { Id: 'LgAAAAB0', Path: '\\Inbox' },
  Subject: 'Invoice',
};

const eventOf = (data: JsonObject): SideEvent => {
  const reading = readEvent(data, NO_HINTS);
  if (reading.event === null) assert.fail(reading.reason ?? 'not kept');
  return reading.event;
};

/** One record a kind, in the shapes of Microsoft's documentation and of public samples. */
const SAMPLES: Readonly<Record<EventKind, JsonObject>> = {
  sent: { Operation: 'SendAs', Item: { ...item, Attachments: 'a.pdf (12b)' } },
  deleted: { Operation: 'SoftDelete', AffectedItems: [item], Folder: { Path: '\\Inbox' } },
  moved: {
    Operation: 'Move',
    AffectedItems: [item],
    Folder: { Path: '\\Inbox' },
    DestFolder: { Path: '\\RSS Feeds' },
  },
  created: { Operation: 'Create', Item: item },
  changed: { Operation: 'Update', Item: item, ModifiedProperties: ['IsRead'] },
  searched: { Operation: 'SearchQueryInitiatedExchange', QueryText: 'invoice AND payment' },
  attachment: {
    Operation: 'AttachmentAccess',
    OperationProperties: [{ Name: 'AttachmentAccessType', Value: 'Bind' }],
    Messages: [
      { Path: 'Messages', Id: 'AAAA', MessageItems: [{ SizeInBytes: 2379, Id: 'AAAA-1' }] },
    ],
  },
  rule: {
    Operation: 'New-InboxRule',
    ObjectId: 'vera\\.',
    Parameters: [
      { Name: 'SubjectContainsWords', Value: 'invoice' },
      { Name: 'MoveToFolder', Value: 'RSS Feeds' },
    ],
  },
  forwarding: {
    Operation: 'Set-Mailbox',
    Parameters: [{ Name: 'ForwardingSmtpAddress', Value: 'smtp:out@evil.example' }],
  },
  permission: {
    Operation: 'Add-MailboxPermission',
    Parameters: [{ Name: 'AccessRights', Value: 'FullAccess' }],
  },
  consent: { Operation: 'Consent to application.', Workload: 'AzureActiveDirectory' },
  auditing: {
    Operation: 'Set-Mailbox',
    Parameters: [{ Name: 'AuditEnabled', Value: 'False' }],
  },
  license: { Operation: 'Change user license.', Workload: 'AzureActiveDirectory' },
  file: {
    Operation: 'FileDownloaded',
    Workload: 'OneDrive',
    ObjectId: 'https://contoso.example/personal/vera/Documents/plan.docx',
    SourceFileName: 'plan.docx',
  },
  teams: { Operation: 'MessagesListed', Workload: 'MicrosoftTeams', ChatThreadId: '19:a@thread' },
  copilot: {
    Operation: 'CopilotInteraction',
    Workload: 'Copilot',
    CopilotEventData: {
      AppHost: 'Outlook',
      AccessedResources: [{ ID: 'RgAAAAB1', Name: 'Invoice', Type: 'Email', Action: 'Read' }],
    },
  },
};

describe('a side event', () => {
  for (const kind of EVENT_KINDS)
    it(`of the kind ${kind} is told by its operation`, () => {
      const event = eventOf(mailboxRecord(SAMPLES[kind]));
      assert.equal(event.kind, kind);
      assert.equal(event.operation, SAMPLES[kind]['Operation']);
      assert.equal(event.id, 'abcdef00-0000-4000-8000-000000000001');
      assert.equal(event.time, '2026-09-14T08:05:00Z');
      assert.equal(event.address, '203.0.113.7');
      assert.equal(event.actor, 'vera@contoso.example');
      assert.equal(event.sessionId, '33333333-0000-4000-8000-000000000001');
      assert.deepEqual(event.otherSessionIds, ['s-other']);
      assert.equal(event.tokenId, '3kVZRE8tFkinHtPA7_EFAA');
    });

  it('names its items, folders and where they went', () => {
    const { items, folder, destinationFolder } = eventOf(mailboxRecord(SAMPLES.moved));
    assert.deepEqual(items, [
      {
        subject: 'Invoice',
        internetMessageId: 'first@fabrikam.example',
        itemId: 'RgAAAAB1',
        folder: '\\Inbox',
        attachments: null,
      },
    ]);
    assert.deepEqual([folder, destinationFolder], ['\\Inbox', '\\RSS Feeds']);
  });

  it('has the parameters of a rule, the text of a search, the file, what Copilot used', () => {
    assert.deepEqual(eventOf(mailboxRecord(SAMPLES.rule)).parameters, [
      { name: 'SubjectContainsWords', value: 'invoice' },
      { name: 'MoveToFolder', value: 'RSS Feeds' },
    ]);
    assert.equal(eventOf(mailboxRecord(SAMPLES.searched)).query, 'invoice AND payment');
    const { fileName, fileUrl } = eventOf(mailboxRecord(SAMPLES.file));
    assert.equal(fileName, 'plan.docx');
    assert.equal(fileUrl, 'https://contoso.example/personal/vera/Documents/plan.docx');
    assert.equal(eventOf(mailboxRecord(SAMPLES.copilot)).resources[0]?.type, 'Email');
  });

  it('keeps a shape that is not known as it is', () => {
    const { items, otherFields } = eventOf(mailboxRecord(SAMPLES.attachment));
    assert.deepEqual(items, []);
    assert.deepEqual(
      otherFields.map(({ name }) => name),
      ['Messages', 'OperationProperties'],
    );
    assert.match(otherFields[0]?.value ?? '', /"SizeInBytes":2379/);
  });

  it('of UpdateInboxRules has no parameters: its content is not known', () => {
    const event = eventOf(mailboxRecord({ Operation: 'UpdateInboxRules' }));
    assert.deepEqual([event.kind, event.parameters], ['rule', []]);
  });

  it('is told from the same word of another service, and from other settings of a mailbox', () => {
    for (const over of [
      { Operation: 'Create', Workload: 'Dynamics365' },
      { Operation: 'Set-Mailbox', Parameters: [{ Name: 'Force', Value: 'True' }] },
      { Operation: 'UserLoggedIn' },
    ])
      assert.deepEqual(readEvent(mailboxRecord(over), NO_HINTS), { event: null, reason: null });
  });

  it('without an id or a time is not kept, and that is said', () => {
    const noId = readEvent(mailboxRecord({ Operation: 'Send', Id: undefined }), NO_HINTS);
    assert.match(
      noId.event === null ? (noId.reason ?? '') : '',
      /Send counted and not kept: no Id/,
    );
    const undated = mailboxRecord({ Operation: 'Send', CreationTime: 'soon' });
    const reading = readEvent(undated, { ...NO_HINTS, whyUndated: 'no time: of no zone' });
    assert.match(reading.event === null ? (reading.reason ?? '') : '', /no time: of no zone/);
  });
});
