import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openJourney } from './journey.ts';

test('the marked set as JSON and as sheets', async (t) => {
  const mia = await openJourney(t, undefined, ['audit', 'trace']);
  await mia.press('j', 'j', 'm');
  await mia.press('e', 'j', 'ctrl-u');
  const json = join(mia.folder, '..', 'set.json');
  await mia.type(json);
  await mia.press('enter');
  assert.match(mia.console.state().status?.text ?? '', /^exported as json: .*set\.json$/);
  const exported = JSON.parse(readFileSync(json, 'utf8')) as {
    schema: string;
    messages: { internetMessageId: string }[];
  };
  assert.equal(exported.schema, 'mia.exposure/2');
  assert.deepEqual(exported.messages.map(({ internetMessageId }) => internetMessageId).toSorted(), [
    'passport@fabrikam.example',
    'salary@fabrikam.example',
    'wire@fabrikam.example',
  ]);

  await mia.press('e', 'c', 'ctrl-u');
  const sheets = join(mia.folder, '..', 'sheets');
  await mia.type(sheets);
  await mia.press('enter');
  assert.deepEqual(readdirSync(sheets).toSorted(), [
    'decisions.csv',
    'fetches.csv',
    'folders.csv',
    'gaps.csv',
    'look-ups.csv',
    'mailboxes.csv',
    'messages.csv',
    'people.csv',
    'sessions.csv',
    'sign-ins.csv',
    'sources.csv',
    'summary.csv',
  ]);
});

test('a file that is no earlier export is left alone, and the console says what to do', async (t) => {
  const mia = await openJourney(t, undefined, ['audit']);
  const before = readFileSync(mia.evidence.audit, 'utf8');
  await mia.press('m', 'e', 'j', 'ctrl-u');
  mia.console.paste(`"${mia.evidence.audit}"`);
  await mia.press('enter');
  assert.match(mia.status(), /^! /);
  assert.equal(readFileSync(mia.evidence.audit, 'utf8'), before);
});
