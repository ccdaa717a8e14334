import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '../../../source/domain/json.ts';
import { tracesOfOperation } from '../../../source/domain/records/operation-trace.ts';

const message = { InternetMessageId: '<a@x.example>', Subject: ' Passport scan ', SizeInBytes: 9 };

test('From ids to people: Send tells subject, size, sender and time', () => {
  const data = {
    Operation: 'Send',
    CreationTime: '2026-09-24T13:00:00',
    MailboxOwnerUPN: 'G.Jacobs@contoso.example',
    Item: message,
  };
  assert.deepEqual(tracesOfOperation(data), [
    {
      source: 'auditRecord',
      messageId: 'a@x.example',
      networkMessageId: null,
      sender: 'g.jacobs@contoso.example',
      recipients: [],
      status: null,
      subject: 'Passport scan',
      receivedAt: '2026-09-24T13:00:00Z',
      size: 9,
    },
  ]);
  const sentAs = { ...data, Operation: 'SendAs', SendAsUserSmtp: 'ceo@contoso.example' };
  assert.equal(tracesOfOperation(sentAs)[0]?.sender, 'ceo@contoso.example');
});

test('From ids to people: deletions list AffectedItems and tell no sender', () => {
  const other = { ...message, InternetMessageId: '<b@x.example>', SizeInBytes: '1156492.00' };
  const traces = tracesOfOperation({
    Operation: 'SoftDelete',
    CreationTime: '2026-09-24T13:00:00',
    MailboxOwnerUPN: 'g.jacobs@contoso.example',
    AffectedItems: [message, other, { Subject: 'no id' }, { InternetMessageId: '<c@x>' }, null],
  });
  assert.deepEqual(
    traces.map(({ messageId, sender, receivedAt, size }) => [messageId, sender, receivedAt, size]),
    [
      ['a@x.example', null, null, 9],
      ['b@x.example', null, null, 1156492],
    ],
  );
});

test('formats.md 1.2: FolderItems of a Bind may carry subjects too', () => {
  const data = { Operation: 'MailItemsAccessed', Folders: [{ FolderItems: [message, null] }] };
  assert.equal(tracesOfOperation(data)[0]?.subject, 'Passport scan');
});

test('records without messages, or of a strange shape, give nothing', () => {
  for (const data of [{}, { Item: 'x' }, { AffectedItems: 3 }, { Folders: [{ FolderItems: 'x' }] }])
    assert.deepEqual(tracesOfOperation(data), []);
});

test('an item without a message id is spoken of by its item id, as records name it', () => {
  const folder = (...items: readonly object[]) => ({
    Operation: 'MailItemsAccessed',
    Folders: [{ FolderItems: items }],
  });
  const named = (data: object) =>
    tracesOfOperation(data as JsonObject).map((row) =>
      row.messageId === null ? [row.itemId, row.subject] : [`<${row.messageId}>`, row.subject],
    );
  assert.deepEqual(
    named(
      folder(
        { Id: 'item/1=', Subject: 'Offer' },
        { ImmutableId: 'immutable/2=', Subject: 'Draft' },
        { Id: 'item/3=', InternetMessageId: 'Not Available', Subject: 'Contract' },
        { ...message, Id: 'item/4=' },
        { Subject: 'of nothing' },
      ),
    ),
    [
      ['item/1=', 'Offer'],
      ['immutable/2=', 'Draft'],
      ['item/3=', 'Contract'],
      ['<a@x.example>', 'Passport scan'],
    ],
  );
  // Another operation may name by both ids what a record names by one.
  const deleted = { Operation: 'SoftDelete', AffectedItems: [{ ...message, Id: 'item/4=' }] };
  assert.deepEqual(named(deleted), [
    ['<a@x.example>', 'Passport scan'],
    ['item/4=', 'Passport scan'],
  ]);
});
