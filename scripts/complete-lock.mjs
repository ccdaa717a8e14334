/**
 * `npm run lock` completes package-lock.json; `--check` only says what is wrong with it (exit 1).
 * Where the registry did not hold all platform builds of a package when npm wrote the file, npm left
 * some of them out for ever: `npm ci` refuses such a file on every other machine, and an entry put in
 * by hand without its hash would be installed unchecked. So the incomplete entries are taken out,
 * with the packages that name them, and npm is asked for them anew.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { npm } from './set-up/packages.mjs';

const SHA512 = /^sha512-[A-Za-z0-9+/]{86}==$/;

const optionalOf = (lock, path, entry) =>
  Object.keys(entry.optionalDependencies ?? {}).map((name) => ({
    name,
    found:
      lock.packages[`${path === '' ? '' : `${path}/`}node_modules/${name}`] ??
      lock.packages[`node_modules/${name}`],
  }));

const flawOf = ({ integrity, link, resolved }) => {
  if (link === true) return 'is a link to a folder of this machine';
  if (resolved !== undefined) return 'names a host (npm config: omit-lockfile-registry-resolved)';
  if (integrity === undefined) return 'has no hash';
  return SHA512.test(integrity) ? null : 'has a hash that is no SHA-512';
};

/**
 * What is wrong, a line each; empty: each package has its hash, and no platform build is left out.
 * @param {{ packages: Record<string, Record<string, any>> }} lock
 */
export const lockFlaws = (lock) =>
  Object.entries(lock.packages).flatMap(([path, entry]) => {
    const flaw = path === '' ? null : flawOf(entry);
    const absent = optionalOf(lock, path, entry).filter(({ found }) => found === undefined);
    return [
      ...(flaw === null ? [] : [`${path} ${flaw}`]),
      ...absent.map(({ name }) => `${name}, which ${path} names, is left out`),
    ];
  });

/**
 * The same without the entries that have a flaw and without those that name one or lack one.
 * @param {{ packages: Record<string, Record<string, any>> }} lock
 */
export const withoutFlawed = (lock) => {
  const isWhole = (entry) => flawOf(entry) === null;
  const kept = Object.entries(lock.packages).filter(
    ([path, entry]) =>
      path === '' ||
      (isWhole(entry) &&
        optionalOf(lock, path, entry).every(({ found }) => found !== undefined && isWhole(found))),
  );
  return { ...lock, packages: Object.fromEntries(kept) };
};

/** Only the lock file: nothing is installed and no script of a package runs. */
const LOCK_ONLY = [
  'install',
  '--package-lock-only',
  '--omit-lockfile-registry-resolved',
  '--ignore-scripts',
  '--no-audit',
  '--no-fund',
];

const say = (flaws) => {
  console.error(`package-lock.json:\n  ${flaws.join('\n  ')}`);
  process.exitCode = 1;
};

const main = () => {
  const root = fileURLToPath(new URL('../', import.meta.url));
  const file = fileURLToPath(new URL('../package-lock.json', import.meta.url));
  const text = readFileSync(file, 'utf8');
  const flaws = lockFlaws(JSON.parse(text));
  if (flaws.length === 0) return;
  if (process.argv.includes('--check')) return say([...flaws, 'Run: npm run lock']);
  writeFileSync(file, `${JSON.stringify(withoutFlawed(JSON.parse(text)), null, 2)}\n`);
  const { ok, output } = npm(root, LOCK_ONLY);
  const left = lockFlaws(JSON.parse(readFileSync(file, 'utf8')));
  if (ok && left.length === 0) return console.log(`package-lock.json: mended ${flaws.length}`);
  writeFileSync(file, text);
  say([...(ok ? left : [output.trim()]), 'It was left as it was: try it with another registry.']);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
