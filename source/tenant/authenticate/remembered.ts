/** Tokens that outlive the program, if asked for: encrypted, outside of every case, for this user only. */
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ICachePlugin } from '@azure/msal-node';
import { isObject } from '../../domain/json.ts';
import { Problem } from '../../domain/problem.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import type { Variables } from '../http/proxy.ts';
import { keyFrom, SALT_BYTES, seal, unseal } from './sealed-text.ts';
import type { AuthenticationSettings } from './settings.ts';

/** Which sign-in a file is of; readable without the passphrase, so that it can be named and forgotten. */
export interface RememberedAuthentication {
  readonly path: string;
  readonly cloud: string;
  readonly tenant: string;
  readonly clientId: string;
}

const VERSION = 1;
const NAME = /^sign-in-[\da-f]{16}\.json$/;

/** $XDG_STATE_HOME/mia, or where the system keeps such things. */
export const stateFolder = (variables: Variables, platform: NodeJS.Platform): string => {
  const own = variables['XDG_STATE_HOME'];
  if (own) return join(own, 'mia');
  const local = platform === 'win32' ? variables['LOCALAPPDATA'] : undefined;
  return local
    ? join(local, 'mia')
    : join(variables['HOME'] || homedir(), '.local', 'state', 'mia');
};

/** The file of a sign-in, whether it is there or not. */
const rememberedFile = (
  folder: string,
  { cloud, tenant, clientId }: AuthenticationSettings,
): RememberedAuthentication => {
  const identity = [cloud.authority, cloud.graph, tenant, clientId].join('\n');
  const hash = createHash('sha256').update(identity).digest('hex').slice(0, 16);
  return { path: join(folder, `sign-in-${hash}.json`), cloud: cloud.name, tenant, clientId };
};

interface SealedFile {
  readonly salt: Uint8Array;
  readonly sealed: Uint8Array;
  readonly around: string;
}

const aroundOf = (cloud: string, tenant: string, clientId: string): string =>
  JSON.stringify([VERSION, cloud, tenant, clientId]);

const readText = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new Problem(
      `The remembered sign-in ${forTerminal(path)} cannot be read.`,
      'Check who owns it, or run mia sign-out.',
    );
  }
};

const parsed = (path: string, text: string): (SealedFile & RememberedAuthentication) | null => {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isObject(data) || data['version'] !== VERSION) return null;
  const { cloud, tenant, clientId, salt, sealed } = data;
  const texts = [cloud, tenant, clientId, salt, sealed];
  if (!texts.every((one) => typeof one === 'string')) return null;
  return {
    path,
    cloud: String(cloud),
    tenant: String(tenant),
    clientId: String(clientId),
    salt: Buffer.from(String(salt), 'base64'),
    sealed: Buffer.from(String(sealed), 'base64'),
    around: aroundOf(String(cloud), String(tenant), String(clientId)),
  };
};

/** 0700 and ours, else nothing is written there. */
const prepareFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid } = lstatSync(folder);
  if (process.getuid !== undefined && uid !== process.getuid())
    throw new Problem(
      `${forTerminal(folder)} belongs to another user: no sign-in is remembered there.`,
      'Point $XDG_STATE_HOME at a folder of your own.',
    );
  chmodSync(folder, 0o700);
};

const replace = (path: string, text: string): void => {
  const fresh = `${path}.${randomBytes(4).toString('hex')}.new`;
  try {
    const file = openSync(fresh, 'wx', 0o600);
    try {
      writeSync(file, text);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(fresh, path);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
};

/** What is remembered, opened with its passphrase: msal-node reads and writes its tokens through it. */
export interface OpenedMemory {
  readonly cachePlugin: ICachePlugin;
}

const cachePluginOf = (
  folder: string,
  file: RememberedAuthentication,
  salt: Uint8Array,
  key: Uint8Array,
  remembered: string | null,
): ICachePlugin => {
  let text = remembered;
  return {
    beforeCacheAccess: async ({ tokenCache }) => {
      if (text !== null) tokenCache.deserialize(text);
    },
    afterCacheAccess: async ({ cacheHasChanged, tokenCache }) => {
      if (!cacheHasChanged) return;
      text = tokenCache.serialize();
      const { path, cloud, tenant, clientId } = file;
      const sealed = seal(text, key, aroundOf(cloud, tenant, clientId));
      const document = {
        version: VERSION,
        cloud,
        tenant,
        clientId,
        salt: Buffer.from(salt).toString('base64'),
        sealed: Buffer.from(sealed).toString('base64'),
      };
      prepareFolder(folder);
      replace(path, `${JSON.stringify(document)}\n`);
    },
  };
};

/** Whether a sign-in of these settings is remembered. */
export const isRemembered = (folder: string, settings: AuthenticationSettings): boolean =>
  readText(rememberedFile(folder, settings).path) !== null;

/**
 * Opens what is remembered, or prepares to remember. `fresh`: whatever is there gives way.
 * Problem: the passphrase is not the one it was remembered with.
 */
export const openMemory = async (
  folder: string,
  settings: AuthenticationSettings,
  passphrase: string,
  fresh: boolean,
): Promise<OpenedMemory> => {
  const file = rememberedFile(folder, settings);
  const text = fresh ? null : readText(file.path);
  if (text === null) {
    const salt = randomBytes(SALT_BYTES);
    const key = await keyFrom(passphrase, salt);
    return { cachePlugin: cachePluginOf(folder, file, salt, key, null) };
  }
  const found = parsed(file.path, text);
  const key = found === null ? null : await keyFrom(passphrase, found.salt);
  const tokens = found === null || key === null ? null : unseal(found.sealed, key, found.around);
  if (found === null || key === null || tokens === null)
    throw new Problem(
      'The remembered sign-in does not open: another passphrase, or the file was changed.',
      'Try again, or forget it with mia sign-out and sign in anew.',
    );
  return { cachePlugin: cachePluginOf(folder, file, found.salt, key, tokens) };
};

/** All that is remembered, broken files too. */
const rememberedAuthentications = (folder: string): readonly RememberedAuthentication[] => {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return [];
  }
  return names
    .filter((name) => NAME.test(name))
    .sort()
    .map((name) => {
      const path = join(folder, name);
      const found = parsed(path, readText(path) ?? '');
      const unknown = { path, cloud: 'unknown', tenant: 'unknown', clientId: 'unknown' };
      if (found === null) return unknown;
      const { cloud, tenant, clientId } = found;
      return { path, cloud, tenant, clientId };
    });
};

/** Forgets what `which` picks; returns what was forgotten. */
export const forget = (
  folder: string,
  which: (one: RememberedAuthentication) => boolean,
): readonly RememberedAuthentication[] => {
  const forgotten = rememberedAuthentications(folder).filter(which);
  for (const { path } of forgotten) rmSync(path, { force: true });
  return forgotten;
};
