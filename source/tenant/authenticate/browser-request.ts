import type { ApplicationOptions } from './application.ts';

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

/** What msal-node is asked for a sign-in in the browser. */
export const browserRequest = (
  { tell, openBrowser, signal }: Pick<ApplicationOptions, 'tell' | 'openBrowser' | 'signal'>,
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
    tell({ notice: 'browser', url, opened });
  },
});
