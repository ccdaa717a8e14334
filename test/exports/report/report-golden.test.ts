import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { STATEMENT } from '../../../source/exports/documents/summary.ts';
import { htmlExport } from '../../../source/exports/report/html/html.ts';
import { markdownExport } from '../../../source/exports/report/md/md.ts';
import { FORMAT_LIMITS } from '../../../source/exports/report/source-limits.ts';
import { FORMATS } from '../../../source/formats/registry.ts';
import { sampleCase } from '../sample-case.ts';
import { textOf } from './markup.ts';

const FOLDER = join(import.meta.dirname, '../../golden/exports');
/** MIA_WRITE_EXPORTS=1 writes them anew; look at the difference before it is committed. */
const WRITE = process.env['MIA_WRITE_EXPORTS'] === '1';

for (const { parts } of [htmlExport, markdownExport]) {
  const [{ fileName, text: textOfPart }] = parts;
  const text = (): string => [...textOfPart(sampleCase())].join('');

  test(`${fileName} of the sample case is as it was`, () => {
    if (WRITE) {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(join(FOLDER, fileName), text());
    }
    assert.equal(text(), readFileSync(join(FOLDER, fileName), 'utf8'));
  });

  test(`${fileName}: what the log cannot answer is said, and "viewed" nowhere else`, () => {
    const words = textOf(text());
    assert.ok(words.includes(STATEMENT));
    assert.doesNotMatch(words.replaceAll(STATEMENT, ''), /viewed|at most/i);
  });

  test(`${fileName}: the three figures stand in their order, with head, version and commands`, () => {
    const words = text();
    const at = ['Listed as accessed', 'Folder synchronised; which items', 'Cannot be excluded'].map(
      (name) => words.indexOf(name),
    );
    assert.deepEqual(
      at,
      at.toSorted((one, other) => one - other),
    );
    assert.ok((at[0] ?? -1) >= 0);
    for (const said of ['mia 0.1.0', '8'.repeat(64), 'mia summary --json'])
      assert.ok(words.includes(said), said);
  });
}

test('limits are known of formats that there are', () => {
  const names = new Set(FORMATS.map(({ name }) => name));
  for (const format of Object.keys(FORMAT_LIMITS)) assert.ok(names.has(format), format);
});
