import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isDraftsFolder, unresolvedReason } from '../../../source/domain/exposure/unresolved.ts';

test('From ids to people: without a lookup a message is not looked up', () => {
  assert.equal(unresolvedReason(['\\Inbox'], null), 'notLookedUp');
  assert.equal(unresolvedReason([], null), 'notLookedUp');
});

test('From ids to people: the reason is the one stored when looking', () => {
  assert.equal(unresolvedReason(['\\Inbox'], 'notFound'), 'notFound');
  assert.equal(unresolvedReason(['\\Inbox'], 'olderThanTrace'), 'olderThanTrace');
  assert.equal(unresolvedReason(['\\Inbox'], 'failed'), 'lookupFailed');
  assert.equal(unresolvedReason(['\\Drafts'], 'failed'), 'lookupFailed');
});

test('From ids to people: seen in drafts folders alone it was never sent', () => {
  assert.equal(unresolvedReason(['\\Drafts'], null), 'draftOrNeverSent');
  assert.equal(unresolvedReason(['\\Drafts', 'Brouillons'], 'notFound'), 'draftOrNeverSent');
  assert.equal(unresolvedReason(['\\Drafts', '\\Sent Items'], null), 'notLookedUp');
});

test('the drafts folder is known in the languages of a mailbox, and after an ASCII hop', () => {
  for (const folder of ['\\Entwürfe', 'Entwu\u0308rfe', '\\Concepten', '\\下書き', '\\Entw?rfe'])
    assert.ok(isDraftsFolder(folder), folder);
  for (const folder of ['\\Projects\\Drafts', '\\Drafts old', '\\??', '\\?', '', '\\Inbox'])
    assert.ok(!isDraftsFolder(folder), folder);
});
