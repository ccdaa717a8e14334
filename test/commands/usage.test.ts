import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { commandHelp } from '../../source/commands/help.ts';
import { COMMANDS } from '../../source/commands/registry.ts';
import { runMia } from './run-mia.ts';

const wrong: readonly (readonly [argv: string, said: RegExp])[] = [
  ['sesions', /Did you mean mia sessions\?/],
  ['frobnicate', /See mia --help/],
  ['/no/such/trace.csv', /no file or folder \/no\/such\/trace\.csv\.\n +Check the spelling/],
  ['help sesions', /Did you mean mia sessions\?/],
  ['sessions --verdikt malicious', /Did you mean --verdict\?/],
  ['sessions extra', /takes no argument "extra"/],
  ['sessions --class open', /mia sessions --help/],
  ['messages --ids --json', /two different outputs/],
  ['messages --since tomorrow', /"tomorrow" is no time/],
  ['import', /mia import PATH/],
  ['withdraw', /mia sources/],
  ['mark --malicious', /mia mark KEY/],
  ['mark x', /exactly one of/],
  ['mark x --malicious --benign', /exactly one of/],
  ['mark x --malicious --ip 10.0.0.1', /one or by the other/],
  ['mark x --malicious --even-service-addresses', /goes with .*--ip/],
  ['mark --ip 10.0.0.1/99 --malicious', /0 to 32/],
  ['mark --ip 10.0.0.1 --ip garbage --malicious', /"garbage" is no IP address/],
  ['mark x --user y --malicious', /KEYs and --user were both given/],
  ['mark --app garbage --malicious', /no application id/],
  ['sessions --ip garbage', /"garbage" is no IP address/],
  ['sessions --ip 10.0.0.0/33', /0 to 32/],
  ['sessions --until 2026-13-01', /"2026-13-01" is no time/],
  ['sessions --verdict guilty', /malicious, benign, mixed/],
  ['messages --ip garbage', /"garbage" is no IP address/],
  ['messages --class read', /confirmed, presumed/],
  ['messages --mailbox=', /--mailbox needs a value/],
  ['save-messages --out x --ip garbage', /"garbage" is no IP address/],
  ['fetch --ip garbage', /"garbage" is no IP address/],
  ['fetch --user a@b.example,', /nothing stands on one side of a comma/],
  ['window --from 2026-01-01 --mailbox a --mailbox b', /more than once/],
  ['rebut --because x --mailbox a --mailbox b', /more than once/],
  ['window', /--from TIME/],
  ['window --clear --from 2026-01-01', /--clear alone/],
  ['window --from 2026-01-02 --to 2026-01-01', /not before/],
  ['rebut --mailbox x', /--because is needed/],
  ['export --format pdf', /json, csv/],
  ['export --sheet people', /--format csv/],
  [
    'export --format csv --sheet x',
    /messages, summary, sessions, people, mailboxes, folders, gaps, decisions, sources/,
  ],
  ['export --format csv --json', /two different outputs/],
  ['', /needs a terminal/],
  ['--json', /goes with a command/],
];

for (const [argv, said] of wrong)
  test(`exit 2: mia ${argv}`, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'mia-usage-'));
    const caseFolder = join(folder, 'case');
    const words = argv.split(' ').filter((word) => word !== '');
    const { code, stdout, stderr } = await runMia(words, { caseFolder });
    assert.equal(code, 2, stderr);
    assert.equal(stdout, '');
    assert.match(stderr, said);
    assert.deepEqual(readdirSync(folder), [], 'wrong usage makes no case');
    rmSync(folder, { recursive: true });
  });

test('every command explains itself, and only with flags that exist', async () => {
  const { code, stdout } = await runMia(['--help']);
  assert.equal(code, 0);
  for (const command of COMMANDS) {
    assert.match(stdout, new RegExp(`^  ${command.name} +${command.summary.slice(0, 20)}`, 'm'));
    const help = await runMia([command.name, '--help']);
    assert.equal(help.code, 0);
    assert.equal(help.stdout, commandHelp(command));
    assert.equal(help.stdout, (await runMia(['help', command.name])).stdout);
    for (const line of help.stdout.split('\n')) assert.ok(line.length <= 110, line);
  }
});

test('--version', async () => {
  assert.deepEqual(await runMia(['--version']), { code: 0, stdout: '0.1.0\n', stderr: '' });
});

test('a case that is not there is said as such, and none is made', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'mia-usage-'));
  for (const command of ['sessions', 'messages', 'summary', 'export', 'verify', 'sources']) {
    const { code, stderr } = await runMia([command], { caseFolder: join(folder, 'case') });
    assert.equal(code, 1);
    assert.match(stderr, /There is no case at .*\n.*mia import/);
  }
  assert.deepEqual(readdirSync(folder), []);
  const { code, stderr } = await runMia(['summary'], { caseFolder: folder });
  assert.equal(code, 1);
  assert.match(stderr, /There is no case at .*: nothing in this folder/);
  assert.deepEqual(readdirSync(folder), []);
  rmSync(folder, { recursive: true });
});

test('--case goes before $MIA_CASE', async () => {
  const { stderr } = await runMia(['sessions', '--case', '/nowhere/one'], {
    caseFolder: '/nowhere/two',
  });
  assert.match(stderr, /\/nowhere\/one/);
});
