/** A record that states two session ids: one decides its session, and either leads to it. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { JsonObject } from '../../source/domain/json.ts';
import { SearchIndexes } from '../../source/case/search/search-indexes.ts';
import { openRecords } from '../../source/store/records/open-records.ts';
import { runMia } from '../commands/run-mia.ts';
import { digestOf, importInto, sourcesIn } from '../import/temporary-case.ts';
import { bind } from './made-records.ts';
import { caseOf, caseOn, flawsIn, rebuilt } from './on-case.ts';

const AAD = '0a1b2c3d-0000-4000-8000-0123456789ab';
const stated = (id: number, session: string | null, aad: string | null, over: JsonObject = {}) =>
  bind({
    id,
    session,
    messages: [`m${id}`],
    over: aad === null ? over : { AppAccessContext: { AADSessionId: aad }, ...over },
  });

/** Two sessions with the same other id, the session that has it for its own, and one apart. */
const RECORDS = [
  stated(1, 's-one', AAD.toUpperCase()),
  stated(2, 's-two', AAD),
  stated(3, null, AAD),
  stated(4, 's-apart', 's-apart'),
];

const byId = (t: TestContext, folder: string) =>
  new Map([...caseOn(t, folder).sessions({})].map((one) => [one.sessionId, one]));

const keysOf = (t: TestContext, folder: string, ...ids: readonly string[]): readonly string[] => {
  const sessions = byId(t, folder);
  return ids.map((id) => sessions.get(id)?.key ?? assert.fail(id)).toSorted();
};

const found = (folder: string, words: string): number => {
  const db = openRecords(join(folder, 'records.db'));
  try {
    const all = db.prepare('SELECT session FROM sessions').all();
    const numbers = Int32Array.from(all, (row) => Number(row['session']));
    return new SearchIndexes(() => db).sessions(words, numbers).length;
  } finally {
    db.close();
  }
};

