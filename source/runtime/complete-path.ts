import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { readPaths, typedPath } from '../console/words/paths.ts';

export interface Completion {
  readonly text: string;
  /** What the next part may be, where there is more than one way on. */
  readonly offers: readonly string[];
}

const MOST_OFFERS = 12;

const commonBeginning = (names: readonly string[]): string => {
  const [first = '', ...others] = names;
  let length = first.length;
  for (const name of others) {
    while (!name.startsWith(first.slice(0, length))) length -= 1;
  }
  return first.slice(0, length);
};

/** `~/` stands for the home folder, as in a shell. */
export const withHome = (path: string): string =>
  path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path;

/** Names in the folder of the last typed path that begin as it ends, folders with a `/`. */
const candidates = async (folder: string, beginning: string): Promise<readonly string[]> => {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter(({ name }) => name.startsWith(beginning))
    .filter(({ name }) => beginning.startsWith('.') || !name.startsWith('.'))
    .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name))
    .toSorted();
};

/** Completes the last path of a typed line as far as it is certain, as a shell's Tab does. */
export const completePath = async (text: string): Promise<Completion> => {
  const paths =
    /\s$/.test(text) && !/\\\s$/.test(text) ? [...readPaths(text), ''] : readPaths(text);
  const last = paths.at(-1) ?? '';
  const atFolder = last === '' || last.endsWith('/');
  const beginning = atFolder ? '' : basename(last);
  const folder = atFolder ? last : dirname(last);
  const names = await candidates(withHome(folder === '' ? '.' : folder), beginning);
  if (names.length === 0) return { text, offers: [] };
  const prefix = last.slice(0, last.length - beginning.length);
  const completed = [...paths.slice(0, -1), `${prefix}${commonBeginning(names)}`];
  const offers = names.length === 1 ? [] : names.slice(0, MOST_OFFERS);
  return { text: completed.map(typedPath).join(' '), offers };
};
