import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { Problem } from '../../source/domain/problem.ts';
import { exportCase, type ExportRequest } from '../../source/case/export/export-case.ts';
import { exposureSchema } from '../../source/exports/documents/exposure.ts';
import { assertValid } from '../exports/validator.ts';
import { sampleOpenedCase } from './sample-opened-case.ts';

const folder = (t: TestContext): string => {
  const made = mkdtempSync(join(tmpdir(), 'mia-export-'));
  t.after(() => rmSync(made, { recursive: true }));
  return made;
};

const request = (out: string, over: Partial<ExportRequest> = {}): ExportRequest => ({
  generatedAt: '2026-09-26T10:00:00Z',
  toolVersion: '0.1.0',
  format: 'json',
  sheet: null,
  out,
  force: false,
  signal: new AbortController().signal,
  ...over,
});

const run = (out: string, over: Partial<ExportRequest> = {}) =>
  exportCase(sampleOpenedCase(), request(out, over));

test('a file is whole, readable by its owner alone, and holds the marked set only', async (t) => {
  const out = join(folder(t), 'exposure.json');
  const [written] = await run(out);
  assert.equal(statSync(out).mode & 0o777, 0o600);
  assert.equal(written?.bytes, statSync(out).size);
  const document = JSON.parse(readFileSync(out, 'utf8'));
  assertValid(exposureSchema, document);
  const classes = document.messages.map((message: { class: string }) => message.class);
  assert.deepEqual(classes, ['confirmed', 'presumed']);
});

