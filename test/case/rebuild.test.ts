import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Problem } from '../../source/domain/problem.ts';
import { openCase } from '../../source/case/case.ts';
import { digestOf, importInto, NOW } from '../import/temporary-case.ts';
import { bind, INTRUDER, otherOperation, sync } from './made-records.ts';
import { caseOf, caseOn, rebuilt } from './on-case.ts';

const FIRST = [bind({ id: 1 }), sync({ id: 2, session: null }), otherOperation({ id: 3 })];
/** Says the same as the first, contradicts it, and adds to it. */
const SECOND = [
  bind({ id: 1 }),
  bind({ id: 1, address: INTRUDER }),
  bind({ id: 4, messages: ['second', 'third'] }),
  'torn {',
];

const asksForRebuild = (error: unknown): boolean =>
  error instanceof Problem && /mia rebuild/.test(error.hint);

const removeRecords = (folder: string): void => {
  for (const name of ['records.db', 'records.db-wal', 'records.db-shm'])
    rmSync(join(folder, name), { force: true });
};

describe('mia rebuild', () => {
  it('makes the same case, verdicts too, though the imported files are gone', async (t) => {
    const { folder, paths } = await caseOf(t, FIRST, SECOND);
    const before = digestOf(folder);
    const theCase = caseOn(t, folder);
    const [session] = theCase.sessions({});
    theCase.judging.mark({
      verdict: 'malicious',
      sessions: [session?.key ?? ''],
      contexts: [],
      reason: null,
    });
    const said = JSON.stringify([theCase.summary(), [...theCase.sessions({})], theCase.sources()]);
    for (const path of paths) rmSync(path);
    assert.equal(await rebuilt(folder), 'finished');
    assert.equal(digestOf(folder), before);
    // The desk that was open meanwhile follows to the new file.
    assert.equal(
      JSON.stringify([theCase.summary(), [...theCase.sessions({})], theCase.sources()]),
      said,
    );
  });

  it('is what opening asks for where records.db was deleted, and mends it', async (t) => {
    const { folder } = await caseOf(t, FIRST, SECOND);
    const before = digestOf(folder);
    removeRecords(folder);
    assert.throws(() => openCase({ folder, analyst: null, now: () => NOW }), asksForRebuild);
    assert.equal(await rebuilt(folder), 'finished');
    assert.equal(digestOf(folder), before);
    assert.equal(caseOn(t, folder).sources().length, 2);
  });

  it('is done on the way by an import', async (t) => {
    const { folder, paths } = await caseOf(t, FIRST, SECOND);
    const before = digestOf(folder);
    removeRecords(folder);
    await importInto(folder, [paths[0] ?? '']);
    assert.equal(digestOf(folder), before);
  });

  for (const [how, damage] of [
    ['is no database', (bytes: Buffer): Buffer => Buffer.from('x'.repeat(bytes.length))],
    [
      'lost its first page',
      (bytes: Buffer): Buffer => Buffer.concat([Buffer.alloc(4096), bytes.subarray(4096)]),
    ],
    ['is empty', (): Buffer => Buffer.alloc(0)],
  ] as const)
    it(`is what opening asks for where records.db ${how}, and mends it`, async (t) => {
      const { folder } = await caseOf(t, FIRST, SECOND);
      const before = digestOf(folder);
      const path = join(folder, 'records.db');
      const bytes = readFileSync(path);
      removeRecords(folder);
      writeFileSync(path, damage(bytes));
      assert.throws(() => openCase({ folder, analyst: null, now: () => NOW }), asksForRebuild);
      assert.equal(await rebuilt(folder), 'finished');
      assert.equal(digestOf(folder), before);
    });

  it('says so and leaves the old records.db where --no-keep left a file that is gone', async (t) => {
    const { folder, files, paths } = await caseOf(t, FIRST);
    await importInto(folder, [paths[0] ?? ''], { keep: true });
    const other = join(files, 'left-there.jsonl');
    writeFileSync(
      other,
      SECOND.map((row) => (typeof row === 'string' ? row : JSON.stringify(row))).join('\n'),
    );
    await importInto(folder, [other], { keep: false });
    const before = digestOf(folder);
    const text = readFileSync(other);
    rmSync(other);
    assert.match(await rebuilt(folder), /^failed: .*left-there\.jsonl/);
    assert.equal(digestOf(folder), before);
    writeFileSync(other, Buffer.concat([text, Buffer.from('\n\n')]));
    assert.match(await rebuilt(folder), /^failed: .*is not what was imported/);
    writeFileSync(other, text);
    assert.equal(await rebuilt(folder), 'finished');
    assert.equal(digestOf(folder), before);
  });
});
