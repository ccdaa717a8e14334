import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { connectTenant } from '../../../source/acquire/authenticate/connect-tenant.ts';
import { openBrowser } from '../../../source/tenant/authenticate/open-browser.ts';
import { orderFor } from '../../acquire/authenticate/tenant-order.ts';

const SECRETS = {
  MIA_CLIENT_SECRET: 'secret-of-the-application',
  MIA_PASSPHRASE: 'passphrase-of-the-sign-in',
  MIA_CERTIFICATE_PASSPHRASE: 'passphrase-of-the-key',
  mia_client_secret: 'as Windows may spell it',
};

/** A browser that writes its arguments and its environment into a pipe, which ends when it has. */
const tellingBrowser = (t: TestContext) => {
  const folder = mkdtempSync(join(tmpdir(), 'mia-browser-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  const programs = join(folder, 'bin');
  mkdirSync(programs);
  const program = join(programs, 'xdg-open');
  writeFileSync(program, `#!/bin/sh\n{ echo "$1"; env; } > '${pipe}'\n`);
  chmodSync(program, 0o755);
  const variables = {
    ...process.env,
    ...SECRETS,
    PATH: `${programs}:${process.env['PATH'] ?? ''}`,
    DISPLAY: ':0',
  };
  return { variables, told: () => readFile(pipe, 'utf8') };
};

const assertNothingTold = (text: string): void => {
  assert.match(text, /^DISPLAY=:0$/m, 'what a browser needs is there');
  assert.doesNotMatch(text, /MIA_/i);
  for (const secret of Object.values(SECRETS)) assert.ok(!text.includes(secret), secret);
};

test('a browser is opened without what is for mia alone', async (t) => {
  const { variables, told } = tellingBrowser(t);
  const [opened, text] = await Promise.all([
    openBrowser('linux', variables)('https://login.example/?a=1&b=2'),
    told(),
  ]);
  assert.equal(opened, true);
  assert.match(text, /^https:\/\/login\.example\/\?a=1&b=2$/m);
  assertNothingTold(text);
});

test('so is the one of a sign-in', async (t) => {
  if (process.platform !== 'linux') return t.skip('the browser has another name there');
  const { variables, told } = tellingBrowser(t);
  const { order, withVariables } = await orderFor(t, () => ({ status: 500 }));
  const control = new AbortController();
  const reason = new Error('seen enough');
  const connecting = connectTenant({
    ...order,
    variables: { ...variables, ...withVariables({ MIA_METHOD: 'browser' }) },
    signal: control.signal,
  });
  const text = await told();
  control.abort(reason);
  await assert.rejects(connecting, reason);
  assert.match(text, /code_challenge_method=S256/);
  assertNothingTold(text);
});

test('where there is none, that is said', async () => {
  assert.equal(await openBrowser('linux', { PATH: '/nowhere' })('https://login.example/'), false);
});
