import {
  existsSync,
  readdirSync,
  realpathSync,
  rmdirSync,
  rmSync,
  statSync,
  type Stats,
} from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { Problem } from '../domain/problem.ts';
import { diskProblem, failedWith } from './disk-problem.ts';
import { closeToOthers, refuseLinks, remarksOnPlace } from './folder-permissions.ts';
import { makeFolder } from './make-folder.ts';
import { readOnlyProblem, whyReadOnly } from './read-only.ts';

/**
 * A case folder that was opened: ours and 0700, but where it can only be read. Absolute paths; the
 * files need not exist yet.
 */
export interface CaseFolder {
  readonly path: string;
  readonly decisions: string;
  /** Where the decisions end (`log-anchor.ts`); the same of the lookups. */
  readonly decisionsHead: string;
  readonly lookups: string;
  readonly lookupsHead: string;
  readonly caseFile: string;
  readonly evidence: string;
  readonly records: string;
  /** What was there before it was opened: a case, a folder without one, or nothing. */
  readonly found: 'case' | 'folder' | 'nothing';
  /** Why nothing can be written here, in words; null: it can. */
  readonly readOnly: string | null;
  /** records.db is on a disk that nobody can change: it is read without a journal. */
  readonly unchanging: boolean;
  /** What is to be said of the place it lies in. */
  readonly remarks: readonly string[];
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
  found: 'case',
  readOnly: null,
  unchanging: false,
  remarks: [],
});

const statOf = (path: string): Stats | null => {
  try {
    return statSync(path);
  } catch (error) {
    if (failedWith(error, 'ENOENT')) return null;
    throw diskProblem(error, `${path} could not be looked at`);
  }
};

const ownFiles = (folder: CaseFolder): readonly string[] =>
  readdirSync(folder.path)
    .filter(isNameOfCase)
    .map((name) => join(folder.path, name));

/** What may lie in a folder that is as good as empty: a checkout's ./cache, a fresh disk. */
const UNIMPORTANT = new Set(['README.md', '.gitignore', '.gitkeep', '.DS_Store', 'lost+found']);

/** What lies in a folder. case: a file of one, or evidence. */
const contentsOf = (folder: CaseFolder): 'nothing' | 'case' | 'others' => {
  const names = readdirSync(folder.path);
  if (names.some((name) => isNameOfCase(name) || join(folder.path, name) === folder.evidence))
    return 'case';
  return names.every((name) => UNIMPORTANT.has(name)) ? 'nothing' : 'others';
};

/** Whether there is a folder that holds something else than a case: it becomes none by mistake. */
export const holdsOtherThings = (path: string): boolean => {
  const folder = folderAt(resolve(path));
  try {
    return statOf(folder.path)?.isDirectory() === true && contentsOf(folder) === 'others';
  } catch (error) {
    throw diskProblem(error, `The folder ${folder.path} could not be looked at`);
  }
};

/** /tmp and the like are shared on purpose: closing them would break the machine for others. */
const refuseSharedFolder = (path: string, stat: Stats): void => {
  if ((stat.mode & 0o1000) === 0 && dirname(path) !== path) return;
  throw new Problem(
    `${path} is shared by the whole machine.`,
    'Name a folder of its own for the case, for example --case ' + join(path, 'case'),
  );
};

const noCaseAt = (path: string, why: string): Problem =>
  new Problem(
    `There is no case at ${path}${why}.`,
    'Import a file first (mia import FILE), or name the case with --case DIR.',
  );

/** @throws Problem where a case may not be made here, or is not here to be opened. */
const refuseOthers = (folder: CaseFolder, stat: Stats, options: CaseFolderOptions): void => {
  if (!stat.isDirectory())
    throw new Problem(`${folder.path} is not a folder.`, 'Name a folder with --case DIR.');
  const contents = contentsOf(folder);
  if (contents === 'case') return;
  if (!options.create)
    throw noCaseAt(folder.path, ': nothing in this folder is of one. It was left as it is');
  if (contents === 'others' && options.amongOthers !== true)
    throw new Problem(
      `${folder.path} holds other files and no case. It was left as it is.`,
      'Name a folder of its own with --case DIR, or add --new-case: then others lose access to this folder.',
    );
};

