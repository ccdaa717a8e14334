import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it, type TestContext } from 'node:test';
import type { Case } from '../../source/case/case.ts';
import { importInto, writeLines } from '../import/temporary-case.ts';
import { bind, sync } from './made-records.ts';
import { caseOf, caseOn, flawsIn, rebuilt, type MadeCase } from './on-case.ts';

const judgedCase = async (
  t: TestContext,
): Promise<MadeCase & { readonly theCase: Case; readonly sha256: string }> => {
  const made = await caseOf(t, [bind({ id: 1 }), sync({ id: 2, session: 's-two' })]);
  const theCase = caseOn(t, made.folder);
  for (const { key } of theCase.sessions({}))
    theCase.judging.mark({ verdict: 'malicious', sessions: [key], contexts: [], reason: 'why' });
  return { ...made, theCase, sha256: theCase.sources()[0]?.sha256 ?? '' };
};

const change = (path: string, at: number): void => {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
};

describe('mia verify', () => {
  it('finds nothing wrong in a case as it was left', async (t) => {
    const { theCase } = await judgedCase(t);
    const found: string[] = [];
    for await (const { of, ok } of theCase.verify()) found.push(`${of} ${ok}`);
    assert.deepEqual([...new Set(found)].toSorted(), [
      'case true',
      'decisions true',
      'evidence true',
      'records true',
    ]);
  });

  it('finds evidence of which one byte was changed, at any place', async (t) => {
    const { theCase, folder, sha256 } = await judgedCase(t);
    const path = join(folder, 'evidence', `${sha256}.zst`);
    const whole = readFileSync(path);
    for (const at of [0, 30, whole.length >> 1]) {
      change(path, at);
      const flaws = await flawsIn(theCase);
      assert.ok(
        flaws.some(({ of }) => of === 'evidence'),
        String(at),
      );
      writeFileSync(path, whole);
    }
    rmSync(path);
    assert.ok((await flawsIn(theCase)).some(({ of }) => of === 'evidence'));
    writeFileSync(path, whole);
    assert.deepEqual(await flawsIn(theCase), []);
  });

  for (const statement of [
    `UPDATE records SET time = time + 1000 WHERE id = 'record-1'`,
    `UPDATE contexts SET address = '192.0.2.1'`,
    `UPDATE messages SET message_id = 'other@fabrikam.example' WHERE message_id = 'first@fabrikam.example'`,
    `DELETE FROM accesses WHERE message = (SELECT min(message) FROM accesses)`,
    `UPDATE sessions SET session_id = 'another'`,
    `DELETE FROM synced`,
  ])
    it(`finds records.db that says something else: ${statement.slice(0, 40)}…`, async (t) => {
      const { theCase, folder } = await judgedCase(t);
      const db = new DatabaseSync(join(folder, 'records.db'));
      db.exec(statement);
      assert.ok(Number(db.prepare('SELECT changes() AS rows').get()?.['rows']) > 0);
      db.close();
      const flaws = await flawsIn(theCase);
      assert.deepEqual(
        flaws.map(({ of }) => of),
        ['records'],
      );
      assert.match(flaws[0]?.text ?? '', /mia rebuild/);
    });

  it('finds a decision that was changed, and one that was taken out', async (t) => {
    const { theCase, folder } = await judgedCase(t);
    const path = join(folder, 'decisions.jsonl');
    const text = readFileSync(path, 'utf8');
    const lines = text.trimEnd().split('\n');
    assert.equal(lines.length, 2);
    for (const tampered of [
      text.replace('malicious', 'benign'),
      text.replace('why', 'who'),
      `${lines[1]}\n`,
    ]) {
      writeFileSync(path, tampered);
      const flaws = await flawsIn(theCase);
      assert.ok(
        flaws.some(({ of }) => of === 'decisions'),
        tampered,
      );
    }
    writeFileSync(path, text);
    assert.deepEqual(await flawsIn(theCase), []);
  });

  it('finds a file that changed where --no-keep left it, or is gone', async (t) => {
    const { theCase, folder, files } = await judgedCase(t);
    const path = writeLines(files, 'left.jsonl', [bind({ id: 7 })]);
    await importInto(folder, [path], { keep: false });
    assert.deepEqual(await flawsIn(theCase), []);
    const whole = readFileSync(path);
    change(path, 40);
    assert.match((await flawsIn(theCase))[0]?.text ?? '', /left\.jsonl.*is not what was imported/);
    rmSync(path);
    assert.match((await flawsIn(theCase))[0]?.text ?? '', /left\.jsonl.*is gone/);
    writeFileSync(path, whole);
    assert.deepEqual(await flawsIn(theCase), []);
  });

  it('finds a case.json that says something else than decisions, evidence and records', async (t) => {
    const { theCase, folder, sha256 } = await judgedCase(t);
    theCase.judging.setWindow(null, '2026-09-14T00:00:00Z', null, 'first sign-in');
    const path = join(folder, 'case.json');
    const whole = readFileSync(path, 'utf8');
    const withdrawn = '{"at":"2026-01-01T00:00:00Z","analyst":"x","because":null}';
    for (const [said, tampered] of [
      [/0\.jsonl: accepted 9, and it has 2/, whole.replace('"accepted": 2', '"accepted": 9')],
      [
        /0\.jsonl was withdrawn, and no/,
        whole.replace('"withdrawn": null', `"withdrawn": ${withdrawn}`),
      ],
      [
        /access window is 2026-09-15.*say 2026-09-14/,
        whole.replace('"2026-09-14T00', '"2026-09-15T00'),
      ],
    ] as const) {
      assert.notEqual(tampered, whole);
      writeFileSync(path, tampered);
      const flaws = (await flawsIn(caseOn(t, folder))).filter(({ of }) => of === 'case');
      assert.match(flaws.map(({ text }) => text).join(), said);
      writeFileSync(path, whole);
      await rebuilt(folder);
    }
    assert.deepEqual(await flawsIn(theCase), []);
    const stray = sha256.replaceAll(/[0-9]/g, 'a');
    writeFileSync(join(folder, 'evidence', `${stray}.zst`), '');
    assert.match((await flawsIn(theCase))[0]?.text ?? '', /no source for evidence\/.*\.zst/);
  });
});