describe('a record with two session ids', () => {
  it('is of the session of the first, which shows the other and lists its kin', async (t) => {
    const { folder } = await caseOf(t, RECORDS);
    const sessions = byId(t, folder);
    for (const [id, others] of [
      ['s-one', [AAD]],
      ['s-two', [AAD]],
      [AAD, []],
      ['s-apart', []],
    ] as const)
      assert.deepEqual(sessions.get(id)?.otherSessionIds, others);
    assert.equal(sessions.size, 4);
    assert.deepEqual(sessions.get('s-one')?.kin, keysOf(t, folder, 's-two', AAD));
    assert.deepEqual(sessions.get(AAD)?.kin, keysOf(t, folder, 's-one', 's-two'));
    assert.deepEqual(sessions.get('s-apart')?.kin, []);
  });

  it('is found by either: listed, and by the search of the console', async (t) => {
    const { folder } = await caseOf(t, RECORDS);
    const listed = async (...argv: readonly string[]) => {
      const { code, stdout } = await runMia([...argv, '--json'], { caseFolder: folder });
      assert.equal(code, 0);
      return JSON.parse(stdout) as {
        sessions: { key: string; otherSessionIds: string[]; kin: string[] }[];
        messages: { internetMessageId: string }[];
      };
    };
    const { sessions } = await listed('sessions', '--session', AAD.toUpperCase());
    assert.deepEqual(
      sessions.map(({ key }) => key).toSorted(),
      keysOf(t, folder, 's-one', 's-two', AAD),
    );
    assert.ok(sessions.some(({ otherSessionIds }) => otherSessionIds.includes(AAD)));
    const { messages } = await listed('messages', '--session', AAD);
    assert.equal(messages.length, 3);
    assert.equal((await listed('messages', '--session', 's-one')).messages.length, 1);
    assert.equal(found(folder, AAD), 3);
    assert.equal(found(folder, 's-one'), 1);
  });

  it('is judged by the one that decides: by the other nothing is changed, and candidates are listed', async (t) => {
    const { folder } = await caseOf(t, RECORDS.slice(0, 2));
    for (const argv of [
      ['mark', AAD, '--malicious'],
      ['mark', 's-one', AAD, '--malicious'],
      ['mark', '--session', AAD, '--malicious'],
    ]) {
      const { code, stderr } = await runMia(argv, { caseFolder: folder });
      assert.equal(code, 1);
      assert.match(stderr, /Nothing was changed/);
      for (const key of keysOf(t, folder, 's-one', 's-two'))
        assert.ok(stderr.includes(key), stderr);
    }
    assert.deepEqual(caseOn(t, folder).decisions(), []);
    const { code } = await runMia(['mark', 's-one', '--malicious'], { caseFolder: folder });
    assert.equal(code, 0);
    const sessions = byId(t, folder);
    assert.deepEqual(
      [sessions.get('s-one')?.verdict, sessions.get('s-two')?.verdict],
      ['malicious', null],
    );
  });

  it('is judged by an id that is the other of some and the own of one: that one alone', async (t) => {
    const { folder } = await caseOf(t, RECORDS);
    const { code } = await runMia(['mark', AAD, '--malicious'], { caseFolder: folder });
    assert.equal(code, 0);
    const verdicts = [...byId(t, folder)].map(([id, { verdict }]) => [id, verdict]);
    assert.deepEqual(
      verdicts.filter(([, verdict]) => verdict !== null),
      [[AAD, 'malicious']],
    );
  });

  it('says the same in any order of poorer and fuller copies, withdrawn and rebuilt', async (t) => {
    const fuller = [stated(1, 's-one', AAD)];
    const poorer = [stated(1, 's-one', null)];
    const one = await caseOf(t, fuller, poorer);
    const other = await caseOf(t, poorer, fuller);
    assert.equal(digestOf(one.folder), digestOf(other.folder));
    const theCase = caseOn(t, other.folder);
    assert.deepEqual(
      theCase.sources().map(({ conflicts }) => conflicts),
      [0, 0],
    );
    assert.deepEqual(await flawsIn(theCase), []);
    assert.equal(await rebuilt(other.folder), 'finished');
    assert.equal(digestOf(other.folder), digestOf(one.folder));
    const [, full] = caseOn(t, other.folder).sources();
    caseOn(t, other.folder).withdraw(full?.id ?? '', 'test');
    assert.deepEqual(byId(t, other.folder).get('s-one')?.otherSessionIds, []);
    assert.deepEqual(await flawsIn(caseOn(t, other.folder)), []);
  });

  it('contradicts a copy that states another in the same place; both lead to it', async (t) => {
    const { folder, files } = await caseOf(t, [stated(1, 's-one', AAD)]);
    const path = join(files, 'other.jsonl');
    writeFileSync(path, `${JSON.stringify(stated(1, 's-one', 's-else'))}\n`);
    const [source] = sourcesIn(await importInto(folder, [path]));
    assert.equal(source?.conflicts, 1);
    assert.deepEqual(byId(t, folder).get('s-one')?.otherSessionIds, [AAD, 's-else']);
  });

  it('is joined to the sign-in that either of its ids names', async (t) => {
    const { folder, files } = await caseOf(t, RECORDS.slice(0, 1));
    const path = join(files, 'sign-ins.json');
    const signIn = {
      id: 'by-other',
      createdDateTime: '2026-09-14T08:00:00Z',
      userPrincipalName: 'somebody@else.example',
      appId: '5d661950-3475-41cd-a2c3-d671a3162bc1',
      ipAddress: '192.0.2.99',
      sessionId: AAD,
    };
    writeFileSync(path, JSON.stringify({ value: [signIn] }));
    await importInto(folder, [path]);
    assert.deepEqual(
      byId(t, folder)
        .get('s-one')
        ?.signIns.map(({ by, signIn: { id } }) => [by, id]),
      [['sessionId', 'by-other']],
    );
  });
});