export interface CaseFolderOptions {
  /** Make the case where there is none. */
  readonly create: boolean;
  /** Also in a folder that holds other files. */
  readonly amongOthers?: boolean;
  /** Do with a folder that can only be read: nothing of it is changed then. */
  readonly mayOnlyRead?: boolean;
  /** Only to be read, and left as it is, though it may be written. */
  readonly onlyRead?: boolean;
}

/**
 * Opens the case in the folder `path` (`contract.md`, The case folder): makes it where `create` is
 * set, else only where one lies already, and takes access away from others, for the folder (0700)
 * and our files in it (0600). Other files that lie there are left alone. Problem: no such folder,
 * not a folder, no case in it, not ours, a part of it is a link, or it can't be written.
 */
export const openCaseFolder = (path: string, options: CaseFolderOptions): CaseFolder => {
  const folder = folderAt(resolve(path));
  try {
    const before = statOf(folder.path);
    if (before !== null) refuseOthers(folder, before, options);
    else if (options.create) makeFolder(folder.path);
    const stat = statOf(folder.path);
    if (stat === null) throw noCaseAt(folder.path, '');
    refuseSharedFolder(folder.path, stat);
    const found = before === null ? 'nothing' : contentsOf(folder) === 'case' ? 'case' : 'folder';
    const readOnly =
      whyReadOnly(folder.path) ?? (options.onlyRead === true ? 'it is only to be read' : null);
    if (readOnly !== null && (found !== 'case' || options.mayOnlyRead !== true))
      throw readOnlyProblem(folder.path, readOnly);
    if (readOnly === null) closeToOthers(folder.path, ownFiles(folder), folder.evidence);
    else refuseLinks(ownFiles(folder), folder.evidence);
    return { ...folder, found, readOnly, remarks: remarksOnPlace(folder.path) };
  } catch (error) {
    throw diskProblem(error, `The case folder ${folder.path} could not be opened`);
  }
};

/** Files that a case is worked on with; the others hold what was kept. */
const PASSING = /^(records\.db|[a-z]+\.lock)(-|$)/;

const ownNames = ({ path }: CaseFolder): readonly string[] =>
  readdirSync(path).filter(isNameOfCase);

const isEmpty = (folder: CaseFolder): boolean =>
  ownNames(folder).every((name) => PASSING.test(name)) &&
  (!existsSync(folder.evidence) || readdirSync(folder.evidence).length === 0);

/**
 * Where nothing was ever kept in a case (no source, no decision, no evidence, no fetch), nothing is
 * left of it: neither files that were made to work with nor, where mia made it, the folder. Never
 * throws. For whoever holds the import lock, or is the only one to have the case open.
 */
export const takeAwayEmptyCase = (folder: CaseFolder): void => {
  try {
    if (folder.readOnly !== null || !isEmpty(folder)) return;
    for (const name of ownNames(folder)) rmSync(join(folder.path, name), { force: true });
    if (existsSync(folder.evidence)) rmdirSync(folder.evidence);
    if (folder.found === 'nothing') rmdirSync(folder.path);
  } catch {
    // It is an empty case then, and does no harm.
  }
};

/** Where a path leads, links followed as far as it is there. */
const realPathOf = (path: string): string => {
  const whole = resolve(path);
  try {
    return realpathSync(whole);
  } catch {
    const parent = dirname(whole);
    return parent === whole ? whole : join(realPathOf(parent), basename(whole));
  }
};

/**
 * Whether a path leads to what the case in `folder` consists of: decisions, case.json, evidence,
 * records, locks. Nothing else may be written there, whatever is forced.
 */
export const belongsToCase = (folder: string, path: string): boolean => {
  const home = realPathOf(folder);
  const position = realPathOf(path);
  const evidence = join(home, 'evidence');
  if (position === evidence || position.startsWith(evidence + sep)) return true;
  return dirname(position) === home && isNameOfCase(basename(position));
};
