import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { bind } from './made-records.ts';
import { caseOf, caseOn } from './on-case.ts';

const GUID = '0A1B2C3D-0000-4000-8000-0123456789AB';

describe('what a KEY stands for', () => {
  it('is the session whose id is spelled exactly so, guids aside', async (t) => {
    const made = await caseOf(t, [
      bind({ id: 1, session: 'abc' }),
      bind({ id: 2, session: 'ABC' }),
      bind({ id: 3, session: GUID }),
    ]);
    const theCase = caseOn(t, made.folder);
    const named = (key: string): readonly (string | null)[] => {
      const { sessions } = theCase.resolveKeys([key]);
      return [...theCase.sessions({})]
        .filter((session) => sessions.includes(session.key))
        .map((session) => session.sessionId);
    };
    for (const id of ['abc', 'ABC']) assert.deepEqual(named(id), [id]);
    assert.deepEqual(named('Abc'), []);
    for (const id of [GUID, GUID.toLowerCase()]) assert.deepEqual(named(id), [GUID.toLowerCase()]);
  });

  it('is the key where the id of another session is spelled like it', async (t) => {
    const first = await caseOf(t, [bind({ id: 1, session: 'victim' })]);
    const key = [...caseOn(t, first.folder).sessions({})][0]?.key ?? '';
    for (const ids of [
      ['victim', key],
      [key, 'victim'],
    ]) {
      const made = await caseOf(
        t,
        ids.map((session, at) => bind({ id: at, session })),
      );
      assert.deepEqual(caseOn(t, made.folder).resolveKeys([key]).sessions, [key]);
    }
  });
});
