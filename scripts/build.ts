/**
 * `npm run build`: dist/ from the sources. One minified ESM bundle whose heavy parts load on demand,
 * a launcher in front of it that even an old Node can read, and the files it needs beside it.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Plugin } from 'esbuild';
import { DOCUMENT_SCHEMAS } from '../source/exports/documents/schemas.ts';
import { thirdPartyLicenses } from './third-party-licenses.ts';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCE = join(ROOT, 'source');
const DIST = join(ROOT, 'dist');

/** What `require` is in the CommonJS packages of an ESM bundle. */
const REQUIRE = `import { createRequire as miaCreateRequire } from 'node:module';
const require = miaCreateRequire(import.meta.url);`;

/** ink asks for it only when DEV=true; the package itself would be the larger half of the bundle. */
const withoutDevtools: Plugin = {
  name: 'without-devtools',
  setup(bundle) {
    bundle.onResolve({ filter: /^react-devtools-core$/ }, ({ path }) => ({
      path,
      namespace: 'stub',
    }));
    bundle.onLoad({ filter: /.*/, namespace: 'stub' }, () => ({
      contents: 'export default { initialize() {}, connectToDevTools() {} };',
    }));
  },
};

/** `import('./cli.ts')` stays an import, of the bundle that lies beside. */
const siblingBundle: Plugin = {
  name: 'sibling-bundle',
  setup(bundle) {
    bundle.onResolve({ filter: /^\.\/.*\.ts$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path: path.replace(/\.ts$/, '.js'), external: true } : null,
    );
  },
};

const common: BuildOptions = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  minify: true,
  // ink quotes the lines around an error: they must not be half the bundle.
  lineLimit: 160,
  // With DEV=true in the environment ink would look for devtools, and say so on the screen.
  define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': 'undefined' },
  logLevel: 'warning',
  legalComments: 'linked',
  absWorkingDir: ROOT,
  metafile: true,
};

/** The entries of worker threads, by name: `source/import/import-worker.ts` → `import-worker`. */
const workers = () =>
  globSync('**/*-worker.ts', { cwd: SOURCE }).map((file) => ({
    in: join(SOURCE, file),
    out: basename(file, '.ts'),
  }));

const buildProgram = () =>
  build({
    ...common,
    entryPoints: [{ in: join(SOURCE, 'cli.ts'), out: 'cli' }, ...workers()],
    outdir: DIST,
    splitting: true,
    // Flat: a worker is found beside the file that starts it, whichever chunk that is in.
    chunkNames: '[name]-[hash]',
    target: 'node22.15',
    banner: { js: REQUIRE },
    plugins: [withoutDevtools],
  });

const buildLauncher = () =>
  build({
    ...common,
    entryPoints: [join(SOURCE, 'launch.ts')],
    outfile: join(DIST, 'mia.js'),
    target: 'node14',
    banner: { js: '#!/usr/bin/env node' },
    plugins: [siblingBundle],
  });

/** `mia.exposure/2`, and what `--json` prints: schemas/exposure.schema.json and so on. */
const writeSchemas = (): void => {
  mkdirSync(join(DIST, 'schemas'));
  for (const [name, schema] of Object.entries(DOCUMENT_SCHEMAS))
    writeFileSync(
      join(DIST, 'schemas', `${name}.schema.json`),
      `${JSON.stringify(schema(), null, 2)}\n`,
    );
};

rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST);
const built = await Promise.all([buildProgram(), buildLauncher()]);
const metafiles = built.flatMap(({ metafile }) => metafile ?? []);
writeFileSync(join(DIST, 'THIRD-PARTY-LICENSES.txt'), thirdPartyLicenses(ROOT, metafiles));
writeSchemas();
copyFileSync(join(ROOT, 'LICENSE'), join(DIST, 'LICENSE'));
execFileSync(process.execPath, [join(ROOT, 'scripts', 'make-demo.ts'), join(DIST, 'demo')]);
