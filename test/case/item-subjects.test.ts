/** Records name some items without a message id; what is known of them must show as of any message. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { JsonObject } from '../../source/domain/json.ts';
import { restIdOf } from '../../source/domain/records/item-id.ts';
import type { Case } from '../../source/case/case.ts';
import { SearchIndexes } from '../../source/case/search/search-indexes.ts';
import { openRecords } from '../../source/store/records/open-records.ts';
import { digestOf, importInto } from '../import/temporary-case.ts';
import { bind } from './made-records.ts';
import { caseOf, caseOn, flawsIn, rebuilt } from './on-case.ts';

const GUID = '1a0b7c9e-2222-4333-8444-555566667777';
const ITEM = Buffer.from([70, ...new Uint8Array(70).fill(9), 15]).toString('base64');

/** A record that names one item, without a message id. */
const access = (id: number, item: JsonObject): JsonObject =>
  bind({
    id,
    over: {
      MailboxGuid: GUID,
      OperationCount: 1,
      Folders: [{ Id: 'F', Path: '\\Drafts', FolderItems: [{ Id: ITEM, ...item }] }],
    },
  });

const subjects = (theCase: Case): readonly (readonly (string | null | undefined)[])[] =>
  [...theCase.messages({})].map(({ internetMessageId, itemId, trace }) => [
    internetMessageId,
    itemId,
    trace?.subject,
    trace?.source,
  ]);

const found = (folder: string, words: string): number => {
  const db = openRecords(join(folder, 'records.db'));
  try {
    const search = new SearchIndexes(() => db);
    const all = db.prepare('SELECT message FROM messages').all();
    return search.messages(
      words,
      Int32Array.from(all, (row) => Number(row['message'])),
    ).length;
  } finally {
    db.close();
  }
};

const WITHOUT = [null, ITEM, undefined, undefined];

describe('an item without a message id', () => {
  it('keeps the subject that its record states, is found by it, and after a rebuild', async (t) => {
    const { folder } = await caseOf(t, [access(1, { Subject: 'Zanzibar ledger' })]);
    const theCase = caseOn(t, folder);
    assert.deepEqual(subjects(theCase), [[null, ITEM, 'Zanzibar ledger', 'auditRecord']]);
    assert.equal(found(folder, 'zanzibar'), 1);
    assert.deepEqual(await flawsIn(theCase), []);
    const before = digestOf(folder);
    assert.equal(await rebuilt(folder), 'finished');
    assert.equal(digestOf(folder), before);
    assert.deepEqual(subjects(caseOn(t, folder)), [[null, ITEM, 'Zanzibar ledger', 'auditRecord']]);
  });

  for (const [rung, source, file] of [
    [
      'another operation',
      'auditRecord',
      JSON.stringify(
        bind({
          id: 2,
          over: {
            Operation: 'SoftDelete',
            AffectedItems: [{ Id: ITEM, InternetMessageId: '<z@x>', Subject: 'Zanzibar' }],
          },
        }),
      ),
    ],
    [
      'an exported page of the mailbox',
      'mailbox',
      JSON.stringify({
        value: [{ id: restIdOf(ITEM, GUID), internetMessageId: '<z@x>', subject: 'Zanzibar' }],
      }),
    ],
    [
      'the item list of a content search',
      'contentSearch',
      `Item Identity,Subject or Title,Sender or Created by,Internet Message Id\n${restIdOf(ITEM, GUID)},Zanzibar,a@x,\n`,
    ],
  ] as const)
    it(`is named by ${rung}, before and after it, and no more when that is withdrawn`, async (t) => {
      for (const order of ['before', 'after'] as const) {
        const { folder, files } = await caseOf(t);
        const paths = [join(files, 'log.jsonl'), join(files, 'more')];
        writeFileSync(paths[0] ?? '', `${JSON.stringify(access(1, {}))}\n`);
        writeFileSync(paths[1] ?? '', file);
        await importInto(folder, order === 'before' ? paths.toReversed() : paths);
        const theCase = caseOn(t, folder);
        assert.deepEqual(subjects(theCase), [[null, ITEM, 'Zanzibar', source]]);
        assert.equal(found(folder, 'zanzibar'), 1);
        const more = theCase.sources().find(({ file: name }) => name.endsWith('more'));
        theCase.withdraw(more?.id ?? '', 'test');
        assert.deepEqual(subjects(theCase), [WITHOUT]);
        assert.deepEqual(await flawsIn(theCase), []);
      }
    });
});
