import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { JsonObject } from '../../source/domain/json.ts';
import { sync } from './made-records.ts';
import { caseOf, caseOn } from './on-case.ts';

const archive = (id: number, Id: string): JsonObject =>
  sync({
    id,
    over: { Item: { Id, ParentFolder: { Id, Name: 'Archive', Path: 'Not Available' } } },
  });

it('two synced folders that share a name are both exposed', async (t) => {
  const rows = [archive(1, 'one'), archive(2, 'two'), archive(3, 'two')];
  const made = await caseOf(t, rows);
  const theCase = caseOn(t, made.folder);
  const sessions = [...theCase.sessions({})].map((session) => session.key);
  theCase.judging.mark({ verdict: 'malicious', sessions, contexts: [], reason: null });
  assert.deepEqual(theCase.summary().mailboxes[0]?.syncedFolders, ['Archive', 'Archive']);
});
