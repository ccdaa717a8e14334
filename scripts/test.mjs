/**
 * `npm test`: sets up what is missing, then the checks and every test; node:test's summary comes
 * last. With words after it (`npm test -- test/domain/*.test.ts`) only those files, unchecked.
 */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ROOT, run, withSetUp } from './set-up/set-up.mjs';
import { withTestFolder } from './test-folder.mjs';

/**
 * Each test file is a process, many start threads and children, and each of those would strip and
 * compile the same two hundred modules again. Node checks what it keeps here against the content.
 */
const COMPILED = join(ROOT, 'node_modules', '.cache', 'compiled');

/**
 * Test files at a time: one more than cores, for some wait for terminals, processes and disks; a
 * file of its own for each of very many cores would only press on their memory.
 */
const AT_A_TIME = Math.min(availableParallelism() + 1, 6);

/** Whoever runs the tests, they see the same environment: nothing that colours, redirects or mutes. */
const testEnvironment = () => {
  const unwanted =
    /^(CI|CONTINUOUS_INTEGRATION|BUILD_NUMBER|RUN_ID|NO_COLOR|FORCE_COLOR|COLORTERM|NODE_OPTIONS|NODE_TEST_CONTEXT|MIA_.*)$/;
  const kept = Object.entries(process.env).filter(([name]) => !unwanted.test(name));
  return { ...Object.fromEntries(kept), NODE_ENV: 'production', NODE_COMPILE_CACHE: COMPILED };
};

/** A machine of continuous integration has everything: what is skipped there is a failure. */
const NO_SKIPS = process.env.CI
  ? ['--test-reporter=./scripts/no-skips.ts', '--test-reporter-destination=stderr']
  : [];

const TESTS = ['test/**/*.test.ts', 'test/**/*.test.tsx'];

await withSetUp(async (node) => {
  const asked = process.argv.slice(2);
  const checked = asked.length > 0 ? 0 : await run(node, ['scripts/check.ts']);
  const words = [
    '--import=./scripts/tsx-hook.ts',
    '--test',
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    ...NO_SKIPS,
    `--test-concurrency=${AT_A_TIME}`,
    '--test-timeout=300000',
    ...(asked.length > 0 ? asked : TESTS),
  ];
  const tested = await withTestFolder((variables) =>
    run(node, words, { ...testEnvironment(), ...variables }),
  );
  if (checked !== 0) process.stderr.write('mia: the checks failed, see above the tests\n');
  return tested || checked;
});
