/** `npm run check`: everything that can be said about the project without running it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
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

/** By content, not by date; prettier keeps it in node_modules/.cache. */
const KNOWN_AS_FORMATTED = ['--cache', '--cache-strategy=content'];

const STEPS: readonly Step[] = [
  { name: 'types', words: tool('typescript/bin/tsc', '-p', '.') },
  { name: 'lint', words: tool('oxlint/bin/oxlint', '--deny-warnings', '--format=unix') },
  {
    name: 'format',
    words: tool(
      'prettier/bin/prettier.cjs',
      '--check',
      '--log-level=warn',
      ...KNOWN_AS_FORMATTED,
      '.',
    ),
  },
  { name: 'unused code', words: tool('knip/bin/knip.js') },
  { name: 'rules', words: ['scripts/check-rules.ts'] },
  { name: 'generated parts', words: ['scripts/write-docs.ts', '--check'] },
  { name: 'lock file', words: ['scripts/complete-lock.mjs', '--check'] },
];

interface Outcome {
  readonly ok: boolean;
  readonly said: string;
  readonly seconds: number;
}

const outcomeOf = async ({ words }: Step): Promise<Outcome> => {
  const started = performance.now();
  const child = spawn(process.execPath, words, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  const seconds = (performance.now() - started) / 1000;
  return { ok: code === 0, said: `${stdout}${stderr}`, seconds };
};

/** All steps run, at once, so that one run shows everything that is wrong, and takes as long as one. */
const running = STEPS.map((step) => ({ name: step.name, outcome: outcomeOf(step) }));

const failed: string[] = [];
for (const { name, outcome } of running) {
  const { ok, said, seconds } = await outcome;
  console.log(`${ok ? 'ok    ' : 'FAILED'}  ${name} (${seconds.toFixed(1)} s)`);
  if (ok) continue;
  console.log(said);
  failed.push(name);
}

if (failed.length > 0) {
  console.log(`Failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
