import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CLIENT_ID, CLIENT_SECRET } from '../../test/simulator/tenant-options.ts';
import { type Measured, measure } from './measure.ts';

const TENANT = resolve(import.meta.dirname, '../tenant.ts');
const START_MS = 10 * 60_000;
const DAY = 86_400_000;

/** How much a pretend tenant has. */
export interface TenantSize {
  readonly rows: number;
  readonly mailboxes: number;
  /** Messages in each mailbox. */
  readonly mailCount: number;
  /** ISO date of the first of its 60 days. */
  readonly from: string;
}

/** So that its 60 days have just ended. */
export const recentDay = (): string => new Date(Date.now() - 61 * DAY).toISOString().slice(0, 10);

/** The pretend tenant in a process of its own: what it needs is not to be taken for ours. */
const startTenant = async (folder: string, size: TenantSize): Promise<ChildProcess> => {
  const { rows, mailboxes, mailCount, from } = size;
  const made = ['--rows', rows, '--mailboxes', mailboxes, '--mail-count', mailCount];
  const words = [...made, '--from', from, '--speed', 120, '--approve', 0, '--quiet'];
  rmSync(join(folder, 'cloud.json'), { force: true });
  const all = [TENANT, ...words, '--folder', folder].map(String);
  const tenant = spawn(process.execPath, all, { stdio: 'ignore' });
  for (const until = Date.now() + START_MS; !existsSync(join(folder, 'cloud.json'));) {
    if (tenant.exitCode !== null || Date.now() > until)
      throw new Error('The pretend tenant did not start.');
    await sleep(200);
  }
  return tenant;
};

/** Runs the built program on a case of that tenant's, and measures it alone. */
export type RunInTenant = (...words: readonly string[]) => Measured;

/** A pretend tenant of that size for as long as `use` takes; the case is empty at first. */
export async function* inTenant(
  mia: string,
  folder: string,
  size: TenantSize,
  use: (run: RunInTenant) => Iterable<string>,
): AsyncGenerator<string> {
  const place = join(folder, 'fetched');
  rmSync(place, { recursive: true, force: true });
  const tenant = await startTenant(folder, size);
  try {
    yield* use((...words) =>
      measure(process.execPath, [mia, ...words, '--case', place, '--json'], {
        MIA_CLOUD: join(folder, 'cloud.json'),
        MIA_TENANT: 'contoso.example',
        MIA_CLIENT_ID: CLIENT_ID,
        MIA_METHOD: 'client-secret',
        MIA_CLIENT_SECRET: CLIENT_SECRET,
      }),
    );
  } finally {
    tenant.kill();
  }
}

export const fetchFigures = ({ seconds, cpu, peakMiB }: Measured): string =>
  `${seconds.toFixed(0).padStart(4)} s  ${cpu.toFixed(1)} s cpu  ${peakMiB.toFixed(0)} MiB (allowed: 400)`;
