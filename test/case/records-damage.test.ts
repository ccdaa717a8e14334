import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { withDiskTrouble } from '../../source/domain/disk-trouble.ts';
import { Problem } from '../../source/domain/problem.ts';
import { flawOfRecords } from '../../source/case/verify/records-findings.ts';
import { openCase } from '../../source/case/case.ts';
import { openRecords } from '../../source/store/records/open-records.ts';
import { tableContents } from '../../source/store/records/table-contents.ts';
import { runMia } from '../commands/run-mia.ts';
import { importInto, NOW, temporaryFolder } from '../import/temporary-case.ts';
import { caseOn, flawsIn, rebuilt } from './on-case.ts';
import { richCase, richFiles } from './rich-case.ts';

/** Numbers of rows, which mean nothing where nobody refers to them; `state` is of an import that runs. */
const OWN_NUMBERS: ReadonlySet<string> = new Set([
  ...[
    'sources.source',
    'sources.state',
    'records.record',
    'readings.reading',
    'owners.owner',
    'lookup_traffic.traffic',
  ],
  ...['warnings.warning', 'further_occurrences.occurrence', 'trace_rows.trace_row'],
  ...['sign_in_rows.sign_in_row', 'side_event_rows.side_event_row', 'further_copies.ordinal'],
]);

interface Look {
  /** Everything that is listed and counted; null where it can't be. */
  readonly shown: string | null;
  readonly problem: string | null;
}

const UNFORESEEN = 'unforeseen: verify tells whether that is a bug, or mia rebuild mends it';

const lookAt = (folder: string): Look => {
  try {
    const theCase = openCase({ folder, analyst: 'tester', now: () => NOW });
    try {
      const warnings = theCase.sources().map(({ id }) => theCase.warnings(id));
      const listed = [theCase.summary(), [...theCase.sessions({})], [...theCase.messages({})]];
      return { shown: JSON.stringify([listed, theCase.sources(), warnings]), problem: null };
    } finally {
      theCase.close();
    }
  } catch (error) {
    const problem = withDiskTrouble(error);
    if (!(problem instanceof Problem)) return { shown: null, problem: UNFORESEEN };
    return { shown: null, problem: `${problem.message} ${problem.hint}` };
  }
};

/** What verify finds of records.db, or the Problem that keeps it from looking. */
const verified = async (folder: string): Promise<readonly string[]> => {
  try {
    const theCase = openCase({ folder, analyst: 'tester', now: () => NOW });
    try {
      return (await flawsIn(theCase)).map(({ text }) => text);
    } finally {
      theCase.close();
    }
  } catch (error) {
    const found = withDiskTrouble(error);
    if (found instanceof Problem) return [`${found.message} ${found.hint}`];
    // As the command line does before it calls anything a bug.
    const flaw = await flawOfRecords(folder, () => NOW);
    if (flaw === null) throw error;
    return [`${flaw}: mia rebuild`];
  }
};

const put = (folder: string, bytes: Uint8Array): void => {
  for (const end of ['-wal', '-shm']) rmSync(join(folder, `records.db${end}`), { force: true });
  writeFileSync(join(folder, 'records.db'), bytes);
};

const RUNS = 60;

