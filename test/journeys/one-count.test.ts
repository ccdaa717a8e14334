import assert from 'node:assert/strict';
import { test } from 'node:test';
import { auditLine, ONE, SMALL_LOG, world } from '../commands/run-mia.ts';
import { writeEvidence } from './evidence.ts';
import { openJourney } from './journey.ts';

/** Contradicts record 1 of the small log: only one of the two names "two". */
const CONTRADICTING = auditLine(1, { session: ONE, ids: ['one@contoso.example'] });

test('what is confirmed is one count wherever it stands, items without an id beside it', async (t) => {
  const here = world(t);
  await here.mia('import', here.file('log.ndjson', SMALL_LOG));
  const mia = await openJourney(t, {
    folder: `${here.folder}/case`,
    evidence: writeEvidence(here.folder),
  });
  await mia.press('G', 'm', 'w');
  const count = '2 + 1 without id';
  assert.match(
    mia.line('Messages of all malicious contexts'),
    new RegExp(`contexts, 2 \\+ 1 without id,`),
  );
  assert.ok(mia.line('confirmed').startsWith(`${count} confirmed`), mia.frame());
  await mia.press('shift-tab', 'j');
  assert.match(mia.line('confirmed, '), /2 \+ 1 without id confirmed/);
  await mia.press('i');
  assert.match(mia.line('confirmed   '), /2 \+ 1 without id$/);
  await mia.press('Y');
  assert.match(mia.copied.at(-1) ?? '', /In figures: 2 \+ 1 without id messages recorded/);
  const { stdout } = await here.mia('summary');
  assert.equal(
    stdout.match(/2 \+ 1 without id confirmed/g)?.length,
    2,
    'of the case, of the mailbox',
  );
});

test('what only contradicting records say is told apart in the title of all that is malicious', async (t) => {
  const here = world(t);
  await here.mia(
    'import',
    here.file(
      'log.ndjson',
      auditLine(1, { session: ONE, ids: ['one@contoso.example', 'two@contoso.example'] }),
    ),
  );
  await here.mia('import', here.file('other.ndjson', CONTRADICTING));
  const mia = await openJourney(t, {
    folder: `${here.folder}/case`,
    evidence: writeEvidence(here.folder),
  });
  await mia.press('m', 'w');
  assert.match(mia.frame(), /all malicious contexts, 1, 1 contested/);
  assert.match(mia.frame(), /1 message confirmed/);
});
