import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { FAULT_NAMES } from '../simulator/fault-list.ts';
import { faultLines, readFault } from '../../scripts/tenant/fault-flags.ts';

const SCRIPT = fileURLToPath(new URL('../../scripts/tenant.ts', import.meta.url));

test('npm run tenant: a cloud file, commands to type, a sign-in that is approved', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'mia-test-'));
  const words = ['--rows', '60', '--folder', folder, '--approve', '0'];
  const child = spawn(process.execPath, [SCRIPT, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  });
  const lines: string[] = [];
  const waiting = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const until = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const { value, done } = await waiting.next();
      assert.notEqual(done, true, lines.join('\n'));
      lines.push(String(value));
      if (pattern.test(String(value))) return String(value);
    }
  };
  await until(/Ctrl-C ends the tenant/u);
  const text = lines.join('\n');
  assert.match(text, /^ {2}mia sign-in$/mu);
  assert.match(text, /^ {2}mia fetch --user \S+@contoso\.example --from \S+ --to \S+ --case /mu);
  const exported = /MIA_CLOUD='([^']+)' MIA_TENANT=(\S+) MIA_CLIENT_ID=(\S+)/u.exec(text);
  const [, cloudFile = '', tenant = '', client_id = ''] = exported ?? [];
  const cloud = JSON.parse(readFileSync(cloudFile, 'utf8')) as Record<string, string>;
  assert.deepEqual(Object.keys(cloud).sort(), ['authority', 'graph', 'management', 'name']);
  const ask = async (path: string, form: Record<string, string>) => {
    const url = `${cloud['authority']}/${tenant}/oauth2/v2.0/${path}`;
    const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
    return (await response.json()) as Record<string, string>;
  };
  const scope = 'https://graph.microsoft.com/.default';
  const { device_code = '', user_code } = await ask('devicecode', { client_id, scope });
  await until(new RegExp(`^Approved ${user_code}`, 'u'));
  const grant_type = 'device_code';
  const { access_token } = await ask('token', { client_id, device_code, grant_type });
  assert.ok(access_token);
  const me = await fetch(`${cloud['graph']}/v1.0/me`, {
    headers: { authorization: `Bearer ${access_token}` },
  });
  assert.equal(me.status, 200);
});

test('faults by name, so many times or with a probability', () => {
  assert.deepEqual(readFault('throttled-429'), ['throttled-429', { times: 1 }]);
  assert.deepEqual(readFault('throttled-429:3'), ['throttled-429', { times: 3 }]);
  const often = { probability: 0.2, times: Number.POSITIVE_INFINITY };
  assert.deepEqual(readFault('audit-duplicate-ids:20%'), ['audit-duplicate-ids', often]);
  assert.throws(() => readFault('no-such-fault'), /--list-faults/u);
  assert.throws(() => readFault('throttled-429:often'), /number or a percentage/u);
  assert.equal(faultLines().length, FAULT_NAMES.length);
});
