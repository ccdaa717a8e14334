import { spawn } from 'node:child_process';
import type { Variables } from '../http/proxy.ts';

/** Opens an address where the person can see it; resolves to whether that could be begun. */
export type OpenBrowser = (url: string) => Promise<boolean>;

const openerOf = (platform: NodeJS.Platform): readonly [string, ...string[]] => {
  if (platform === 'darwin') return ['open'];
  // Not `start`: a command interpreter would read the & in the address.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return ['xdg-open'];
};

/** Whether a browser opened from here would be on a screen that somebody sees. */
export const hasDesktop = (variables: Variables, platform: NodeJS.Platform): boolean => {
  if (variables['DISPLAY'] || variables['WAYLAND_DISPLAY']) return true;
  const remote = Boolean(variables['SSH_CONNECTION'] || variables['SSH_TTY']);
  return (platform === 'darwin' || platform === 'win32') && !remote;
};

/** Secrets, passphrases and whatever else is for mia alone: no other program is started with it. */
const withoutOwn = (variables: Variables): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => !/^MIA_/i.test(name)));

/** `variables`: the environment, which the browser gets but for what is mia's. */
export const openBrowser =
  (platform: NodeJS.Platform, variables: Variables): OpenBrowser =>
  (url) =>
    new Promise((resolve) => {
      const [command, ...words] = openerOf(platform);
      const child = spawn(command, [...words, url], {
        env: withoutOwn(variables),
        stdio: 'ignore',
        detached: true,
      });
      child.once('error', () => resolve(false));
      child.once('spawn', () => {
        child.unref();
        resolve(true);
      });
    });
