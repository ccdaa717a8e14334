import assert from 'node:assert/strict';
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ONE, SMALL_LOG, world } from './run-mia.ts';

test('decisions that are left out, or were cut off, are said with everything that is reported', async (t) => {
  const here = world(t);
  const decisions = join(here.folder, 'case', 'decisions.jsonl');
  await here.mia('import', here.file('log.jsonl', SMALL_LOG));
  await here.mia('mark', ONE, '--clear');
  await here.mia('mark', ONE, '--malicious', '--because', 'seen in the proxy log');
  const whole = readFileSync(decisions, 'utf8');
  for (const command of ['summary', 'sessions', 'messages', 'export']) {
    writeFileSync(decisions, whole.replace('seen in', 'not in'));
    const { stderr } = await here.mia(command);
    assert.match(stderr, /decisions\.jsonl, line 2 was changed .* and was left out/, command);

    writeFileSync(decisions, whole);
    assert.equal((await here.mia(command)).stderr, '', command);
    appendFileSync(decisions, '{"act":"mark","verd');
    assert.match((await here.mia(command)).stderr, /The end of decisions\.jsonl was cut off/);
  }
});
