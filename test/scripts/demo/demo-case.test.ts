import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { demoCase } from '../../../scripts/demo/demo-case.ts';
import { INTRUDER_SERVER, INTRUDER_VPN } from '../../../scripts/demo/zuiderlicht.ts';
import { truthOf } from '../../../scripts/generator/truth.ts';
import { csvRows, decode } from '../generator/read-back.ts';

const folder = mkdtempSync(join(tmpdir(), 'mia-demo-test-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const script = resolve(import.meta.dirname, '../../../scripts/make-demo.ts');
const filesOf = (name: string): Map<string, Buffer> => {
  const target = join(folder, name);
  execFileSync(process.execPath, [script, target]);
  return new Map(readdirSync(target).map((file) => [file, readFileSync(join(target, file))]));
};
const files = filesOf('one');
const manifest = JSON.parse(files.get('demo.json')!.toString('utf8')) as {
  readonly files: readonly string[];
  readonly window: { readonly from: string; readonly to: string };
  readonly marks: readonly { readonly verdict: string; readonly sessionId: string }[];
};

const demo = demoCase();
const truth = truthOf(demo.audit.flatMap(({ rows }) => rows));
const sessions = [...truth.sessions.values()];

test('the demo is the same bytes each time, and small enough to ship', () => {
  assert.deepEqual(filesOf('two'), files);
  const bytes = [...files.values()].reduce((sum, file) => sum + file.length, 0);
  assert.ok(bytes < 400_000, `${bytes} bytes`);
});

test('the files are as the manifest and the story say', () => {
  assert.deepEqual([...files.keys()].toSorted(), [...manifest.files, 'demo.json'].toSorted());
  const rowsIn = (file: string, encoding: string): number =>
    csvRows(decode(gunzipSync(files.get(file)!), encoding)).length;
  const audit = demo.audit.map(({ file }) => rowsIn(file, 'utf-8'));
  assert.deepEqual(
    audit,
    demo.audit.map(({ rows }) => rows.length),
  );
  assert.ok(rowsIn(manifest.files[2]!, 'utf-8-bom') >= demo.traced.length);
  assert.equal(rowsIn(manifest.files[3]!, 'utf-16le-bom'), demo.historical.length);
});

test('a few thousand records in about 65 sessions', () => {
  assert.ok(truth.rows >= 2500 && truth.rows <= 4000, String(truth.rows));
  assert.ok(sessions.length >= 60 && sessions.length <= 70, String(sessions.length));
  assert.ok(truth.duplicates > 100 && truth.sideEvents + truth.otherOperations > 50);
});

test('the story has all that the rules speak of', () => {
  const stolen = truth.sessions.get(demo.intruder.stolen)!;
  assert.equal(stolen.addresses.size, 2);
  assert.ok(stolen.addresses.has(INTRUDER_SERVER));
  assert.equal(stolen.mailboxes.size, 2);
  const copied = truth.sessions.get(demo.intruder.desktop)!;
  assert.equal(copied.syncedFolders.size, 6);
  assert.equal(truth.gaps.length, 1);
  const appOnly = sessions.filter((session) => session.appOnly);
  assert.equal(appOnly.length, 3, 'the CRM, and the bulk reader in two mailboxes');
  assert.ok(appOnly.every((session) => session.derived));
  assert.ok(
    sessions.some((session) => session.delegate && !session.addresses.has(INTRUDER_SERVER)),
  );
  const open = sessions.filter((session) => session.addresses.has(INTRUDER_VPN));
  assert.ok(open.length >= 3, 'marking one of them leaves others from the same address');
  assert.ok(sessions.some((session) => session.derived && session.addresses.has(INTRUDER_SERVER)));
});

test('the log of a throttled mailbox is silent for 24 hours', () => {
  const [gap] = truth.gaps;
  for (const { entry } of demo.audit.flatMap(({ rows }) => rows))
    if (entry.kind === 'access' && entry.mailbox.guid === gap!.mailboxGuid) {
      const at = entry.at * 1000;
      assert.ok(at <= Date.parse(gap!.from) || at >= Date.parse(gap!.to), entry.id);
    }
});

test('the analyst of the demo has decided on sessions that are there, and left work to do', () => {
  const verdicts = manifest.marks.map(({ verdict }) => verdict);
  assert.equal(verdicts.filter((verdict) => verdict === 'malicious').length, 2);
  assert.equal(verdicts.filter((verdict) => verdict === 'benign').length, 5);
  assert.equal(new Set(manifest.marks.map(({ sessionId }) => sessionId)).size, 7);
  for (const { verdict, sessionId } of manifest.marks) {
    const session = truth.sessions.get(sessionId);
    assert.ok(session, sessionId);
    const intruders = [...session.addresses].filter((ip) =>
      [INTRUDER_SERVER, INTRUDER_VPN].includes(ip),
    );
    assert.equal(intruders.length > 0, verdict === 'malicious');
    assert.ok(session.lastSeen < manifest.window.to);
  }
});

test('traces name part of what was accessed: for some there is none', () => {
  const traced = new Set([...demo.traced, ...demo.historical].map(({ messageId }) => messageId));
  const accessed = [...truth.messages].map((key) => key.slice(key.indexOf(' ') + 1));
  const share = accessed.filter((id) => traced.has(id)).length / accessed.length;
  assert.ok(share > 0.3 && share < 0.9, String(share));
});
