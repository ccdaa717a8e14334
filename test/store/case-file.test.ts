import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { Problem } from '../../source/domain/problem.ts';
import { changeCaseFile, readCaseFile } from '../../source/store/case-file.ts';
import { openCaseFolder } from '../../source/store/case-folder.ts';
import type { CaseFolder } from '../../source/store/case-folder.ts';
import { sourceNamed } from './source-named.ts';

describe('case.json', () => {
  let folder: CaseFolder;
  beforeEach(() => {
    folder = openCaseFolder(mkdtempSync(join(tmpdir(), 'mia-case-')), { create: true });
  });
  afterEach(() => {
    rmSync(folder.path, { recursive: true });
  });

  it('is empty, titled like its folder, before anything was changed', () => {
    const found = readCaseFile(folder);
    assert.deepEqual(found.sources, []);
    assert.equal(found.window, null);
    assert.ok(folder.path.endsWith(`/${found.title}`));
    assert.equal(existsSync(folder.caseFile), false);
  });

  it('keeps what was changed, 0600, whole, and nothing beside it', () => {
    changeCaseFile(folder, (before) => ({ ...before, title: 'Fraud at Contoso' }));
    changeCaseFile(folder, (before) => ({ ...before, sources: [sourceNamed('a')] }));
    const found = readCaseFile(folder);
    assert.equal(found.title, 'Fraud at Contoso');
    assert.deepEqual(found.sources, [sourceNamed('a')]);
    assert.equal(statSync(folder.caseFile).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder.path).sort(), [
      'case.before.json',
      'case.json',
      'case.lock',
    ]);
  });

  it('keeps keys it does not know, at any depth', () => {
    const newer = {
      version: 1,
      title: 't',
      settings: { theme: { x: 1 } },
      tenants: ['c'],
      sources: [{ ...sourceNamed('a'), rating: 5 }],
    };
    writeFileSync(folder.caseFile, JSON.stringify(newer));
    changeCaseFile(folder, ({ title, sources, fetches, lookUps, ...known }) => ({
      version: 1,
      title: `${title}2`,
      analyst: known.analyst,
      window: null,
      windows: {},
      sources,
      fetches,
      lookUps,
      settings: known.settings,
      anchoredSince: known.anchoredSince,
      toAffirm: known.toAffirm,
      affirmed: known.affirmed,
    }));
    const found = JSON.parse(readFileSync(folder.caseFile, 'utf8')) as Record<string, unknown>;
    assert.equal(found['title'], 't2');
    assert.deepEqual(found['tenants'], ['c']);
    assert.deepEqual(found['settings'], { theme: { x: 1 } });
    assert.deepEqual(found['sources'], newer.sources);
  });

  for (const text of [
    '',
    '{"version":1',
    '[]',
    '{"title":"x"}',
    '{"version":1,"sources":{}}',
    '{"version":1,"sources":[7]}',
    '{"version":1,"lookUps":[{}]}',
  ]) {
    it(`is never overwritten when it is broken: ${text}`, () => {
      writeFileSync(folder.caseFile, text);
      const problem = (error: unknown): boolean =>
        error instanceof Problem && /left as it is/.test(error.message);
      assert.throws(() => readCaseFile(folder), problem);
      assert.throws(() => changeCaseFile(folder, (before) => before), problem);
      assert.equal(readFileSync(folder.caseFile, 'utf8'), text);
    });
  }

  for (const [text, flaw] of [
    ['{"version":1,"sources":[{"id":"a"}]}', /sources\.0\.sha256 is missing/],
    [
      '{"version":1,"sources":[{"id":"a","sha256":"b","rows":"3"}]}',
      /sources\.0\.rows must be integer/,
    ],
    ['{"version":1,"window":{"from":3,"to":null}}', /window\.from must be string or null/],
    ['{"version":1,"windows":{"\\u001b[31m":7}}', /windows\.\P{Cc}+ must be object/u],
  ] as const)
    it(`says what is wrong with it: ${flaw.source}`, () => {
      writeFileSync(folder.caseFile, text);
      assert.throws(
        () => readCaseFile(folder),
        (error) => error instanceof Problem && flaw.test(error.message),
      );
    });

  it('names the way back, and that way works', () => {
    changeCaseFile(folder, (before) => ({ ...before, title: 'one' }));
    changeCaseFile(folder, (before) => ({ ...before, title: 'two' }));
    writeFileSync(folder.caseFile, 'garbage');
    assert.throws(
      () => readCaseFile(folder),
      (error) => error instanceof Problem && /case\.before\.json/.test(error.hint),
    );
    writeFileSync(folder.caseFile, readFileSync(join(folder.path, 'case.before.json')));
    assert.equal(readCaseFile(folder).title, 'one');
  });

  it('is left alone when a newer version made it', () => {
    writeFileSync(folder.caseFile, '{"version":2}');
    assert.throws(
      () => changeCaseFile(folder, (before) => before),
      (error) => error instanceof Problem && /newer mia/.test(error.message),
    );
    assert.equal(readFileSync(folder.caseFile, 'utf8'), '{"version":2}');
  });

  it('loses no source when two programs add at once', async () => {
    const adder = join(import.meta.dirname, 'add-sources.ts');
    const children = ['a', 'b'].map((prefix) =>
      once(
        spawn(process.execPath, [adder, folder.path, prefix, '40'], { stdio: 'inherit' }),
        'exit',
      ),
    );
    assert.deepEqual(await Promise.all(children), [
      [0, null],
      [0, null],
    ]);
    const ids = readCaseFile(folder).sources.map((source) => source.id);
    assert.equal(ids.length, 80);
    assert.equal(new Set(ids).size, 80);
  });
});
