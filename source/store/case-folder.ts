import { chmodSync, readdirSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Problem } from '../domain/problem.ts';
import { diskProblem, failedWith } from './disk-problem.ts';
import { makeFolder } from './make-folder.ts';

/** A case folder that was opened: ours, 0700. Absolute paths; the files need not exist yet. */
export interface CaseFolder {
  readonly path: string;
  readonly decisions: string;
  /** Where the decisions end (`log-anchor.ts`); the same of the look-ups. */
  readonly decisionsHead: string;
  readonly lookups: string;
  readonly lookupsHead: string;
  readonly caseFile: string;
  readonly evidence: string;
  readonly records: string;
}

/**
 * The locks of a case: for a moment, around a change; for as long as records change; while fetching;
 * while messages are looked up; and while they are saved.
 */
export const LOCKS = {
  change: 'case.lock',
  import: 'import.lock',
  fetch: 'fetch.lock',
  lookup: 'lookup.lock',
  save: 'save.lock',
} as const;
export type LockName = (typeof LOCKS)[keyof typeof LOCKS];

const OURS =
  /^(decisions(\.torn-.*)?\.jsonl|lookups\.jsonl|(decisions|lookups)\.head(\.new)?|case(\.before)?\.json(\.new)?|records\.db.*|(case|import|fetch|lookup|save)\.lock.*)$/;

/** Whether a name in the case folder is one of the case's own files. */
export const isNameOfCase = (name: string): boolean => OURS.test(name);

const folderAt = (path: string): CaseFolder => ({
  path,
  decisions: join(path, 'decisions.jsonl'),
  decisionsHead: join(path, 'decisions.head'),
  lookups: join(path, 'lookups.jsonl'),
  lookupsHead: join(path, 'lookups.head'),
  caseFile: join(path, 'case.json'),
  evidence: join(path, 'evidence'),
  records: join(path, 'records.db'),
});

const statOf = (path: string): Stats | null => {
  try {
    return statSync(path);
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return null;
    throw diskProblem(error, `${path} could not be looked at`);
  }
};

/** Others lose access; a mode narrower than `mode` is left alone. */
const keepToOurselves = (path: string, mode: number): void => {
  const stat = statOf(path);
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
  if (((statOf(path)?.mode ?? 0) & 0o777 & ~mode) !== 0) {
    throw new Problem(
      `${path} can't be kept from other users: its disk has no permissions.`,
      'Name a folder on a disk that keeps them with --case DIR.',
    );
  }
};

const keepAllToOurselves = (folder: CaseFolder): void => {
  keepToOurselves(folder.path, 0o700);
  for (const name of readdirSync(folder.path)) {
    if (OURS.test(name)) keepToOurselves(join(folder.path, name), 0o600);
  }
  if (statOf(folder.evidence) === null) return;
  keepToOurselves(folder.evidence, 0o700);
  for (const entry of readdirSync(folder.evidence, { withFileTypes: true })) {
    const path = join(folder.evidence, entry.name);
    keepToOurselves(path, entry.isDirectory() ? 0o700 : 0o600);
    // What a fetch keeps.
    if (!entry.isDirectory()) continue;
    for (const name of readdirSync(path)) keepToOurselves(join(path, name), 0o600);
  }
};

/**
 * Whether a case lies here: a file of one, or evidence. The default folder of a checkout has neither
 * before the first import, and a mistyped `--case` may name any folder of this machine.
 */
const holdsCase = (folder: CaseFolder): boolean =>
  readdirSync(folder.path).some(
    (name) => isNameOfCase(name) || join(folder.path, name) === folder.evidence,
  );

/** /tmp and the like are shared on purpose: closing them would break the machine for others. */
const refuseSharedFolder = (path: string, stat: Stats): void => {
  if ((stat.mode & 0o1000) === 0 && dirname(path) !== path) return;
  throw new Problem(
    `${path} is shared by the whole machine.`,
    'Name a folder of its own for the case, for example --case ' + join(path, 'case'),
  );
};

/**
 * Opens the case in the folder `path` (`contract.md`, The case folder): makes it where `create` is
 * set, else only where one lies already, and takes access away from others, for the folder (0700)
 * and our files in it (0600). Other files that lie there are left alone. Problem: no such folder,
 * not a folder, no case in it, or not ours.
 */
export const openCaseFolder = (path: string, options: { readonly create: boolean }): CaseFolder => {
  const folder = folderAt(resolve(path));
  try {
    if (options.create && statOf(folder.path) === null) makeFolder(folder.path);
    const stat = statOf(folder.path);
    if (stat === null) {
      throw new Problem(
        `There is no case at ${folder.path}.`,
        'Import a file first (mia import FILE), or name the case with --case DIR.',
      );
    }
    if (!stat.isDirectory()) {
      throw new Problem(`${folder.path} is not a folder.`, 'Name a folder with --case DIR.');
    }
    if (!options.create && !holdsCase(folder)) {
      throw new Problem(
        `There is no case at ${folder.path}: nothing in this folder is of one. It was left as it is.`,
        'Import a file first (mia import FILE), or name the case with --case DIR.',
      );
    }
    refuseSharedFolder(folder.path, stat);
    keepAllToOurselves(folder);
  } catch (error) {
    throw diskProblem(error, `The case folder ${folder.path} could not be opened`);
  }
  return folder;
};