test('a folder gets every sheet, or the one that is named', async (t) => {
  const all = folder(t);
  await run(all, { format: 'csv' });
  assert.deepEqual(readdirSync(all).toSorted(), [
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
  const one = folder(t);
  await run(one, { format: 'csv', sheet: 'people' });
  assert.deepEqual(readdirSync(one), ['people.csv']);
});

test('a folder that is named with a slash at its end is made, for its owner alone', async (t) => {
  const out = `${folder(t)}/report/`;
  await run(out, { format: 'csv' });
  assert.equal(readdirSync(out).length, 12);
  assert.equal(statSync(out).mode & 0o777, 0o700);
});

test('a file gets messages unless a sheet is named', async (t) => {
  const out = join(folder(t), 'one.csv');
  await run(out, { format: 'csv' });
  assert.match(readFileSync(out, 'utf8'), /^\ufeffmailboxOwner,/u);
});

test('an earlier export is replaced, another file is not', async (t) => {
  const out = join(folder(t), 'exposure.json');
  await run(out);
  await run(out, { generatedAt: '2026-09-27T10:00:00Z' });
  assert.match(readFileSync(out, 'utf8'), /2026-09-27T10:00:00Z/);
  writeFileSync(out, 'my notes');
  await assert.rejects(
    run(out),
    (error: unknown) => error instanceof Problem && /--force/.test(error.hint),
  );
  assert.equal(readFileSync(out, 'utf8'), 'my notes');
  await run(out, { force: true });
  assert.match(readFileSync(out, 'utf8'), /^\{"schema":"mia.exposure\/2"/);
});

test('a worksheet is no earlier export of another one', async (t) => {
  const out = join(folder(t), 'sheet.csv');
  await run(out, { format: 'csv', sheet: 'people' });
  await assert.rejects(run(out, { format: 'csv', sheet: 'sessions' }), Problem);
});

test('a folder that is not there is made, and those above it, for a file too', async (t) => {
  const missing = join(folder(t), 'missing');
  await run(join(missing, 'deep', 'x.json'));
  await run(`${missing}/sheets/of/it/`, { format: 'csv', sheet: 'people' });
  assert.deepEqual(readdirSync(join(missing, 'deep')), ['x.json']);
  assert.deepEqual(readdirSync(join(missing, 'sheets', 'of', 'it')), ['people.csv']);
  for (const name of ['', 'deep', 'sheets', 'sheets/of/it'])
    assert.equal(statSync(join(missing, name)).mode & 0o777, 0o700);
});

test('a folder that cannot be made is said as such', async (t) => {
  const file = join(folder(t), 'file');
  writeFileSync(file, '');
  await assert.rejects(run(join(file, 'x.json')), /no folder .*file/);
  await assert.rejects(run(join(file, 'deeper', 'x.json')), /deeper could not be made/);
  await assert.rejects(run(`${file}/deeper/`), /deeper\/ could not be made/);
});

test('what a killed export left half-written goes with the next one, and nothing else does', async (t) => {
  const into = folder(t);
  const killed = spawn(process.execPath, ['-e', '']);
  await once(killed, 'exit');
  const before = `exposure.json.${process.pid}-89abcdef.part`;
  const left = [`exposure.json.${killed.pid}-0123abcd.part`, before];
  const others = [
    ...['exposure.json.part', 'exposure.json.mine.part', `other.json.${killed.pid}-0123abcd.part`],
    // Of programs that still run: this one, and the one that started it.
    ...[
      `exposure.json.${process.pid}-00000000.part`,
      `exposure.json.${process.ppid}-11111111.part`,
    ],
  ];
  for (const name of [...left, ...others]) writeFileSync(join(into, name), 'half');
  // As a program before this one, with its number.
  utimesSync(join(into, before), 0, 0);
  await run(join(into, 'exposure.json'));
  assert.deepEqual(readdirSync(into).toSorted(), [...others, 'exposure.json'].toSorted());
});

test('an export that is cancelled leaves nothing, not even a part', async (t) => {
  const into = folder(t);
  const cancel = new AbortController();
  const theCase = sampleOpenedCase();
  const messages = function* () {
    for (let row = 0; ; row++) {
      if (row === 5000) cancel.abort();
      yield* theCase.messages({});
    }
  };
  const endless = { ...theCase, messages };
  const { signal } = cancel;
  await assert.rejects(exportCase(endless, request(join(into, 'x.json'), { signal })), {
    name: 'AbortError',
  });
  assert.deepEqual(readdirSync(into), []);
});

test('an unknown format or sheet is named, with what there is', async (t) => {
  const out = join(folder(t), 'x');
  await assert.rejects(run(out, { format: 'pdf' }), { hint: 'Use one of json, csv, html, md.' });
  await assert.rejects(run(out, { format: 'csv', sheet: 'x' }), {
    hint: /messages, summary, sessions, people/,
  });
});

test('no export takes the place of what the case consists of, not even when forced or by a link', async (t) => {
  const at = folder(t);
  const own = join(at, 'case');
  mkdirSync(join(own, 'evidence'), { recursive: true });
  writeFileSync(join(own, 'decisions.jsonl'), 'the only copy\n');
  symlinkSync(own, join(at, 'link'));
  symlinkSync(join(own, 'decisions.jsonl'), join(at, 'file'));
  const into = (out: string) =>
    exportCase({ ...sampleOpenedCase(), folder: own }, request(join(at, out), { force: true }));
  for (const out of [
    ...['case/decisions.jsonl', 'case/../case/decisions.jsonl', 'link/decisions.jsonl', 'file'],
    ...['case/case.json', 'case/records.db', 'case/lookups.jsonl', 'case/import.lock'],
    ...['case/evidence', 'link/evidence/x.json', 'case/evidence/new/'],
  ])
    await assert.rejects(into(out), (error) => {
      assert.ok(error instanceof Problem);
      return /a part of the case itself/.test(error.message);
    });
  assert.equal(readFileSync(join(own, 'decisions.jsonl'), 'utf8'), 'the only copy\n');
  assert.deepEqual(readdirSync(join(own, 'evidence')), []);
  // Beside them there is room for it.
  await into('case/exposure.json');
  assert.ok(readdirSync(own).includes('exposure.json'));
});
