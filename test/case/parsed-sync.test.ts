import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { importInto, sourcesIn, temporaryFolder, writeLines } from '../import/temporary-case.ts';
import { sync } from './made-records.ts';
import { caseOn } from './on-case.ts';

/** Export-Csv of a parsed record: what is no plain value became a word. */
const parsedCsv = (record: ReturnType<typeof sync>, item: string): string => {
  const cells = Object.entries(record).map(([name, value]): [string, string] => [
    name,
    name === 'Item' ? item : typeof value === 'object' ? 'System.Object[]' : String(value),
  ]);
  const line = (values: readonly string[]) =>
    values.map((value) => `"${value.replaceAll('"', '""')}"`).join(',');
  return `${line(cells.map(([name]) => name))}\r\n${line(cells.map(([, value]) => value))}\r\n`;
};

for (const order of ['parsed first', 'whole first'] as const)
  test(`the folder of a Sync that a CSV flattened is the folder of the whole record (${order})`, async (t) => {
    const files = temporaryFolder(t);
    const folder = join(files, 'case');
    const record = sync({ id: 1 });
    const item = record['Item'] as { readonly Id: string; readonly ParentFolder: { Name: string } };
    const parsed = join(files, 'parsed.csv');
    writeFileSync(parsed, parsedCsv(record, `@{Id=${item.Id}; ParentFolder=}`));
    const whole = writeLines(files, 'whole.jsonl', [record]);

    const alone = join(files, 'alone');
    await importInto(alone, [parsed]);
    const theCase = caseOn(t, alone);
    const [session] = theCase.sessions({});
    assert.deepEqual([session?.syncs, session?.itemsMissing], [1, 0]);
    theCase.judging.mark({
      verdict: 'malicious',
      sessions: [session?.key ?? ''],
      contexts: [],
      reason: null,
    });
    assert.deepEqual(theCase.summary().mailboxes[0]?.syncedFolders, [item.Id]);

    const paths = order === 'parsed first' ? [parsed, whole] : [whole, parsed];
    const sources = sourcesIn(await importInto(folder, paths));
    assert.deepEqual(
      sources.map(({ accepted, duplicates, conflicts }) => [accepted, duplicates, conflicts]),
      [
        [1, 0, 0],
        [0, 1, 0],
      ],
    );
    const both = caseOn(t, folder);
    const [one] = both.sessions({});
    both.judging.mark({
      verdict: 'malicious',
      sessions: [one?.key ?? ''],
      contexts: [],
      reason: null,
    });
    assert.deepEqual(both.summary().mailboxes[0]?.syncedFolders, [item.ParentFolder.Name]);
  });
