/** Builds dist/ when what it is made of has changed since: by content, since git sets dates anew. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { SetUpProblem } from './problem.mjs';

const FOLDERS = ['source', 'scripts'];
const FILES = ['package.json', 'package-lock.json', 'tsconfig.json', 'LICENSE'];

const stampOf = (root) => join(root, 'dist', '.built-from');

export const isBuilt = (root) => {
  const stamp = stampOf(root);
  if (!existsSync(stamp) || !existsSync(join(root, 'dist', 'mia.js'))) return false;
  return readFileSync(stamp, 'utf8') === contentHash(root);
};

/** Notes what the build in dist/ was made of. */
export const stampBuild = (root, hash = contentHash(root)) => writeFileSync(stampOf(root), hash);

export const build = (root, node) => {
  const hash = contentHash(root);
  const { status, stdout, stderr } = spawnSync(node, [join(root, 'scripts', 'build.ts')], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) {
    throw new SetUpProblem(`The build failed:\n\n${stdout ?? ''}${stderr ?? ''}`.trimEnd(), []);
  }
  stampBuild(root, hash);
};

const contentHash = (root) => {
  const hash = createHash('sha256');
  const files = [
    ...FOLDERS.flatMap((name) => filesUnder(join(root, name))),
    ...FILES.map((name) => join(root, name)),
  ];
  for (const file of files) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
};

const filesUnder = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
