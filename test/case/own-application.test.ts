import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { marksOf } from '../../source/console/words/verdicts.ts';
import { sessionJson } from '../../source/exports/documents/session.ts';
import { openCase } from '../../source/case/case.ts';
import { openCaseFolder } from '../../source/store/case-folder.ts';
import { readCaseFile } from '../../source/store/case-file.ts';
import { noteOwnApplication, ownApplications } from '../../source/store/own-applications.ts';
import { bindData } from '../domain/records/audit-data.ts';
import { importInto, temporaryFolder, writeLines } from '../import/temporary-case.ts';

const OURS = '9AC41F00-1111-4222-8333-444455556666';

test('domain.md, What never happens: our own reading is marked, not hidden and not judged', async (t) => {
  const folder = join(temporaryFolder(t), 'case');
  const lines = [
    bindData({ Id: 'a', SessionId: 's1', ClientAppId: OURS.toLowerCase() }),
    bindData({ Id: 'b', SessionId: 's1', ClientAppId: 'another' }),
    bindData({ Id: 'c', SessionId: 's2', ClientAppId: 'another' }),
  ];
  await importInto(folder, [writeLines(temporaryFolder(t), 'a.ndjson', lines)]);
  const theCase = openCase({ folder, analyst: null, now: () => '2026-11-24T09:00:00Z' });
  t.after(() => theCase.close());
  assert.ok([...theCase.sessions({})].every((session) => !session.ownApplication));
  const opened = openCaseFolder(folder, { create: false });
  noteOwnApplication(opened, OURS);
  noteOwnApplication(opened, OURS.toLowerCase());
  noteOwnApplication(opened, 'b2');
  assert.deepEqual([...ownApplications(readCaseFile(opened))], [OURS.toLowerCase(), 'b2']);
  const [first, second] = [...theCase.sessions({})].sort((one, other) =>
    (one.sessionId ?? '') < (other.sessionId ?? '') ? -1 : 1,
  );
  assert.ok(first !== undefined && second !== undefined);
  assert.deepEqual(
    first.contexts.map(({ clientAppId, ownApplication }) => [clientAppId, ownApplication]).sort(),
    [
      [OURS.toLowerCase(), true],
      ['another', false],
    ],
  );
  assert.equal(first.ownApplication, true);
  assert.equal(second.ownApplication, false);
  assert.equal(first.verdict, null);
  assert.match(marksOf(first), /\bO\b/);
  assert.doesNotMatch(marksOf(second), /O/);
  assert.equal(sessionJson(first).ownApplication, true);
});
