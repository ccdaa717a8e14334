import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

const CHILD = join(import.meta.dirname, 'disk-scenarios.ts');
const HOOK = new URL('../../scripts/tsx-hook.ts', import.meta.url).href;

const isRoot = process.geteuid?.() === 0;

/** Mounts of its own, which go with the process; for others than root in a user namespace. */
const UNSHARE = ['--mount', ...(isRoot ? [] : ['--map-root-user'])];

/** Whether this machine lets us mount; null: it does. */
const whyNotMount = (): string | null => {
  const words = [...UNSHARE, 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'];
  const { status, stderr, error } = spawnSync('unshare', words, { encoding: 'utf8' });
  return status === 0 ? null : `can't mount here: ${error?.message ?? stderr.trim()}`;
};

const run = (t: TestContext, program: string, words: readonly string[]): void => {
  const { status, stdout, stderr } = spawnSync(program, words, {
    encoding: 'utf8',
    env: { ...process.env, NODE_TEST_CONTEXT: undefined },
  });
  if (status !== 0) throw new Error(`${stderr}\n${stdout}`);
  t.diagnostic(stdout.trim());
};

const node = (scenario: string): readonly string[] => [
  process.execPath,
  `--import=${HOOK}`,
  '--disable-warning=ExperimentalWarning',
  CHILD,
  scenario,
];

/** Runs a scenario of `disk-scenarios.ts` in a process with mounts of its own; it must end well. */
export const inOwnMounts = (t: TestContext, scenario: string): void => {
  const why = whyNotMount();
  if (why !== null) return t.skip(why);
  run(t, 'unshare', [...UNSHARE, ...node(scenario)]);
};

/** Runs one where the modes of files count, which root is above. */
export const withoutPrivilege = (t: TestContext, scenario: string): void => {
  const caps = '-dac_override,-dac_read_search,-fowner';
  const [program = '', ...words] = isRoot
    ? ['setpriv', `--bounding-set=${caps}`, `--inh-caps=${caps}`, ...node(scenario)]
    : node(scenario);
  run(t, program, words);
};
