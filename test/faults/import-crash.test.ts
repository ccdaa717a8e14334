import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'node:test';
import { openDesk } from '../../source/jobs/open-desk.ts';
import { bind } from '../jobs/made-records.ts';
import {
  digestOf,
  importInto,
  NOW,
  sourcesIn,
  temporaryFolder,
  writeLines,
} from '../jobs/import/temporary-case.ts';

const IMPORTER = join(import.meta.dirname, 'import-files.ts');

/** Kills the import once `due` says so of what it said so far, and gives all that it said. */
const killWhen = async (
  due: (said: readonly string[]) => boolean,
  folder: string,
  paths: readonly string[],
): Promise<readonly string[]> => {
  const child = spawn(process.execPath, [IMPORTER, folder, ...paths], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (due(said)) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return said;
};

const records = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) =>
    bind({ id: from + at, session: `s-${at % 40}`, messages: [`m${at % 300}`, `m${from + at}`] }),
  );

describe('an import that is killed', () => {
  it('leaves a case that opens as before, and can be imported again', async (t) => {
    const files = temporaryFolder(t);
    const small = writeLines(files, 'small.jsonl', records(0, 300));
    const large = writeLines(files, 'large.jsonl', records(200, 40_000));
    const undisturbed = join(files, 'undisturbed');
    await importInto(undisturbed, [small]);
    const before = digestOf(undisturbed);
    await importInto(undisturbed, [large]);
    const whole = digestOf(undisturbed);

    const moments = [
      (said: readonly string[]) => said.length === 1,
      (said: readonly string[]) => said.at(-1) === 'arrived',
      (said: readonly string[]) => said.at(-1) === 'source',
    ];
    for (const [at, due] of moments.entries()) {
      const folder = join(files, `killed-${at}`);
      await importInto(folder, [small]);
      const said = await killWhen(due, folder, [large]);
      if (at === 1) assert.ok(said.includes('arrived'), said.join(' '));
      const desk = openDesk({ folder, analyst: 'tester', now: () => NOW });
      const done = desk.sources().length === 2;
      desk.close();
      // What was said to be in the case is, whole; else nothing of it.
      if (said.includes('source')) assert.equal(done, true);
      assert.equal(digestOf(folder), done ? whole : before);
      const [source] = sourcesIn(await importInto(folder, [large]));
      assert.equal(source?.alreadyImported, done);
      assert.equal(digestOf(folder), whole);
      assert.deepEqual(
        readdirSync(join(folder, 'evidence')).toSorted(),
        readdirSync(join(undisturbed, 'evidence')).toSorted(),
      );
    }
  });
});
