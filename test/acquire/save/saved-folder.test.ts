import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { SavedFolder } from '../../../source/acquire/save/saved-folder.ts';
import { SavedSoFar } from '../../../source/acquire/save/saved-so-far.ts';
import { sha256OfBytes } from '../../../source/store/sha256.ts';
import type { SavedFile } from '../../../source/exports/documents/saved.ts';
import { inOrder, manifestSheet } from '../../../source/acquire/save/saved-manifest.ts';
import { rawText } from '../../../source/exports/csv/cell.ts';
import { temporaryFolder } from '../../import/temporary-case.ts';

const mode = (path: string): number => statSync(path).mode & 0o777;
const about = (file: string) => ({ entry: 'file', key: 'k', file });
const BY = {
  ...{ generatedAt: '2026-11-24T09:00:00Z', toolVersion: '1', case: 'c', analyst: 'kim' },
  ...{ tenantId: null, account: null, clientId: null },
};

test('a folder is new, empty or ours; other people’s is left alone', (t) => {
  const folder = temporaryFolder(t);
  const ours = join(folder, 'ours');
  SavedFolder.open(ours).note([{ entry: 'run' }]);
  assert.equal(mode(ours), 0o700);
  assert.equal(mode(join(ours, 'progress.jsonl')), 0o600);
  SavedFolder.open(ours);
  const open = join(folder, 'open');
  mkdirSync(open, { mode: 0o755 });
  SavedFolder.open(open);
  assert.equal(mode(open), 0o700);
  const theirs = join(folder, 'theirs');
  mkdirSync(theirs, { mode: 0o755 });
  writeFileSync(join(theirs, 'letter.txt'), 'x');
  assert.throws(() => SavedFolder.open(theirs), /holds other files/);
  assert.equal(mode(theirs), 0o755);
  assert.throws(() => SavedFolder.open(join(theirs, 'letter.txt')), /not a folder/);
  assert.throws(() => SavedFolder.open(join(folder, 'no', 'such')), /could not be used/);
});

test('a file of somebody else is never overwritten, nor one behind a link', (t) => {
  const path = join(temporaryFolder(t), 'out');
  const folder = SavedFolder.open(path);
  folder.note([{ entry: 'run' }]);
  writeFileSync(join(path, 'a.eml'), 'theirs');
  const outside = join(temporaryFolder(t), 'outside');
  writeFileSync(outside, 'outside');
  symlinkSync(outside, join(path, 'a-2.eml'));
  const bytes = Buffer.from('ours');
  assert.equal(folder.keep(['a.eml', 'a-2.eml', 'a-3.eml'], bytes, about), 'a-3.eml');
  assert.equal(readFileSync(join(path, 'a.eml'), 'utf8'), 'theirs');
  assert.equal(readFileSync(outside, 'utf8'), 'outside');
  assert.equal(mode(join(path, 'a-3.eml')), 0o600);
  assert.equal(
    folder.keep(['a.eml', 'a-2.eml', 'a-3.eml'], bytes, about),
    'a-3.eml',
    'the same again',
  );
  assert.throws(() => folder.keep(['a.eml'], bytes, about), /No free name/);
  assert.deepEqual(
    readdirSync(path).filter((name) => name.endsWith('.part')),
    [],
  );
});

test('a crash before a file has its name loses nothing, and one within it leaves nothing', (t) => {
  const path = join(temporaryFolder(t), 'out');
  const folder = SavedFolder.open(path);
  const bytes = Buffer.from('a message');
  folder.keep(['a.eml'], bytes, about);
  renameSync(join(path, 'a.eml'), join(path, 'a.eml.part'));
  assert.equal(folder.holds('a.eml', sha256OfBytes(bytes)), true);
  assert.equal(readFileSync(join(path, 'a.eml'), 'utf8'), 'a message');
  writeFileSync(join(path, 'b.eml.part'), 'half a mess');
  assert.equal(folder.holds('b.eml', sha256OfBytes(bytes)), false);
  writeFileSync(join(path, 'a.eml'), 'changed');
  assert.equal(folder.holds('a.eml', sha256OfBytes(bytes)), false);
  folder.dropParts();
  assert.equal(existsSync(join(path, 'b.eml.part')), false);
  appendFileSync(join(path, 'progress.jsonl'), '{"entry":"file","torn');
  folder.note([about('c.eml')]);
  assert.deepEqual(
    folder.journal().map(({ file }) => file),
    ['a.eml', 'c.eml'],
  );
});

test('the manifests: in one order, defused, and no foreign one is replaced', (t) => {
  const path = join(temporaryFolder(t), 'out');
  const folder = SavedFolder.open(path);
  const file = (name: string, subject: string): SavedFile => ({
    ...{ file: name, sha256: 'f'.repeat(64), bytes: 3, subject, internetMessageId: '=cmd@x' },
    ...{ mailbox: { guid: 'g', owner: 'anna@x' }, itemId: null, restId: 'r', receivedAt: null },
    ...{ savedAt: '2026-11-24T09:00:00Z', requestId: null, clientRequestId: null },
  });
  const manifest = inOrder({
    by: BY,
    files: [file('b.eml', '=HYPERLINK("x")'), file('a.eml', 'plain')],
    missed: [
      {
        ...{ mailbox: { guid: null, owner: null }, internetMessageId: null, itemId: 'i' },
        ...{ reason: 'notFound', detail: null, at: '2026-11-24T09:00:00Z' },
      },
    ],
  });
  assert.deepEqual(
    manifest.files.map((one) => one.file),
    ['a.eml', 'b.eml'],
  );
  folder.describe(manifest);
  folder.describe(manifest);
  for (const name of ['manifest.json', 'manifest.csv']) assert.equal(mode(join(path, name)), 0o600);
  const sheet = manifestSheet(manifest);
  assert.match(sheet, /^\ufefffile,sha256,/);
  assert.match(sheet, /'=cmd@x/);
  assert.equal(rawText("'=cmd@x"), '=cmd@x');
  assert.equal(sheet.trimEnd().split('\r\n').length, 4);
  writeFileSync(join(path, 'manifest.json'), '{"mine":1}');
  assert.throws(() => folder.describe(manifest), /no manifest of mia/);
  assert.equal(readFileSync(join(path, 'manifest.json'), 'utf8'), '{"mine":1}');
});

test('a journal names files of its own folder, or none', (t) => {
  const outer = temporaryFolder(t);
  const bytes = Buffer.from('not a message of this folder');
  const elsewhere = join(outer, '0123456789abcdef-letter.eml');
  writeFileSync(`${elsewhere}.part`, bytes);
  const folder = SavedFolder.open(join(outer, 'out'));
  const sha256 = sha256OfBytes(bytes);
  const file = '../0123456789abcdef-letter.eml';
  folder.note([
    { entry: 'file', key: 'k', file, sha256 },
    { entry: 'saved', key: 'k', files: [file] },
  ]);
  const soFar = new SavedSoFar(folder);
  assert.equal(soFar.isSaved('k'), false);
  assert.deepEqual(soFar.files, []);
  assert.ok(existsSync(`${elsewhere}.part`) && !existsSync(elsewhere), 'and moves nothing there');
});
