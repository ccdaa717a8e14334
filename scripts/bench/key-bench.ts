import { benchFile, measure, PYTHON } from './measure.ts';

interface KeyFigures {
  readonly ms?: number;
  readonly worst?: number;
  readonly bytes?: number;
  readonly silent?: number;
}

/** The console on a large case in a pseudo terminal: key to last byte, one line a kind of key. */
export function* keyBench(mia: string, folder: string): Generator<string> {
  const args = [benchFile('key_latency.py'), '3', process.execPath, mia, '--case', folder];
  const run = measure(PYTHON, args);
  const keys = JSON.parse(run.output) as { readonly [key: string]: KeyFigures };
  for (const [key, { ms, worst, bytes, silent }] of Object.entries(keys)) {
    const times = ms === undefined ? 'nothing came' : `${ms} ms, worst ${worst ?? ms} ms`;
    const rest = bytes === undefined ? '' : `, ${bytes} bytes${silent ? `, ${silent} silent` : ''}`;
    yield `key      ${key.padEnd(22)} ${times}${rest}`;
  }
  yield `console  ${run.peakMiB.toFixed(0)} MiB`;
}
