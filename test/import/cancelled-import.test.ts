import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import fc from 'fast-check';
import type { ImportEvent } from '../../source/import/import-events.ts';
import { importPaths } from '../../source/import/import-paths.ts';
import { runImport } from '../../source/import/run-import.ts';
import { readCaseFile } from '../../source/store/case-file.ts';
import { openCaseFolder } from '../../source/store/case-folder.ts';
import { bind } from '../case/made-records.ts';
import { digestOf, importInto, NOW, temporaryFolder, writeLines } from './temporary-case.ts';
import { unending } from './unending.ts';

/** Records in 40 sessions that share messages with the file before, so that taking away is not trivial. */
const records = (from: number, count: number) =>
  Array.from({ length: count }, (_, at) =>
    bind({
      id: from + at,
      session: `s-${at % 40}`,
      messages: [`m${at % 300}`, `m${from + at}`],
    }),
  );

const namesIn = (folder: string): readonly string[] =>
  readCaseFile(openCaseFolder(folder, { create: false })).sources.map(
    (source) => source.file.split('/').at(-1) ?? '',
  );

const evidenceIn = (folder: string): number =>
  existsSync(join(folder, 'evidence')) ? readdirSync(join(folder, 'evidence')).length : 0;

const caseWithOneFile = async (
  t: TestContext,
): Promise<{ readonly files: string; readonly folder: string; readonly digest: string }> => {
  const files = temporaryFolder(t);
  const folder = join(files, 'case');
  await importInto(folder, [writeLines(files, 'first.jsonl', records(0, 300))]);
  return { files, folder, digest: digestOf(folder) };
};

describe('a cancelled import', () => {
  it('leaves nothing of the file, wherever in its bytes it was cancelled', async (t) => {
    const { folder, digest } = await caseWithOneFile(t);
    const content = Buffer.from(
      records(200, 1200)
        .map((record) => `${JSON.stringify(record)}\n`)
        .join(''),
    );
    const size = 40_000;
    const pieces = Math.ceil(content.length / size);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: pieces - 1 }), async (at) => {
        const cancel = new AbortController();
        const standardInput = (async function* (): AsyncGenerator<Uint8Array> {
          for (let piece = 0; piece < pieces; piece += 1) {
            if (piece === at) cancel.abort();
            yield content.subarray(piece * size, (piece + 1) * size);
          }
        })();
        const events = await importInto(folder, ['-'], { standardInput, signal: cancel.signal });
        assert.equal(events.at(-1)?.event, 'cancelled');
        assert.deepEqual(
          events.filter(({ event }) => event === 'source' || event === 'refused'),
          [],
        );
        assert.equal(digestOf(folder), digest);
        assert.deepEqual(namesIn(folder), ['first.jsonl']);
        assert.equal(evidenceIn(folder), 1);
      }),
      { numRuns: 8 },
    );
  });

  it('leaves nothing of rows that were to be seen already', async (t) => {
    const { folder, digest } = await caseWithOneFile(t);
    // More than the writer takes before it shows the first of them.
    const lines = records(200, 12_000).map((record) => `${JSON.stringify(record)}\n`);
    const cancel = new AbortController();
    const seen: string[] = [];
    const request = {
      folder,
      paths: ['-'],
      standardInput: unending(lines, () => cancel.signal.aborted),
      keep: true,
      analyst: null,
      now: () => NOW,
      signal: cancel.signal,
    };
    for await (const event of runImport(request)) {
      seen.push(event.event);
      if (event.event !== 'arrived') continue;
      assert.notEqual(digestOf(folder), digest);
      cancel.abort();
    }
    assert.ok(seen.includes('arrived'));
    assert.equal(seen.at(-1), 'cancelled');
    assert.equal(digestOf(folder), digest);
    assert.deepEqual(namesIn(folder), ['first.jsonl']);
    assert.equal(evidenceIn(folder), 1);
  });

  it('keeps the files that were finished before, after any event, in a thread too', async (t) => {
    const files = temporaryFolder(t);
    const paths = [0, 1, 2].map((at) => writeLines(files, `${at}.jsonl`, records(at * 1000, 400)));
    const alone = await Promise.all(
      [1, 2, 3].map(async (count) => {
        const folder = join(files, `undisturbed-${count}`);
        await importInto(folder, paths.slice(0, count));
        return digestOf(folder);
      }),
    );
    for (const after of [0, 1, 2]) {
      const folder = join(files, `cancelled-${after}`);
      const cancel = new AbortController();
      const sources: ImportEvent[] = [];
      let last: ImportEvent | null = null;
      const { signal } = cancel;
      if (after === 0) cancel.abort();
      for await (const event of importPaths({ folder, paths, keep: true, analyst: null, signal })) {
        last = event;
        if (event.event === 'source') sources.push(event);
        if (sources.length === after) cancel.abort();
      }
      // The thread may have finished more before it heard; never less than it said.
      assert.ok(last?.event === 'cancelled' || (last?.event === 'finished' && after === 2));
      assert.ok(sources.length >= after);
      if (after === 0) assert.equal(existsSync(folder), false);
      else {
        assert.equal(namesIn(folder).length, sources.length);
        assert.equal(digestOf(folder), alone[sources.length - 1]);
      }
    }
  });

  it('is whole where it was cancelled as the file was noted', async (t) => {
    const { files, folder } = await caseWithOneFile(t);
    const path = writeLines(files, 'second.jsonl', records(200, 50));
    const cancel = new AbortController();
    const now = (): string => {
      cancel.abort();
      return NOW;
    };
    const events = await importInto(folder, [path], { signal: cancel.signal, now });
    assert.ok(events.some(({ event }) => event === 'source'));
    assert.deepEqual(namesIn(folder), ['first.jsonl', 'second.jsonl']);
    const again = join(files, 'again');
    await importInto(again, [join(files, 'first.jsonl'), path]);
    assert.equal(digestOf(folder), digestOf(again));
  });
});
