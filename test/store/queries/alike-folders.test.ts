/** A folder that a record names without its id may be any that is named alike: doubt never clears. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JsonObject } from '../../../source/domain/json.ts';
import type { Message } from '../../../source/domain/exposure/message.ts';
import type { Case } from '../../../source/case/case.ts';
import { bind, INTRUDER, mailboxGuid, sync } from '../../case/made-records.ts';
import { caseOf, caseOn } from '../../case/on-case.ts';

const message = (theCase: Case, name: string): Message => {
  const found = [...theCase.messages({})].find(
    ({ internetMessageId }) => internetMessageId === `${name}@fabrikam.example`,
  );
  return found ?? assert.fail(name);
};

const inFolder = (name: string, folder: JsonObject): JsonObject => ({
  Folders: [
    { ...folder, FolderItems: [{ InternetMessageId: `<${name}@fabrikam.example>`, Id: name }] },
  ],
});

const judgeDevices = (theCase: Case): void => {
  for (const { contexts } of theCase.sessions({}))
    for (const { key, deviceId } of contexts) {
      const verdict = deviceId === 'stolen' ? 'malicious' : 'benign';
      theCase.judging.mark({ verdict, sessions: [], contexts: [key], reason: null });
    }
};

describe('A folder without its id', () => {
  const repeated = (folder: JsonObject) => [
    bind({
      id: 1,
      at: '2026-09-14T08:00:00',
      over: { DeviceId: 'own', ...inFolder('read', folder) },
    }),
    bind({ id: 2, at: '2026-09-14T09:02:00', messages: ['x'], over: { DeviceId: 'stolen' } }),
  ];
  for (const folder of [{ Path: '\\Inbox' }, { Path: '\\INBOX' }, { Path: 'Inbox' }])
    it(`may hide a repeat in one of that name: ${folder.Path}`, async (t) => {
      const { folder: at } = await caseOf(t, repeated(folder));
      const theCase = caseOn(t, at);
      judgeDevices(theCase);
      assert.deepEqual(
        [message(theCase, 'read').class, message(theCase, 'read').openBecause],
        ['open', 'repeat'],
      );
    });

  for (const folder of [
    { Path: '\\Sent' },
    { Path: '\\Old\\Inbox' },
    { Path: '\\Inbox', Id: 'another' },
  ])
    it(`hides none in another: ${JSON.stringify(folder)}`, async (t) => {
      const { folder: at } = await caseOf(t, repeated(folder));
      const theCase = caseOn(t, at);
      judgeDevices(theCase);
      assert.equal(message(theCase, 'read').class, 'benignOnly');
    });

  it('stays presumed with a folder of that name that was synchronised', async (t) => {
    const own = (id: number, name: string, Path: string): JsonObject =>
      bind({ id, over: { DeviceId: 'own', ...inFolder(name, { Path }) } });
    const { folder } = await caseOf(t, [
      sync({ id: 1, session: 'evil', address: INTRUDER, over: { DeviceId: 'stolen' } }),
      own(2, 'in', '\\Inbox'),
      own(3, 'out', '\\Sent'),
    ]);
    const theCase = caseOn(t, folder);
    judgeDevices(theCase);
    assert.deepEqual(message(theCase, 'in').presumedBy, ['folder', 'sync']);
    assert.deepEqual(message(theCase, 'out').presumedBy, ['sync']);
    theCase.judging.rebutSync(mailboxGuid('vera'), true, 'the device was examined');
    assert.deepEqual(
      [message(theCase, 'in').class, message(theCase, 'in').presumedBy],
      ['presumed', ['folder']],
    );
    assert.equal(message(theCase, 'out').class, 'benignOnly');
    assert.equal(theCase.summary().messages.presumed, 1);
    assert.deepEqual(
      [...theCase.messages({ class: 'presumed' })].map(({ itemId }) => itemId),
      ['in'],
    );
  });
});
