import { chmodSync, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { Problem } from '../domain/problem.ts';
import { diskProblem, failedWith } from './disk-problem.ts';

/** What lies at a path, a link not followed; null: nothing. */
const lookAt = (path: string): Stats | null => {
  try {
    return lstatSync(path);
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return null;
    throw diskProblem(error, `${path} could not be looked at`);
  }
};

/** Others lose access; a mode narrower than `mode` is left alone. No link: they are refused before. */
const keepToOurselves = (path: string, mode: number): void => {
  const stat = lookAt(path);
  if (stat === null || process.geteuid === undefined) return;
  if (stat.uid !== process.geteuid()) {
    throw new Problem(
      `${path} belongs to another user.`,
      'Copy the case to a folder of your own and name it with --case DIR, or take the folder over (chown -R).',
    );
  }
  if ((stat.mode & 0o777 & ~mode) === 0) return;
  try {
    chmodSync(path, stat.mode & mode);
  } catch (error) {
    // A passing file of SQLite's, gone since it was listed.
    if (failedWith(error, 'ENOENT')) return;
    throw error;
  }
  if (((lookAt(path)?.mode ?? 0) & 0o777 & ~mode) !== 0) {
    throw new Problem(
      `${path} can't be kept from other users: its disk has no permissions.`,
      'Name a folder on a disk that keeps them with --case DIR.',
    );
  }
};

const refuseLink = (path: string): void => {
  if (lookAt(path)?.isSymbolicLink() !== true) return;
  throw new Problem(
    `${path} is a link, and a case consists of files of its own: it was not followed.`,
    'Put what it leads to in its place, or take the link away. Nothing was changed.',
  );
};

const entriesOf = (path: string): readonly { readonly path: string; readonly folder: boolean }[] =>
  readdirSync(path, { withFileTypes: true }).map((entry) => ({
    path: join(path, entry.name),
    folder: entry.isDirectory(),
  }));

/** A folder and all that lies in it, to the bottom. */
const treeOf = (path: string): readonly { readonly path: string; readonly folder: boolean }[] => [
  { path, folder: true },
  ...entriesOf(path).flatMap((entry) => (entry.folder ? treeOf(entry.path) : [entry])),
];

/**
 * Closes the folder of a case (0700) and what the case consists of (0600, folders in it 0700) to
 * others. `files`: paths of its own files; `evidence`: its folder of evidence.
 * @throws Problem where one is a link or another user's; then no mode of it was changed.
 */
export const closeToOthers = (folder: string, files: readonly string[], evidence: string): void => {
  // First of all: from here on nobody else can put a link there.
  keepToOurselves(realpathSync(folder), 0o700);
  refuseLinks(files, evidence);
  for (const path of files) keepToOurselves(path, 0o600);
  if (lookAt(evidence) === null) return;
  for (const entry of treeOf(evidence)) keepToOurselves(entry.path, entry.folder ? 0o700 : 0o600);
};

/** @throws Problem naming the first part of a case that is a link. */
export const refuseLinks = (files: readonly string[], evidence: string): void => {
  for (const path of [...files, evidence]) refuseLink(path);
  if (lookAt(evidence)?.isDirectory() !== true) return;
  for (const { path } of treeOf(evidence)) refuseLink(path);
};

const EVERYBODY_WRITES = 0o002;
const STICKY = 0o1000;

/**
 * What an analyst should know of the place in which a case lies: the first folder above it in which
 * anybody may put another in its place, and whether others may write into it (for one that can't be
 * closed to them).
 */
export const remarksOnPlace = (folder: string): readonly string[] => {
  const remarks: string[] = [];
  if ((statSync(folder).mode & 0o022) !== 0)
    remarks.push(
      `others may write to the case folder ${folder}, so its files need not be as you left them`,
    );
  for (let above = dirname(folder); ; above = dirname(above)) {
    const { mode } = statSync(above);
    if ((mode & EVERYBODY_WRITES) !== 0 && (mode & STICKY) === 0) {
      remarks.push(
        `everybody may write to ${above}, so anybody can put another case in the place of this one: chmod o-w it, or move the case`,
      );
      break;
    }
    if (above === dirname(above)) break;
  }
  return remarks;
};
