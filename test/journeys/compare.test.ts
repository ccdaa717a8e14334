import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { bind, INTRUDER } from '../case/made-records.ts';
import { openJourney } from './journey.ts';

const day = (number: number): string => `2026-09-${String(number).padStart(2, '0')}`;

/** The owner on ten working days, the intruder on the eleventh at night. */
const LOG = [
  ...Array.from({ length: 10 }, (_, at) =>
    bind({ id: `owner-${at}`, at: `${day(at + 1)}T09:0${at}:00`, session: `owner-${at}` }),
  ),
  bind({
    ...{ id: 'intruder', at: `${day(11)}T02:00:00`, session: 'intruder' },
    ...{ address: INTRUDER, folder: '\\Archive', messages: ['a'] },
  }),
];

for (const size of [
  { columns: 80, rows: 24 },
  { columns: 160, rows: 48 },
])
  test(`an intruder beside the habit, judged there, at ${size.columns}x${size.rows}`, async (t) => {
    const mia = await openJourney(t);
    mia.resize(size);
    const path = join(mia.folder, '..', 'log.ndjson');
    writeFileSync(path, LOG.map((one) => `${JSON.stringify(one)}\n`).join(''));
    await mia.importFiles(path);
    const sessions = mia.frame();
    await mia.press('g', 'd');
    assert.match(mia.line('address'), new RegExp(`address +${INTRUDER} +1 new +3`));
    assert.match(mia.line('client'), /seen before: 10 records, 10 days/);
    assert.match(mia.frame(), /all other sessions/);
    assert.match(mia.frame(), /never a verdict/);
    await mia.press('m');
    assert.match(mia.status(), /malicious; \+1 confirmed/);
    await mia.press('z', 'escape');
    assert.match(mia.frame(), /Sessions 11, newest first/);
    assert.equal(mia.frame().split('\n')[2], sessions.split('\n')[2]);
  });
