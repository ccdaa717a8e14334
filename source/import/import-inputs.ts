import { realpath, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Problem } from '../domain/problem.ts';
import { fileBytes } from './inputs/file-bytes.ts';
import { diskWords, type InputFinding } from './inputs/input.ts';
import { arriving, inputsIn, inputsOfStream, type Opener } from './inputs/open-input.ts';
import { walkFolder, type WalkFinding, type WalkSetting } from './inputs/walk-folder.ts';

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
type Place =
  WalkFinding | { readonly found: 'stream'; readonly file: string; readonly open: Opener };

/** A folder that gives nothing is said, not passed over without a word. */
async function* folderPlaces(path: string, setting: WalkSetting): AsyncGenerator<Place> {
  let anything = false;
  for await (const found of walkFolder(path, setting)) {
    anything = true;
    yield found;
  }
  if (!anything) yield { found: 'skipped', file: path, reason: 'the folder holds no files' };
}

async function* placesOf(
  path: string,
  visited: Set<string>,
  leaveOut: ReadonlySet<string>,
  { standardInput, standardInputName = '-' }: InputOptions,
): AsyncGenerator<Place> {
  if (path === '-') {
    if (standardInput === undefined)
      yield { found: 'problem', file: path, problem: 'There is no standard input to read.' };
    else {
      const open: Opener = (signal, onRead) => arriving(standardInput, signal, onRead);
      yield { found: 'stream', file: standardInputName, open };
    }
    return;
  }
  try {
    const entry = await stat(path);
    if (entry.isDirectory()) yield* folderPlaces(path, { visited, leaveOut });
    else if (entry.isFile()) yield { found: 'file', file: path, size: entry.size };
    else yield { found: 'stream', file: path, open: (...to) => fileBytes({ path }, ...to) };
  } catch (error) {
    const problem = diskWords(error);
    if (problem === null) throw error;
    yield { found: 'problem', file: path, problem };
  }
}

const totalOf = (places: readonly Place[]): number | null =>
  places.reduce<number | null>((sum, place) => {
    if (sum === null || place.found === 'stream') return null;
    return place.found === 'file' ? sum + place.size : sum;
  }, 0);

async function* contentOf(place: Place, signal: AbortSignal): AsyncGenerator<InputFinding> {
  switch (place.found) {
    case 'skipped':
    case 'problem':
      yield place;
      return;
    case 'stream':
      yield* inputsOfStream(place.file, place.open, signal);
      return;
    case 'file': {
      const path = resolve(place.file);
      yield* inputsIn({ file: place.file, path, size: place.size, shownPath: path }, signal);
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
  const places: Place[] = [];
  for (const path of paths)
    for await (const place of placesOf(path, visited, leaveOut, options)) {
      signal.throwIfAborted();
      places.push(place);
    }
  yield { found: 'total', bytes: totalOf(places) };
  for (const place of places) {
    try {
      yield* contentOf(place, signal);
    } catch (error) {
      signal.throwIfAborted();
      const known = error instanceof Problem ? `${error.message} ${error.hint}` : null;
      const problem = diskWords(error) ?? known;
      if (problem === null) throw error;
      yield { found: 'problem', file: place.file, problem };
    }
  }
}
