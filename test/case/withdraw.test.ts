import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Problem } from '../../source/domain/problem.ts';
import { LOCKS, openCaseFolder } from '../../source/store/case-folder.ts';
import { tryHold } from '../../source/store/case-lock.ts';
import { digestOf, importInto, sourcesIn } from '../import/temporary-case.ts';
import { bind, INTRUDER, sync } from './made-records.ts';
import { caseOf, caseOn, flawsIn, rebuilt } from './on-case.ts';

const RIGHT = [bind({ id: 1 }), bind({ id: 2, messages: ['a', 'b'] })];
/** Repeats, contradicts, and adds records in the same and in other sessions. */
const WRONG = [
  bind({ id: 2, messages: ['a', 'b'] }),
  bind({ id: 1, address: INTRUDER, messages: ['c'] }),
  bind({ id: 3, messages: ['a', 'd'] }),
  sync({ id: 4, session: 's-two' }),
];
const LATER = [bind({ id: 3, messages: ['a', 'd'] }), bind({ id: 5 })];

const counted = (folder: string, t: Parameters<typeof caseOn>[0]): readonly object[] =>
  caseOn(t, folder)
    .sources()
    .filter(({ withdrawn }) => withdrawn === null)
    .map(({ rows, accepted, sideEvents, otherOperations, duplicates, conflicts, damaged }) => ({
      rows,
      accepted,
      sideEvents,
      otherOperations,
      duplicates,
      conflicts,
      damaged,
    }));

describe('mia withdraw', () => {
  it('leaves the case as if the file had never been imported, and notes that', async (t) => {
    const { folder } = await caseOf(t, RIGHT, WRONG, LATER);
    const never = await caseOf(t, RIGHT, LATER);
    const theCase = caseOn(t, folder);
    const wrong = theCase.sources()[1];
    const withdrawn = theCase.withdraw(wrong?.id ?? '', 'of another tenant');
    assert.equal(withdrawn.sha256, wrong?.sha256);
    assert.equal(digestOf(folder), digestOf(never.folder));
    assert.deepEqual(counted(folder, t), counted(never.folder, t));
    assert.deepEqual(theCase.summary(), caseOn(t, never.folder).summary());
    assert.deepEqual(theCase.sources()[1]?.withdrawn, {
      at: '2026-11-24T09:00:00Z',
      analyst: 'tester',
      because: 'of another tenant',
    });
    const decision = theCase.decisions().at(-1);
    assert.equal(decision?.act, 'withdraw');
    assert.equal(decision?.act === 'withdraw' && decision.source, wrong?.sha256);
    assert.equal(decision?.reason, 'of another tenant');
    assert.ok(existsSync(join(folder, 'evidence', `${wrong?.sha256}.zst`)));
    assert.deepEqual(await flawsIn(theCase), []);
    assert.equal(await rebuilt(folder), 'finished');
    assert.equal(digestOf(folder), digestOf(never.folder));
  });

  it('can be followed by importing the file again', async (t) => {
    const { folder, paths } = await caseOf(t, RIGHT, WRONG);
    const before = [digestOf(folder), counted(folder, t)];
    const theCase = caseOn(t, folder);
    theCase.withdraw(theCase.sources()[1]?.id ?? '', null);
    const [again] = sourcesIn(await importInto(folder, [paths[1] ?? '']));
    assert.equal(again?.alreadyImported, false);
    assert.deepEqual([digestOf(folder), counted(folder, t)], before);
    assert.deepEqual(
      theCase.sources().map(({ withdrawn }) => withdrawn),
      [null, null],
    );
  });

  it('is refused while an import runs, twice, and of what is not there: nothing changes', async (t) => {
    const { folder } = await caseOf(t, RIGHT, WRONG);
    const before = digestOf(folder);
    const theCase = caseOn(t, folder);
    const id = theCase.sources()[1]?.id ?? '';
    {
      using hold = tryHold(openCaseFolder(folder, { create: false }), LOCKS.import);
      assert.notEqual(hold, null);
      assert.throws(
        () => theCase.withdraw(id, null),
        (error) => error instanceof Problem && /import.*is running/.test(error.message),
      );
    }
    assert.throws(() => theCase.withdraw('feedfeed', null), Problem);
    assert.throws(() => theCase.withdraw('', null), Problem);
    assert.equal(theCase.decisions().length, 0);
    assert.equal(digestOf(folder), before);
    theCase.withdraw(id, null);
    assert.throws(
      () => theCase.withdraw(id, null),
      (error) => error instanceof Problem && /withdrawn already/.test(error.message),
    );
    assert.equal(theCase.decisions().length, 1);
  });

  it('opens a benign verdict again that was given on more than is left', async (t) => {
    const { folder } = await caseOf(t, RIGHT, [bind({ id: 9 })]);
    const theCase = caseOn(t, folder);
    const [session] = theCase.sessions({});
    theCase.judging.mark({
      verdict: 'benign',
      sessions: [session?.key ?? ''],
      contexts: [],
      reason: null,
    });
    assert.equal([...theCase.sessions({})][0]?.verdict, 'benign');
    theCase.withdraw(theCase.sources()[1]?.id ?? '', null);
    assert.equal([...theCase.sessions({})][0]?.verdict, null);
  });
});
