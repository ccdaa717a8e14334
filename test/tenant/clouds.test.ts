import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLOUDS, cloudFromText, cloudOf, isLoopback } from '../../source/tenant/clouds.ts';

const HOSTS = {
  name: 'pretend',
  authority: 'http://127.0.0.1:1234',
  graph: 'http://localhost:1234/',
  management: 'http://[::1]:1234',
};
const from = (data: object) => cloudFromText(JSON.stringify(data), 'cloud.json');

test('the built-in clouds are https and have names of their own', () => {
  assert.equal(new Set(CLOUDS.map(({ name }) => name)).size, CLOUDS.length);
  for (const { authority, graph, management } of CLOUDS)
    for (const host of [authority, graph, ...(management === null ? [] : [management])])
      assert.equal(new URL(host).origin, host);
  const government = CLOUDS.filter(({ offers }) => !offers.auditSearch).map(({ name }) => name);
  assert.deepEqual(government, ['usgov', 'dod', 'china']);
  assert.equal(cloudOf('usgov').graph, 'https://graph.microsoft.us');
});

test('a cloud from a file: plain http for this machine, else https', () => {
  const cloud = from(HOSTS);
  assert.equal(cloud.graph, 'http://localhost:1234');
  assert.equal(cloud.fromFile, true);
  const { management: _, ...without } = HOSTS;
  assert.equal(from(without).management, null);
  assert.equal(from({ ...HOSTS, graph: 'https://graph.example' }).graph, 'https://graph.example');
});

const refused: readonly (readonly [object, RegExp])[] = [
  [{ ...HOSTS, graph: 'http://graph.example' }, /plain http/],
  [{ ...HOSTS, authority: 'http://127.0.0.1.evil.example' }, /plain http/],
  [{ ...HOSTS, authority: 'http://localhost.evil.example' }, /plain http/],
  [{ ...HOSTS, management: 'http://10.0.0.1' }, /plain http/],
  [{ ...HOSTS, graph: 'ftp://127.0.0.1' }, /neither http nor https/],
  [{ ...HOSTS, graph: 'https://graph.example/v1.0' }, /without a path/],
  [{ ...HOSTS, graph: 'https://me:secret@graph.example' }, /name or password/],
  [{ ...HOSTS, graph: 7 }, /no address/],
  [{ ...HOSTS, name: 'global' }, /knows already/],
  [{ ...HOSTS, name: '../x' }, /names no cloud/],
  [[], /names no cloud/],
];

for (const [data, said] of refused)
  test(`refused: ${JSON.stringify(data)}`, () => {
    assert.throws(() => from(data), said);
  });

test('loopback is 127.0.0.0/8, ::1 and localhost, however written', () => {
  for (const host of ['127.0.0.1', '127.9.8.7', '127.1', '2130706433', 'LOCALHOST', '[::1]'])
    assert.ok(isLoopback(new URL(`http://${host}/`)), host);
  for (const host of ['128.0.0.1', '0.0.0.0', '[::2]', 'localhost.', '127.0.0.1.example'])
    assert.ok(!isLoopback(new URL(`http://${host}/`)), host);
});

test('no such file, and not JSON', () => {
  assert.throws(() => cloudOf('/nowhere/cloud.json'), /no cloud/);
  assert.throws(() => cloudFromText('{', 'cloud.json'), /not JSON/);
});
