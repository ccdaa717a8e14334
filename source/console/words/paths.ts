const WORD = /"([^"]*)"|'([^']*)'|((?:\\.|[^\s"'\\])+(?:\\.|[^\s\\])*)/g;

/** Typed or dropped paths: apart at spaces, but for those in quotes or behind a backslash, as a shell has it. */
export const readPaths = (text: string): readonly string[] =>
  [...text.matchAll(WORD)].map(
    ([, double, single, bare]) => double ?? single ?? (bare ?? '').replace(/\\(.)/g, '$1'),
  );

const PLAIN = /^[^\s"'\\]+$/;

/** A path as `readPaths` reads it again. */
export const typedPath = (path: string): string =>
  path === '' || PLAIN.test(path) ? path : path.replace(/[\s"'\\]/g, '\\$&');

/** The last part of a path, whatever system it comes from. */
export const fileName = (path: string): string =>
  path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
