import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Problem } from '../domain/problem.ts';
import { fileBytes } from './inputs/file-bytes.ts';
import { diskProblem, type InputFinding } from './inputs/input.ts';
import { cancellable, inputsIn, inputsOfStream, type Opener } from './inputs/open-input.ts';
import { listFolder, type FolderFinding, type FolderOptions } from './inputs/list-folder.ts';

export interface InputOptions {
  readonly signal: AbortSignal;
  /** What `-` stands for; read at most once. */
  readonly standardInput?: AsyncIterable<Uint8Array>;
  /** What it is called where it is no pipe but a fetch; - unless said. */
  readonly standardInputName?: string;
  /** Folders that are never walked: the case's own. */
  readonly leaveOut?: readonly string[];
}

/** What a path stands for before any content was looked at. */
type PathContent =
  FolderFinding | { readonly found: 'stream'; readonly file: string; readonly open: Opener };

/** A folder that gives nothing is said, not passed over without a word. */
async function* contentsOfFolder(
  path: string,
  setting: FolderOptions,
): AsyncGenerator<PathContent> {
  let anything = false;
  for await (const found of listFolder(path, setting)) {
    anything = true;
    yield found;
  }
  if (!anything) yield { found: 'skipped', file: path, reason: 'the folder holds no files' };
}

async function* contentsOfPath(
  path: string,
  visited: Set<string>,
  leaveOut: ReadonlySet<string>,
  { standardInput, standardInputName = '-' }: InputOptions,
): AsyncGenerator<PathContent> {
  if (path === '-') {
    if (standardInput === undefined)
      yield { found: 'problem', file: path, problem: 'There is no standard input to read.' };
    else {
      const open: Opener = (signal, onRead) => cancellable(standardInput, signal, onRead);
      yield { found: 'stream', file: standardInputName, open };
    }
    return;
  }
  try {
    const entry = await stat(path);
    if (entry.isDirectory()) yield* contentsOfFolder(path, { visited, leaveOut });
    else if (entry.isFile()) yield { found: 'file', file: path, size: entry.size };
    else yield { found: 'stream', file: path, open: (...to) => fileBytes({ path }, ...to) };
  } catch (error) {
    const problem = diskProblem(error);
    if (problem === null) throw error;
    yield { found: 'problem', file: path, problem };
  }
}

const totalOf = (contents: readonly PathContent[]): number | null =>
  contents.reduce<number | null>((sum, content) => {
    if (sum === null || content.found === 'stream') return null;
    return content.found === 'file' ? sum + content.size : sum;
  }, 0);

async function* contentOf(content: PathContent, signal: AbortSignal): AsyncGenerator<InputFinding> {
  switch (content.found) {
    case 'skipped':
    case 'problem':
      yield content;
      return;
    case 'stream':
      yield* inputsOfStream(content.file, content.open, signal);
      return;
    case 'file': {
      const path = resolve(content.file);
      yield* inputsIn({ file: content.file, path, size: content.size, shownPath: path }, signal);
    }
  }
}

const realPaths = async (paths: readonly string[]): Promise<ReadonlySet<string>> =>
  new Set(await Promise.all(paths.map((path) => realpath(path).catch(() => resolve(path)))));

/**
 * What the paths of `mia import` hold: files, folders with all below them, `.gz` and `.zip` told by
 * their content, `-`. First the total, then one finding after another; an input of a stream or of
 * an archive that came as one must be read before the next finding is asked for.
 */
export async function* importInputs(
  paths: readonly string[],
  options: InputOptions,
): AsyncGenerator<InputFinding> {
  const { signal } = options;
  const leaveOut = await realPaths(options.leaveOut ?? []);
  const visited = new Set<string>();
  const contents: PathContent[] = [];
  for (const path of paths)
    for await (const content of contentsOfPath(path, visited, leaveOut, options)) {
      signal.throwIfAborted();
      contents.push(content);
    }
  yield { found: 'total', bytes: totalOf(contents) };
  for (const content of contents) {
    try {
      yield* contentOf(content, signal);
    } catch (error) {
      signal.throwIfAborted();
      const known = error instanceof Problem ? `${error.message} ${error.hint}` : null;
      const problem = diskProblem(error) ?? known;
      if (problem === null) throw error;
      yield { found: 'problem', file: content.file, problem };
    }
  }
}
