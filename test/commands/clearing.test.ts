import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ONE, SMALL_LOG, world } from './run-mia.ts';

test('clearing a context says so where the verdict of its session still speaks for it', async (t) => {
  const here = world(t);
  await here.mia('import', here.file('log.jsonl', SMALL_LOG));
  await here.mia('mark', ONE, '--malicious');
  const { sessions } = JSON.parse((await here.mia('sessions', '--json')).stdout);
  const session = sessions.find((one: { sessionId: string }) => one.sessionId === ONE);
  const context: string = session.contexts[0].key;
  const { stdout } = await here.mia('mark', context, '--clear');
  assert.match(stdout, /1 context of them still has the verdict of its session/);
  assert.doesNotMatch(stdout, /undecided/);
  assert.doesNotMatch((await here.mia('mark', ONE, '--clear')).stdout, /still has/);
});
