import { spawn } from 'node:child_process';
import type { Variables } from '../http/proxy.ts';
import type { AuthenticationNotice } from './authority-wire.ts';

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

const page = (title: string, text: string): string =>
  `<!doctype html><meta charset="utf-8"><title>mia</title><style>body{font:1.1rem system-ui;margin:4rem}</style><h1>${title}</h1><p>${text}`;

/** Ends msal-node's wait for the browser, which knows no signal: it is told that the person said no. */
const giveUp = async (url: string): Promise<void> => {
  const asked = new URL(url).searchParams;
  const body = new URLSearchParams({
    error: 'access_denied',
    state: asked.get('state') ?? '',
  }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  // msal-node listens on 127.0.0.1, whatever localhost means here.
  const { port } = new URL(asked.get('redirect_uri') ?? '');
  await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body }).catch(
    () => undefined,
  );
};

export interface BrowserOptions {
  /** For as long as the tenant is connected. */
  readonly signal: AbortSignal;
  readonly onNotice: (notice: AuthenticationNotice) => void;
  /** null: there is no desktop here. */
  readonly openBrowser: OpenBrowser | null;
}

/** What msal-node is asked for a sign-in in the browser. */
export const browserRequest = (
  { onNotice, openBrowser, signal }: BrowserOptions,
  scope: string,
  rewrite: (url: string) => string,
  /** Aborted when the sign-in has ended. */
  over: AbortSignal,
) => ({
  scopes: [scope],
  // The person chooses: the browser may be signed in as somebody of another tenant.
  prompt: 'select_account',
  successTemplate: page('Signed in', 'You can close this window and go back to mia.'),
  errorTemplate: page('Not signed in', 'mia says why. You can close this window.'),
  openBrowser: async (address: string): Promise<void> => {
    const url = rewrite(address);
    signal.addEventListener('abort', () => void giveUp(address), { once: true, signal: over });
    const opened = (await openBrowser?.(url)) ?? false;
    onNotice({ notice: 'browser', url, opened });
  },
});
