/**
 * The project runs on a Node of its own (the devDependency `node`), whatever the system has. That
 * package fetches its binary in an install script, which `npm ci --ignore-scripts` and script
 * policies leave out: then the binary is installed here, as the plain package it comes from.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { npm } from './packages.mjs';
import { SetUpProblem } from './problem.mjs';

/** Path of the binary. `say` gets one line when something has to be fetched, by `tools.npm`. */
export const ownNode = (root, say, tools = { npm }) => {
  const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).devDependencies.node;
  const found = findOwnNode(root, version);
  if (found !== null) return found;
  say(`fetching Node ${version}, which the install scripts did not bring`);
  const { output } = installNode(join(root, 'node_modules', 'node'), version, tools);
  const repaired = findOwnNode(root, version);
  if (repaired !== null) {
    if (process.platform !== 'win32') linkIntoBin(root, repaired);
    return repaired;
  }
  if (process.versions.node === version) return process.execPath;
  throw new SetUpProblem(
    `Node ${version} is not in node_modules and could not be installed there.\n\n${output.trim()}`,
    [
      'Delete node_modules and run the same command again, with install scripts allowed:',
      '  npm config set ignore-scripts false --location=project',
      `Or run it with a Node ${version} of your own in front of PATH.`,
    ],
  );
};

/** Puts the build of that version under `folder`/node_modules, without any install script. */
export const installNode = (folder, version, tools = { npm }) =>
  tools.npm(folder, [
    'install',
    `${platformPackage()}@${version}`,
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);

/** Where `installNode` puts the binary. */
export const installedNode = (folder) =>
  join(folder, 'node_modules', platformPackage(), 'bin', NODE);

const NODE = process.platform === 'win32' ? 'node.exe' : 'node';

/** As the package `node` names its builds. */
const platformPackage = () => {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const prefix = platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform}-${process.arch}`;
};

const findOwnNode = (root, version) => {
  const folder = join(root, 'node_modules', 'node');
  const places = [join(folder, 'bin', NODE), installedNode(folder), installedNode(root)];
  return places.find((place) => existsSync(place) && versionOf(place) === version) ?? null;
};

export const versionOf = (binary) =>
  spawnSync(binary, ['-p', 'process.versions.node'], { encoding: 'utf8' }).stdout?.trim();

/** So that `npm run` finds it as `node`, too. */
const linkIntoBin = (root, binary) => {
  const link = join(root, 'node_modules', '.bin', 'node');
  mkdirSync(dirname(link), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(relative(dirname(link), binary), link);
};
