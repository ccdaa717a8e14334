/** Builds dist/ when what it is made of has changed since: by content, since git sets dates anew. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { SetUpProblem } from './problem.mjs';

const MADE_OF = ['source', 'scripts', 'package.json', 'package-lock.json', 'tsconfig.json'];

export const isBuilt = (root) => {
  const stamp = join(root, 'dist', '.built-from');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === contentHash(root);
};

export const build = (root, node) => {
  const hash = contentHash(root);
  const { status, stdout, stderr } = spawnSync(node, [join(root, 'scripts', 'build.ts')], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) {
    throw new SetUpProblem(`The build failed:\n\n${stdout ?? ''}${stderr ?? ''}`.trimEnd(), []);
  }
  writeFileSync(join(root, 'dist', '.built-from'), hash);
};

const contentHash = (root) => {
  const hash = createHash('sha256');
  for (const file of MADE_OF.flatMap((name) => filesUnder(join(root, name)))) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
};

const filesUnder = (path) => {
  if (!path.endsWith('.json')) {
    return readdirSync(path, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
  }
  return [path];
};
