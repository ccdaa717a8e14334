import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CLIENT_ID, CLIENT_SECRET } from '../../test/simulator/tenant-options.ts';
import { type Measured, measure } from './measure.ts';

const TENANT = resolve(import.meta.dirname, '../tenant.ts');
const START_MS = 10 * 60_000;

/** Few mailboxes: the tenant allows 100 traces in five minutes, and each mailbox takes 14 or more. */
const MAILBOXES = 5;

/** The pretend tenant in a process of its own: what it needs is not to be taken for ours. */
const startTenant = async (folder: string, rows: number): Promise<ChildProcess> => {
  const size = ['--rows', rows, '--mailboxes', MAILBOXES, '--mail-count', rows / MAILBOXES];
  const words = [...size, '--speed', 120, '--approve', 0, '--quiet', '--folder', folder];
  const tenant = spawn(process.execPath, [TENANT, ...words.map(String)], { stdio: 'ignore' });
  for (const until = Date.now() + START_MS; !existsSync(join(folder, 'cloud.json'));) {
    if (tenant.exitCode !== null || Date.now() > until)
      throw new Error('The pretend tenant did not start.');
    await sleep(200);
  }
  return tenant;
};

interface FetchDocument {
  readonly fetches: readonly { readonly outcome: string; readonly records: number }[];
}

const figures = ({ seconds, cpu, peakMiB }: Measured): string =>
  `${seconds.toFixed(0).padStart(4)} s  ${cpu.toFixed(1)} s cpu  ${peakMiB.toFixed(0)} MiB (allowed: 400)`;

/** The whole tenant fetched into a case of its own. */
export async function* fetchBench(
  mia: string,
  folder: string,
  rows: number,
): AsyncGenerator<string> {
  const place = join(folder, 'fetched');
  rmSync(place, { recursive: true, force: true });
  const tenant = await startTenant(folder, rows);
  try {
    const run = (...words: readonly string[]) =>
      measure(process.execPath, [mia, ...words, '--case', place, '--json'], {
        MIA_CLOUD: join(folder, 'cloud.json'),
        MIA_TENANT: 'contoso.example',
        MIA_CLIENT_ID: CLIENT_ID,
        MIA_METHOD: 'client-secret',
        MIA_CLIENT_SECRET: CLIENT_SECRET,
      });
    const fetched = run('fetch');
    const [fetch] = (JSON.parse(fetched.output) as FetchDocument).fetches;
    yield `fetch    ${figures(fetched)}, ${fetch?.records} records, ${fetch?.outcome}`;
  } finally {
    tenant.kill();
  }
}
