import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import { exportInThread } from '../../source/case/export/export-in-thread.ts';
import { openCase } from '../../source/case/case.ts';
import { openCaseClient } from '../../source/case/case-client.ts';
import { openRecords } from '../../source/store/records/open-records.ts';
import { NOW } from '../import/temporary-case.ts';
import { bind } from './made-records.ts';
import { caseOf } from './on-case.ts';

const locksIn = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => name.endsWith('.lock'));

/** As an import that is under way has it, between two of its transactions. */
const beginSource = (folder: string): void => {
  const db = openRecords(join(folder, 'records.db'));
  db.exec(`INSERT INTO sources (file, state, kept) VALUES ('on its way', 'importing', 1)`);
  db.close();
};

const sourcesIn = (folder: string): readonly unknown[] => {
  const db = openRecords(join(folder, 'records.db'));
  const rows = db.prepare('SELECT file FROM sources ORDER BY source').all();
  db.close();
  return rows.map((row) => basename(row['file'] as string));
};

describe('a case that another thread of this program has open', () => {
  it('is opened without a lock, and nothing in it is taken for left over', async (context) => {
    const { folder } = await caseOf(context, [bind({ id: 1 })]);
    beginSource(folder);
    for (const name of locksIn(folder)) rmSync(join(folder, name));
    const theCase = openCase({
      folder,
      analyst: 'a',
      now: () => NOW,
      mustExist: true,
      alongside: true,
    });
    assert.equal([...theCase.sessions({})].length, 1);
    theCase.close();
    assert.deepEqual(locksIn(folder), []);
    assert.deepEqual(sourcesIn(folder), ['0.jsonl', 'on its way']);
  });

  it('is so for the threads that read, and for the one that exports', async (context) => {
    const { folder, files } = await caseOf(context, [bind({ id: 1 })]);
    const client = await openCaseClient({ folder, analyst: 'a' });
    context.after(() => client.close());
    await client.case.overview();
    // Whoever opened first has looked what is left over; from here on an import may be under way.
    beginSource(folder);
    const query = {
      filter: {},
      sort: 'accessed',
      search: 'first',
      scope: { of: 'case' },
    } as const;
    await client.messages.page(query, 0, 10);
    const { signal } = new AbortController();
    await exportInThread(
      {
        ...{ folder, analyst: 'a', format: 'json', path: join(files, 'exposure.json') },
        ...{ toolVersion: '0', readOnly: null },
      },
      signal,
    );
    assert.deepEqual(sourcesIn(folder), ['0.jsonl', 'on its way']);
  });

  it('is looked through by whoever opens it alone', async (context) => {
    const { folder } = await caseOf(context, [bind({ id: 1 })]);
    beginSource(folder);
    openCase({ folder, analyst: 'a', now: () => NOW, mustExist: true }).close();
    assert.deepEqual(sourcesIn(folder), ['0.jsonl']);
  });
});
