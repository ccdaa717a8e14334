/**
 * All that a fresh clone needs before it can start or be tested: packages, Node, the build.
 * Plain JavaScript for Node 20, since nothing is installed yet. Says what it does in a line each,
 * on standard error, and nothing when all is there.
 */
import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isBuilt } from './fresh-build.mjs';
import { ownNode } from './own-node.mjs';
import { installPackages, packagesAreCurrent } from './packages.mjs';
import { SetUpProblem } from './problem.mjs';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

const say = (line) => process.stderr.write(`mia: ${line}\n`);

/** Returns the path of the Node to go on with. */
export const setUp = () => {
  if (!packagesAreCurrent(ROOT)) {
    say('installing packages (npm ci), once; about half a minute');
    installPackages(ROOT);
  }
  const node = ownNode(ROOT, say);
  if (!isBuilt(ROOT)) {
    say('building dist/');
    build(ROOT, node);
  }
  return node;
};

/** Runs a step of `scripts/*.mjs` and turns a SetUpProblem into words and exit code 1. */
export const withSetUp = async (step) => {
  try {
    process.exitCode = await step(setUp());
  } catch (error) {
    if (!(error instanceof SetUpProblem)) throw error;
    say(error.message);
    for (const line of error.advice) say(line);
    process.exitCode = 1;
  }
};

/** Runs `node words…` on our own terminal; resolves to its exit code (128 + n after signal n). */
export const run = (node, words, environment = process.env) =>
  new Promise((resolve, reject) => {
    const child = spawn(node, words, {
      cwd: ROOT,
      stdio: 'inherit',
      env: { ...environment, PATH: `${dirname(node)}${delimiter}${environment.PATH ?? ''}` },
    });
    // The terminal sends Ctrl-C to both of us: the child decides. Other signals only reach us.
    process.on('SIGINT', () => {});
    for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + signalNumber(signal)));
  });

const signalNumber = (signal) => ({ SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 })[signal] ?? 0;
