/** `npm run check`: everything that can be said about the project without running it. */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const tool = (name: string, ...words: readonly string[]): readonly string[] => [
  join(ROOT, 'node_modules', name),
  ...words,
];

interface Step {
  readonly name: string;
  readonly words: readonly string[];
}

const STEPS: readonly Step[] = [
  { name: 'types', words: tool('typescript/bin/tsc', '-p', '.') },
  { name: 'lint', words: tool('oxlint/bin/oxlint', '--deny-warnings', '--format=unix') },
  { name: 'format', words: tool('prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.') },
  { name: 'unused code', words: tool('knip/bin/knip.js') },
  { name: 'rules', words: ['scripts/check-rules.ts'] },
  { name: 'generated parts', words: ['scripts/write-docs.ts', '--check'] },
  { name: 'lock file', words: ['scripts/complete-lock.mjs', '--check'] },
];

/** All steps run, so that one run shows everything that is wrong. */
const failed = STEPS.filter(({ name, words }) => {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, words, {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'}  ${name} (${seconds} s)`);
  if (status !== 0) console.log(`${stdout}${stderr}`);
  return status !== 0;
});

if (failed.length > 0) {
  console.log(`Failed: ${failed.map(({ name }) => name).join(', ')}`);
  process.exitCode = 1;
}
