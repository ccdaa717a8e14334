/**
 * `npm run smoke`: the built program on the oldest Node it promises, on ours and on the newest.
 * The other Nodes are npm packages, kept in node_modules/.cache; where one cannot be had, that is
 * said and the rest still runs. Exit 1 when anything that ran went wrong.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installedNode, installNode, versionOf } from './set-up/own-node.mjs';
import { ROOT, setUp } from './set-up/set-up.mjs';

const OTHERS = ['22.15.0', '26.10.0'];

const record = (id, time, messageId) =>
  JSON.stringify({
    CreationTime: time,
    Id: id,
    Operation: 'MailItemsAccessed',
    RecordType: 50,
    UserId: 'g.jacobs@contoso.example',
    MailboxGuid: '5d2c0a3e-0f3a-4a55-9a53-6a7c0f3b1d11',
    MailboxOwnerUPN: 'g.jacobs@contoso.example',
    ClientIPAddress: '203.0.113.7',
    ClientInfoString: 'Client=OWA;Action=ViaProxy',
    SessionId: '2f0d4a5e-8c1e-4c53-8f39-5a8f7a1d0c01',
    OperationProperties: [
      { Name: 'MailAccessType', Value: 'Bind' },
      { Name: 'IsThrottled', Value: 'False' },
    ],
    OperationCount: 1,
    Folders: [{ Id: 'F1', Path: '\\Inbox', FolderItems: [{ InternetMessageId: messageId }] }],
  });

const LOG = [
  record('0d1f3c66-0000-4000-8000-000000000001', '2026-09-24T10:00:00', '<one@contoso.example>'),
  record('0d1f3c66-0000-4000-8000-000000000002', '2026-09-24T10:05:00', '<two@contoso.example>'),
].join('\n');

/** Runs `mia words…`; no warning may stand beside its answer. */
const mia = (node, folder, words) => {
  const { status, stdout, stderr } = spawnSync(node, [join(ROOT, 'dist', 'mia.js'), ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, MIA_CASE: join(folder, 'case'), MIA_ANALYST: 'smoke', NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 120_000,
  });
  assert.doesNotMatch(stderr, /Warning/, `mia ${words.join(' ')}: ${stderr}`);
  assert.equal(status, 0, `mia ${words.join(' ')} ended with ${status}: ${stdout}${stderr}`);
  return stdout;
};

/** What signing in loads on demand, msal-node and a client for proxies, is in the bundle and loads. */
const signInThroughNoProxy = (node, folder) => {
  const { status, stderr } = spawnSync(node, [join(ROOT, 'dist', 'mia.js'), 'sign-in'], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      MIA_CASE: join(folder, 'case'),
      MIA_TENANT: 'contoso.example',
      MIA_CLIENT_ID: '11111111-2222-4333-8444-555555555555',
      // Nothing listens on port 1, so that nothing leaves this machine.
      HTTPS_PROXY: 'http://127.0.0.1:1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 120_000,
  });
  assert.equal(status, 1, stderr);
  assert.match(stderr, /cannot be asked: the connection was refused/);
};

const story = (node, folder) => {
  const log = join(folder, 'audit.jsonl');
  writeFileSync(log, LOG);
  const answer = (...words) => JSON.parse(mia(node, folder, [...words, '--json']));
  assert.equal(answer('import', log).sources[0].accepted, 2);
  const { sessions } = answer('sessions');
  assert.equal(sessions.length, 1);
  mia(node, folder, ['mark', sessions[0].key, '--malicious', '--because', 'smoke']);
  assert.equal(answer('summary').messages.confirmed, 2);
  assert.deepEqual(mia(node, folder, ['messages', '--ids']).trim().split('\n'), [
    'one@contoso.example',
    'two@contoso.example',
  ]);
  const exported = JSON.parse(mia(node, folder, ['export', '--format', 'json']));
  assert.equal(exported.schema, 'mia.exposure/2');
  mia(node, folder, ['rebuild']);
  mia(node, folder, ['verify']);
  assert.match(mia(node, folder, ['demo']), /\d/);
  signInThroughNoProxy(node, folder);
};

const smoke = (node) => {
  const folder = mkdtempSync(join(tmpdir(), 'mia-smoke-'));
  try {
    story(node, folder);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** A Node of that version, or why there is none. */
const fetched = (version) => {
  const folder = join(ROOT, 'node_modules', '.cache', 'nodes', version);
  const node = installedNode(folder);
  if (versionOf(node) === version) return { node };
  mkdirSync(folder, { recursive: true });
  // npm installs into the nearest folder that has one: this one, not the project.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const { output } = installNode(folder, version);
  return versionOf(node) === version ? { node } : { why: output.trim().split('\n')[0] };
};

const own = setUp();
const nodes = [{ node: own }, ...OTHERS.map((version) => ({ version, ...fetched(version) }))];
for (const { version = versionOf(own), node, why } of nodes) {
  const problem = node === undefined ? null : smoke(node);
  if (node === undefined) console.log(`skipped  Node ${version}: it could not be fetched. ${why}`);
  else console.log(`${problem === null ? 'ok     ' : 'FAILED '}  Node ${version}`);
  if (problem !== null) {
    console.log(problem);
    process.exitCode = 1;
  }
}