describe('what records.db says', () => {
  it('is compared to the last column of every table', async (t) => {
    const { folder } = await richCase(t);
    const db = openRecords(join(folder, 'records.db'));
    t.after(() => db.close());
    const before = JSON.stringify([...tableContents(db)]);
    const tables = db.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
    for (const { name: table } of tables) {
      const columns = db.prepare(`SELECT name, type FROM pragma_table_info(?)`).all(String(table));
      const rows = db.prepare(`SELECT count(*) AS rows FROM ${String(table)}`).get()?.['rows'];
      assert.ok(Number(rows) > 0, `the case has nothing in ${String(table)}`);
      for (const { name: column, type } of columns) {
        const place = `${String(table)}.${String(column)}`;
        if (OWN_NUMBERS.has(place)) continue;
        const value = type === 'INTEGER' ? 4_444_444 : type === 'BLOB' ? `x'0101'` : `'other'`;
        db.exec('BEGIN');
        // A copy of a message lies in the message itself where there is one.
        const where = String(column).startsWith('first_') ? ' WHERE first_copy = 1' : '';
        const one = `(SELECT max(${String(column)}) FROM ${String(table)}${where})`;
        const changed = db
          .prepare(
            `UPDATE OR IGNORE ${String(table)} SET ${String(column)} = ${value}
            WHERE ${String(column)} IS ${one}`,
          )
          .run();
        assert.ok(Number(changed.changes) > 0, `${place} could not be changed`);
        assert.ok(JSON.stringify([...tableContents(db)]) !== before, place);
        db.exec('ROLLBACK');
      }
    }
    assert.equal(JSON.stringify([...tableContents(db)]), before);
  });

  it('a view or an index that is not ours is found', async (t) => {
    const { folder } = await richCase(t);
    const db = new DatabaseSync(join(folder, 'records.db'));
    db.exec(`DROP VIEW copies; CREATE VIEW copies AS SELECT message, 0 AS ordinal,
      first_folder AS folder, first_item AS item_id, first_immutable AS immutable_id,
      first_size AS size FROM messages`);
    db.close();
    assert.match((await verified(folder)).join(), /does not say what .* schema/);
  });

  it('no flipped byte and no lost end changes a figure or list without being found', async (t) => {
    const { folder } = await richCase(t);
    const path = join(folder, 'records.db');
    const db = new DatabaseSync(path);
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.close();
    const whole = readFileSync(path);
    const used = [...whole.keys()].filter((at) => whole[at] !== 0);
    const before = lookAt(folder);
    assert.deepEqual(await verified(folder), []);
    let changed = 0;
    const place = fc.oneof(
      { weight: 4, arbitrary: fc.nat({ max: used.length - 1 }).map((at) => used[at] ?? 0) },
      { weight: 1, arbitrary: fc.nat({ max: whole.length - 1 }) },
    );
    const flip = fc.record({ at: place, bit: fc.nat({ max: 7 }) });
    const harm = fc.oneof(
      {
        weight: 8,
        arbitrary: fc.record({ flips: fc.array(flip, { minLength: 1, maxLength: 3 }) }),
      },
      { weight: 1, arbitrary: fc.record({ length: fc.nat({ max: whole.length - 1 }) }) },
    );
    await fc.assert(
      fc.asyncProperty(harm, async (done) => {
        const bytes = Buffer.from('flips' in done ? whole : whole.subarray(0, done.length));
        for (const { at, bit } of 'flips' in done ? done.flips : [])
          bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        put(folder, bytes);
        const { shown, problem } = lookAt(folder);
        if (problem !== null) assert.match(problem, /mia rebuild/);
        put(folder, bytes);
        const found = await verified(folder);
        for (const text of found) assert.match(text, /mia rebuild|case\.json says of/);
        if (problem === UNFORESEEN) assert.match(found.join(), /mia rebuild/);
        if (shown === before.shown) return;
        changed += 1;
        assert.notDeepEqual(found, []);
      }),
      { numRuns: RUNS },
    );
    assert.ok(changed > RUNS / 20, `only ${changed} of ${RUNS} changed anything`);
    if (existsSync(path)) rmSync(path);
    put(folder, whole.subarray(0, whole.length >> 1));
    assert.equal(await rebuilt(folder), 'finished');
    assert.equal(lookAt(folder).shown, before.shown);
    assert.deepEqual(await verified(folder), []);
  });

  it('is not called a bug where it can be read and says what mia never wrote', async (t) => {
    const { folder } = await richCase(t);
    const db = new DatabaseSync(join(folder, 'records.db'));
    db.exec(`UPDATE readings SET text = replace(text, '"folders"', '"fodlers"')`);
    db.close();
    const { code, stderr } = await runMia(['summary', '--case', folder]);
    assert.equal(code, 1);
    assert.match(stderr, /records\.db is damaged: it does not say .*\(.*readings.*\).*/);
    assert.match(stderr, /mia rebuild/);
    assert.equal((await runMia(['rebuild', '--case', folder])).code, 0);
    assert.equal((await runMia(['summary', '--case', folder])).code, 0);
  });

  it('is what the evidence says after any imports, withdrawals and rebuilds', async (t) => {
    const act = fc.oneof(
      fc.record({ import: fc.nat({ max: 5 }) }),
      fc.record({ withdraw: fc.nat({ max: 5 }) }),
      fc.constant('rebuild' as const),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 8 }), async (acts) => {
        const files = temporaryFolder(t);
        const folder = join(files, 'case');
        const paths = richFiles(files);
        await importInto(folder, [paths[0] ?? '']);
        for (const one of acts) {
          if (one === 'rebuild') assert.equal(await rebuilt(folder), 'finished');
          else if ('import' in one) await importInto(folder, [paths[one.import] ?? '']);
          else {
            const theCase = caseOn(t, folder);
            const inForce = theCase.sources().filter(({ withdrawn }) => withdrawn === null);
            const source = inForce[one.withdraw % Math.max(1, inForce.length)];
            if (source !== undefined) theCase.withdraw(source.sha256, null);
            theCase.close();
          }
        }
        assert.deepEqual(await verified(folder), []);
        rmSync(files, { recursive: true });
      }),
      { numRuns: 15 },
    );
  });
});
