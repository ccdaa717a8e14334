import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { describe, it } from 'node:test';
import type { JsonObject } from '../../source/domain/json.ts';
import type { Finding } from '../../source/case/verify/finding.ts';
import { openCase } from '../../source/case/case.ts';
import { LOCKS, openCaseFolder } from '../../source/store/case-folder.ts';
import { tryHold } from '../../source/store/case-lock.ts';
import { bind } from '../case/made-records.ts';
import {
  digestOf,
  importInto,
  NOW,
  sourcesIn,
  temporaryFolder,
  writeLines,
} from '../import/temporary-case.ts';
import { unending } from '../import/unending.ts';

const IMPORTER = join(import.meta.dirname, 'import-files.ts');

const records = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) =>
    bind({ id: from + at, session: `s-${at % 40}`, messages: [`m${at % 300}`, `m${from + at}`] }),
  );

/** More than the writer takes before it shows the first of them. */
const LARGE = records(200, 12_000);

const lineOf = (record: JsonObject): string => `${JSON.stringify(record)}\n`;

interface Moment {
  readonly name: string;
  /** What is imported: the file, or its lines by standard input, again and again. */
  readonly from: 'file' | 'standard input';
  readonly due: (said: readonly string[]) => boolean;
}

const MOMENTS: readonly Moment[] = [
  { name: 'at once', from: 'file', due: (said) => said.length === 1 },
  {
    name: 'when the first rows are to be seen',
    from: 'standard input',
    due: (said) => said.at(-1) === 'arrived',
  },
  { name: 'when it says that it is done', from: 'file', due: (said) => said.at(-1) === 'source' },
];

/** Kills the import of `path`, or of the lines, at that moment, and gives all that it said. */
const killed = async (
  { from, due }: Moment,
  folder: string,
  path: string,
): Promise<readonly string[]> => {
  const child = spawn(process.execPath, [IMPORTER, folder, from === 'file' ? path : '-'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  let ended = false;
  const lines = from === 'file' ? [] : unending(LARGE.map(lineOf), () => ended);
  // Whoever is killed takes no more of it.
  const fed = pipeline(lines, child.stdin).catch(() => undefined);
  const said: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    if (due(said)) child.kill('SIGKILL');
  }
  await exited;
  ended = true;
  await fed;
  return said;
};

describe('an import that is killed', () => {
  it('leaves a case that opens as before, and can be imported again', async (t) => {
    const files = temporaryFolder(t);
    const small = writeLines(files, 'small.jsonl', records(0, 300));
    const large = writeLines(files, 'large.jsonl', LARGE);
    const undisturbed = join(files, 'undisturbed');
    await importInto(undisturbed, [small]);
    const before = digestOf(undisturbed);
    await importInto(undisturbed, [large]);
    const whole = digestOf(undisturbed);

    for (const [at, moment] of MOMENTS.entries()) {
      const folder = join(files, `killed-${at}`);
      await importInto(folder, [small]);
      const said = await killed(moment, folder, large);
      const came = said.some((_, last) => moment.due(said.slice(0, last + 1)));
      assert.ok(came, `${moment.name}: ${said.join(' ')}`);
      const theCase = openCase({ folder, analyst: 'tester', now: () => NOW });
      const done = theCase.sources().length === 2;
      theCase.close();
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

  it('when its evidence is whole and case.json does not name it yet, is noted: import it again', async (t) => {
    const files = temporaryFolder(t);
    const small = writeLines(files, 'small.jsonl', records(0, 50));
    const other = writeLines(files, 'other.jsonl', records(100, 50));
    const folder = join(files, 'case');
    await importInto(folder, [small]);
    const evidence = join(folder, 'evidence');
    const before = readdirSync(evidence);
    // Nobody changes case.json while this is held.
    const hold = tryHold(openCaseFolder(folder, { create: false }), LOCKS.change);
    assert.ok(hold !== null);
    const added = new Promise<void>((resolve) => {
      const watcher = watch(evidence, () => {
        const isNew = (name: string) => /^[0-9a-f]{64}\.zst$/.test(name) && !before.includes(name);
        if (!readdirSync(evidence).some(isNew)) return;
        watcher.close();
        resolve();
      });
    });
    const child = spawn(process.execPath, [IMPORTER, folder, other], { stdio: 'ignore' });
    const exited = once(child, 'exit');
    await added;
    child.kill('SIGKILL');
    await exited;
    assert.equal(child.signalCode, 'SIGKILL');
    hold[Symbol.dispose]();

    const found = async (): Promise<readonly Finding[]> => {
      const theCase = openCase({ folder, analyst: 'tester', now: () => NOW });
      const all: Finding[] = [];
      for await (const finding of theCase.verify()) all.push(finding);
      theCase.close();
      return all;
    };
    const all = await found();
    assert.deepEqual(
      all.filter(({ ok }) => !ok),
      [],
    );
    const note = all.find(({ text }) => text.includes('names no source for evidence/'));
    assert.equal(note?.note, true);
    assert.match(note?.text ?? '', /Import the file again/);
    const [source] = sourcesIn(await importInto(folder, [other]));
    assert.deepEqual([source?.alreadyImported, source?.accepted], [false, 50]);
    assert.ok(!(await found()).some(({ text }) => text.includes('names no source')));
  });
});
