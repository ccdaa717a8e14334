import { measure } from './measure.ts';

/** Headless commands over a large case, start-up included. */
const QUERIES: readonly (readonly string[])[] = [
  ['--version'],
  ['summary', '--json'],
  ['sessions', '--json'],
  ['sessions', '--json', '--user', 'anna.jacobs@contoso.example'],
  ['messages', '--ids'],
  ['messages', '--json', '--class', 'open'],
];

/** One line a query: how long, how much memory, how much it printed. */
export function* queryBench(mia: string, folder: string): Generator<string> {
  for (const query of QUERIES) {
    const run = measure(process.execPath, [mia, ...query, '--case', folder]);
    const printed = `${(run.output.length / 1e6).toFixed(1)} MB printed`;
    const figures = `${run.seconds.toFixed(2).padStart(6)} s  ${run.peakMiB.toFixed(0).padStart(5)} MiB`;
    yield `query    ${figures}  ${query.join(' ')}, ${printed}`;
  }
}
