/**
 * What `mia` starts: looks at the Node version before anything is loaded that an old one could not
 * even parse, then hands over to `cli.ts`. Built on its own, for old Nodes; no `node:` module may be
 * imported statically here.
 */
import { quietSqlite } from './quiet-sqlite.ts';

const OLDEST = { major: 22, minor: 15 };

const isTooOld = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor);
};

/** Compiled code is kept beside the program, where only its owner can write, not in a shared /tmp. */
const keepCompiledCode = async (): Promise<void> => {
  const { enableCompileCache } = await import('node:module');
  const { fileURLToPath } = await import('node:url');
  enableCompileCache(fileURLToPath(new URL('./.compiled', import.meta.url)));
};

const launch = async (): Promise<void> => {
  if (isTooOld(process.versions.node)) {
    const needed = `${OLDEST.major}.${OLDEST.minor}`;
    console.error(`mia needs Node ${needed} or newer; this is ${process.versions.node}.`);
    console.error('Install a current Node, or start it in its checkout with: npm start');
    process.exitCode = 1;
    return;
  }
  quietSqlite();
  await keepCompiledCode();
  await import('./cli.ts');
};

void launch();
