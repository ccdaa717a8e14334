/** Are the packages in node_modules those of package-lock.json? If not, `npm ci`. Runs on Node 20. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetUpProblem } from './problem.mjs';

/**
 * npm leaves a lock file of its own inside node_modules when an install has ended well. A package
 * that is not optional must stand there in the version that package-lock.json names.
 */
export const packagesAreCurrent = (root) => {
  const installedFile = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installedFile)) return false;
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
    if (path === '') return true;
    const found = installed[path];
    if (found === undefined) return optional === true || devOptional === true;
    return found.version === version && existsSync(join(root, path));
  });
};

/** Runs npm in `folder`; `{ ok, output }`. The npm that started us, where there is one. */
export const npm = (folder, words) => {
  const own = process.env.npm_execpath;
  const started = own?.endsWith('.js')
    ? spawnSync(process.execPath, [own, ...words], { cwd: folder, encoding: 'utf8' })
    : spawnSync('npm', words, {
        cwd: folder,
        encoding: 'utf8',
        shell: process.platform === 'win32',
      });
  const output = `${started.stdout ?? ''}${started.stderr ?? ''}${started.error?.message ?? ''}`;
  return { ok: started.status === 0, output };
};

/** NODE_ENV=production or a global `omit=dev` would leave out what builds and tests the program. */
const COMPLETE = ['--include=dev', '--include=optional', '--no-audit', '--no-fund'];

export const installPackages = (root) => {
  const { ok, output } = npm(root, ['ci', ...COMPLETE, '--loglevel=error']);
  if (ok) return;
  throw new SetUpProblem(`npm ci could not install the packages:\n\n${output.trim()}`, [
    'Is the npm registry within reach? Once installed, everything here works offline.',
    'Behind a proxy: npm config set proxy URL (and https-proxy); then run the same command again.',
  ]);
};
