/** The licences of what is in the bundle: whoever gets mia gets these packages with it. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import type { Metafile } from 'esbuild';

interface PackageFile {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name: string };
}

const IN_PACKAGE = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;
const LICENCE_FILE = /^(licen[cs]es?|copying|notice)([.-][\w-]+)*(?<!\.[cm]?[jt]s|\.json)$/i;

/** Folders of the packages of which some code is in the bundle, e.g. `node_modules/ink`. */
export const bundledPackages = (metafiles: readonly Metafile[]): readonly string[] => {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap((output) => Object.entries(output.inputs)),
  );
  const folders = inputs.flatMap(([path, { bytesInOutput }]) =>
    bytesInOutput === 0 ? [] : (IN_PACKAGE.exec(path)?.[1] ?? []),
  );
  return [...new Set(folders)].sort();
};

/** Its own, and those of what it holds in turn; packages within it are packages of their own. */
const licenceTexts = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (path) => LICENCE_FILE.test(basename(path)) && !path.split(sep).includes('node_modules'),
    )
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort()
    .map((path) => readFileSync(join(folder, path), 'utf8').trim());

/** @throws Error for a package that does not say under which licence it is. */
const licenceOf = (root: string, folder: string): string => {
  const file = readFileSync(join(root, folder, 'package.json'), 'utf8');
  const { name, version, license, author } = JSON.parse(file) as PackageFile;
  const texts = licenceTexts(join(root, folder));
  if (license === undefined)
    throw new Error(`${folder} states no licence: it must not be in the bundle.`);
  const by = (typeof author === 'string' ? author : author?.name) ?? 'an author not stated';
  const text =
    texts.length === 0 ? `By ${by}; its package holds no text of the licence.` : texts.join('\n\n');
  return `${name} ${version}\nLicence: ${license}\n\n${text}\n`;
};

/** The file in words: each package with its version, its licence and the text of that. */
export const thirdPartyLicenses = (root: string, metafiles: readonly Metafile[]): string => {
  const licences = bundledPackages(metafiles).map((folder) => licenceOf(root, folder));
  const line = `\n${'-'.repeat(78)}\n\n`;
  return [
    'The files of mia hold code of these packages, under their licences.\n',
    ...licences,
  ].join(line);
};
