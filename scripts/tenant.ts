/**
 * `npm run tenant`: a Microsoft 365 tenant that is not one, on this machine, to sign in to and
 * fetch from.
 *   npm run tenant -- [--rows 3000] [--mailboxes N] [--mail-count N] [--seed 1] [--port 8460]
 *     [--from DATE] [--speed 60] [--approve SECONDS]
 *     [--fault NAME[:TIMES|:PERCENT%]]… [--list-faults] [--folder DIR] [--quiet]
 */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startTenant } from '../test/simulator/start-tenant.ts';
import { approvedByPerson, approvesItself } from './tenant/approval.ts';
import { faultLines, readFault } from './tenant/fault-flags.ts';
import { firstSteps } from './tenant/first-steps.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '3000' },
    mailboxes: { type: 'string' },
    'mail-count': { type: 'string' },
    seed: { type: 'string', default: '1' },
    from: { type: 'string' },
    port: { type: 'string', default: '0' },
    speed: { type: 'string', default: '60' },
    approve: { type: 'string' },
    fault: { type: 'string', multiple: true, default: [] },
    'list-faults': { type: 'boolean', default: false },
    folder: { type: 'string' },
    quiet: { type: 'boolean', default: false },
  },
});

const DAY = 86_400_000;
process.stdout.on('error', () => process.exit());
const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const run = async (): Promise<void> => {
  const minutes = Math.round((35 / Number(values.speed)) * 100) / 100;
  // The case ended yesterday: what a client asks by the clock of this machine must be there.
  const from = values.from ?? new Date(Date.now() - 61 * DAY).toISOString().slice(0, 10);
  const tenant = await startTenant({
    rows: Number(values.rows),
    ...(values.mailboxes === undefined ? {} : { mailboxes: Number(values.mailboxes) }),
    ...(values['mail-count'] === undefined ? {} : { mailCount: Number(values['mail-count']) }),
    seed: Number(values.seed),
    port: Number(values.port),
    from,
    now: new Date().toISOString(),
    speed: 1,
    auth: { approveAtPoll: null },
    audit: { minutes },
  });
  for (const text of values.fault) tenant.faults.inject(...readFault(text));

  const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'mia-tenant-'));
  mkdirSync(folder, { recursive: true });
  const cloudFile = join(folder, 'cloud.json');
  writeFileSync(cloudFile, `${JSON.stringify(tenant.cloud, null, 2)}\n`);

  const byPerson = process.stdin.isTTY && values.approve === undefined;
  const approval = byPerson
    ? approvedByPerson(tenant, say)
    : approvesItself(tenant, Number(values.approve ?? 3), say);
  const caseFolder = join(folder, 'case');
  for (const line of firstSteps(tenant, {
    cloudFile,
    caseFolder,
    minutes,
    approval: approval.words,
  }))
    say(line);

  let shown = 0;
  const timer = setInterval(() => {
    approval.look();
    const { entries } = tenant.log;
    for (; !values.quiet && shown < entries.length; shown += 1) {
      const { host, method, url, status } = entries[shown]!;
      say(`${String(status ?? '---')}  ${host.padEnd(10)} ${method} ${url.slice(0, 160)}`);
    }
  }, 250);

  const stop = (): void => {
    clearInterval(timer);
    approval.stop();
    void tenant.stop();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
};

if (values['list-faults']) say(faultLines().join('\n'));
else
  run().catch((error: unknown) => {
    process.stderr.write(`tenant: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  });
