/**
 * npm run bench [-- --rows N] [--quick] [--rounds N] [--only import|queries|keys|fetch|traces] [--keep]
 *
 * Measures the built program (npm run build first) on an invented Purview export and prints
 * ratios. Nothing here is a test: what it says depends on the machine and on who else is at it.
 */
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fetchBench } from './fetch-bench.ts';
import { importBench, importInto } from './import-bench.ts';
import { keyBench } from './key-bench.ts';
import { measure } from './measure.ts';
import type { Measured } from './measure.ts';
import { queryBench } from './query-bench.ts';
import { tracesBench } from './traces-bench.ts';

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '200000' },
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '2' },
    only: { type: 'string' },
    keep: { type: 'boolean', default: false },
  },
});
const rows = values.quick ? 20_000 : Number(values.rows);
const mia = resolve(import.meta.dirname, '../../dist/mia.js');
const makeCase = resolve(import.meta.dirname, '../make-case.ts');
const wants = (part: string): boolean => values.only === undefined || values.only === part;

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const figures = (run: Measured): string =>
  `${run.seconds.toFixed(1).padStart(6)} s  ${run.cpu.toFixed(1).padStart(6)} s cpu  ${run.peakMiB.toFixed(0).padStart(5)} MiB`;

const make = (file: string, count: number, more: readonly string[] = []): number => {
  const args = ['--rows', String(count), '--seed', '1', '--out', file, ...more];
  const run = measure(process.execPath, [makeCase, ...args]);
  const megabytes = statSync(file).size / 1e6;
  say(
    `made     ${figures(run)}  ${count} rows, ${megabytes.toFixed(0)} MB, ${(megabytes / run.seconds).toFixed(0)} MB/s`,
  );
  return megabytes;
};

const benchImport = (folder: string): void => {
  const big = { file: join(folder, 'big.csv'), rows };
  const half = { file: join(folder, 'half.csv'), rows: rows / 2 };
  const megabytes = make(big.file, big.rows);
  make(half.file, half.rows);
  const {
    python,
    mia: mine,
    half: halved,
    ratio,
  } = importBench(mia, folder, big, half, Number(values.rounds));
  say(`python   ${figures(python)}  ${(megabytes / python.seconds).toFixed(0)} MB/s`);
  say(`import   ${figures(mine)}  ${(megabytes / mine.seconds).toFixed(0)} MB/s`);
  say(`half     ${figures(halved)}`);
  const processor = (mine.cpu / python.cpu).toFixed(2);
  say(`import takes ${ratio.toFixed(2)} times as long as Python (allowed: 1.5)`);
  say(`and ${processor} times its processor time, of all threads`);
  say(
    `peak memory ${mine.peakMiB.toFixed(0)} MiB (allowed: 400), ${(mine.peakMiB - halved.peakMiB).toFixed(0)} MiB more than for half of it`,
  );
};

/** A case with many short sessions, and more messages than it has rows. */
const benchLists = (folder: string): void => {
  const file = join(folder, 'lists.csv');
  const traces = join(folder, 'traces.csv');
  make(file, rows, [
    ...['--sessions', String(rows / 2), '--mailboxes', '40', '--mail-count', String(rows / 10)],
    ...['--traces', traces],
  ]);
  const lists = join(folder, 'lists');
  importInto(mia, lists, file, rows);
  measure(process.execPath, [mia, 'import', '--json', '--case', lists, traces]);
  if (wants('queries')) for (const line of queryBench(mia, lists)) say(line);
  if (wants('keys')) for (const line of keyBench(mia, lists)) say(line);
};

/** Half of it first: whether memory grows with what comes is to be seen. */
async function* benchTraces(folder: string): AsyncGenerator<string> {
  for (const some of [rows / 2, rows]) yield* tracesBench(mia, folder, some);
}

if (!existsSync(mia)) {
  process.stderr.write('bench: dist/mia.js is not there. Build it first: npm run build\n');
  process.exitCode = 1;
} else {
  const folder = mkdtempSync(join(tmpdir(), 'mia-bench-'));
  try {
    if (wants('import')) benchImport(folder);
    if (wants('queries') || wants('keys')) benchLists(folder);
    // They wait as long as the tenant makes them wait, so only when asked for.
    if (values.only === 'fetch') for await (const line of fetchBench(mia, folder, rows)) say(line);
    if (values.only === 'traces') for await (const line of benchTraces(folder)) say(line);
  } finally {
    if (values.keep) say(`kept: ${folder}`);
    else rmSync(folder, { recursive: true, force: true });
  }
}
