/**
 * `npm run lock` completes package-lock.json; `--check` only says what is incomplete (exit 1).
 * A registry mirror that holds only some of the platform builds of a package makes `npm install`
 * leave the others out of the lock file, and then `npm ci` refuses it on every machine. The missing
 * entries follow from the names and versions their parent declares; npm looks up the rest when it
 * installs on such a platform.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const OPERATING_SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];

/**
 * Adds what is absent to `lock.packages`; returns the names added.
 * @param {{ packages: Record<string, Record<string, any>> }} lock
 */
export const completeLock = (lock) => {
  const added = [];
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const own = `${path === '' ? '' : `${path}/`}node_modules/${name}`;
      const hoisted = `node_modules/${name}`;
      if (lock.packages[own] ?? lock.packages[hoisted]) continue;
      const { cpu, libc, os } = platformOf(name);
      // In npm's own order, so that its next run leaves the file as it is.
      lock.packages[hoisted] = { version, cpu, dev: entry.dev, libc, optional: true, os };
      added.push(name);
    }
  }
  lock.packages = Object.fromEntries(
    Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en')),
  );
  return added;
};

/** `@oxlint/binding-linux-arm-gnueabihf` → os linux, cpu arm. */
const platformOf = (name) => {
  const words = name.split(/[/-]/);
  const os = OPERATING_SYSTEMS.find((word) => words.includes(word));
  const cpu = PROCESSORS.find((word) => words.includes(word));
  const libc = words.includes('musl') ? 'musl' : words.includes('gnu') ? 'glibc' : undefined;
  return {
    cpu: cpu && [cpu],
    os: os && [os],
    libc: os === 'linux' && libc ? [libc] : undefined,
  };
};

const main = () => {
  const file = fileURLToPath(new URL('../package-lock.json', import.meta.url));
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const added = completeLock(lock);
  if (added.length === 0) return;
  if (process.argv.includes('--check')) {
    console.error(`package-lock.json lacks ${added.join(', ')}. Run: npm run lock`);
    process.exitCode = 1;
    return;
  }
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(`package-lock.json: added ${added.join(', ')}`);
};

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
