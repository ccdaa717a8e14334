import { readdir, realpath, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { diskProblem } from './input.ts';

/** A regular file, with its size. */
export interface FoundFile {
  /** As shown: the path the analyst gave and what was found below it. */
  readonly file: string;
  readonly size: number;
}

export type FolderFinding =
  | ({ readonly found: 'file' } & FoundFile)
  | { readonly found: 'skipped'; readonly file: string; readonly reason: string }
  | { readonly found: 'problem'; readonly file: string; readonly problem: string };

/** Why a name in a folder or an archive is no evidence; null where it may be. */
export const whySkipped = (name: string): string | null => {
  // In an archive's names these are no files; they lead nowhere there either.
  if (name === '.' || name === '..') return null;
  if (name === '__MACOSX') return 'a folder in which macOS keeps its own notes';
  if (/^(\.DS_Store|\._.*|Thumbs\.db|desktop\.ini)$/i.test(name))
    return 'a file in which the operating system keeps its own notes';
  if (name.startsWith('~$')) return 'a lock file of an office program';
  return name.startsWith('.') ? 'hidden; name it outright to import it' : null;
};

const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export interface FolderOptions {
  /** Real paths of folders that are never read: the case's own. */
  readonly leaveOut: ReadonlySet<string>;
  /** Real paths of folders read so far: links may lead to one again. */
  readonly visited: Set<string>;
}

async function* listEntry(
  folder: string,
  name: string,
  setting: FolderOptions,
): AsyncGenerator<FolderFinding> {
  const file = join(folder, name);
  const reason = whySkipped(name);
  if (reason !== null) {
    yield { found: 'skipped', file, reason };
    return;
  }
  try {
    const entry = await stat(file);
    if (entry.isDirectory()) yield* listFolder(file, setting);
    else if (entry.isFile()) yield { found: 'file', file, size: entry.size };
    else yield { found: 'skipped', file, reason: 'neither a file nor a folder' };
  } catch (error) {
    const problem = diskProblem(error);
    if (problem === null) throw error;
    yield { found: 'problem', file, problem };
  }
}

/** All files below a folder, sorted by name, depth first; links are followed, each folder once. */
export async function* listFolder(
  folder: string,
  setting: FolderOptions,
): AsyncGenerator<FolderFinding> {
  const real = await realpath(folder);
  const own = [...setting.leaveOut].some((each) => real === each || real.startsWith(each + sep));
  if (own) {
    yield { found: 'skipped', file: folder, reason: 'the folder of the case itself' };
    return;
  }
  if (setting.visited.has(real)) {
    yield { found: 'skipped', file: folder, reason: 'this folder was read already' };
    return;
  }
  setting.visited.add(real);
  const names = await readdir(folder);
  for (const name of names.sort(byCodeUnit)) yield* listEntry(folder, name, setting);
}
