import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { Problem } from '../../source/domain/problem.ts';
import { openCaseFolder } from '../../source/store/case-folder.ts';
import { readFetchState } from '../../source/store/fetch-state.ts';
import { TaskFolder } from '../../source/store/task-folder.ts';

const QUERY = {
  ...{
    filter: { by: 'actors', names: ['a'] },
    from: 'f',
    to: 't',
    name: 'n',
    sent: true,
    id: null,
  },
  ...{ status: 'planned', since: null, made: 0, limitExceeded: null, announced: null, passes: [] },
  ...{ records: 0, hours: [], outcome: 'open', source: null, parent: null },
};
const STATE = {
  ...{ version: 1, id: 'abcdef01', api: 'search', root: null, cloud: 'global', tenantId: 't' },
  asked: { users: [], mailboxes: [], addresses: [], from: 'f', to: 't' },
  ...{ account: 'a', clientId: 'c', analyst: 'k', title: 't', again: null, startedAt: 's' },
  ...{ endedAt: null, reachesFrom: null, queries: [QUERY] },
};

it('reads the state of a fetch that an older mia kept, and says where a damaged one is wrong', (t) => {
  const path = mkdtempSync(join(tmpdir(), 'mia-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  const folder = openCaseFolder(path, { create: true });
  const task = new TaskFolder(folder, STATE.id, 'fetch');
  task.create(folder);
  assert.equal(readFetchState(task), null);
  task.keepState({ ...STATE, later: 1 });
  const read = readFetchState(task);
  assert.deepEqual(read, {
    ...STATE,
    later: 1,
    queries: [{ ...QUERY, matching: null, refused: null }],
  });

  const says = (state: object, what: RegExp): void => {
    task.keepState(state);
    assert.throws(
      () => readFetchState(task),
      (error) => error instanceof Problem && what.test(error.message),
    );
  };
  says({ ...STATE, version: 2 }, /begun by another version/);
  says(
    { ...STATE, queries: [QUERY, { ...QUERY, records: '7' }] },
    /state\.json is damaged: queries\.1\.records must be integer/,
  );
  says({ ...STATE, queries: 7 }, /queries must be array/);
});
