/** msal-node behind three verbs. Only this file loads it, and only when somebody signs in. */
import type {
  AccountInfo,
  AuthenticationResult,
  Configuration,
  ICachePlugin,
  PublicClientApplication,
} from '@azure/msal-node';
import { Problem } from '../../domain/problem.ts';
import { isLoopback } from '../clouds.ts';
import { type Clock, isoTime, unlessAborted } from '../http/clock.ts';
import type { Transport } from '../http/transport.ts';
import { AuthorityWire } from './authority-wire.ts';
import { type BrowserOptions, browserRequest } from './open-browser.ts';
import { readCertificate } from './certificate.ts';
import { authenticationProblem } from './failure-words.ts';
import type { AuthenticationSettings } from './settings.ts';

/** What proves who we are without a person. Held in memory only. */
export interface AuthenticationSecrets {
  readonly clientSecret: string | null;
  /** Path of a PEM file. */
  readonly certificate: string | null;
  readonly certificatePassphrase: string | null;
}

export interface ApplicationOptions extends BrowserOptions {
  readonly settings: AuthenticationSettings;
  readonly secrets: AuthenticationSecrets;
  readonly transport: Transport;
  readonly clock: Clock;
  /** Keeps msal-node's tokens; null: in memory only. */
  readonly cachePlugin: ICachePlugin | null;
}

export interface Granted {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
  /** null: the application itself. */
  readonly user: string | null;
  readonly tenantId: string;
}

export interface Application {
  /** With a person where the method needs one. */
  readonly authenticate: (scope: string) => Promise<Granted>;
  /** Without: from what is remembered or by the credential. null: nobody has signed in. */
  readonly silently: (
    scope: string,
    how: { readonly anew: boolean; readonly claims: string | null },
  ) => Promise<Granted | null>;
}

/** The host msal-node is told where the true one is plain http, which it refuses (`tenant.md` 6.2). */
const STAND_IN = 'https://login.microsoftonline.com';

const granted = (result: AuthenticationResult | null, now: number): Granted => {
  if (result === null) throw new Error('msal-node gave neither a token nor an error.');
  return {
    token: result.accessToken,
    expiresAt: result.expiresOn?.getTime() ?? now + 300_000,
    user: result.account?.username || null,
    tenantId: result.tenantId,
  };
};

const configurationOf = (
  { settings, cachePlugin }: ApplicationOptions,
  wire: AuthorityWire,
): Configuration & { auth: { authority: string } } => {
  const plain = settings.cloud.authority.startsWith('http:');
  const authority = plain ? STAND_IN : settings.cloud.authority;
  return {
    auth: {
      clientId: settings.clientId,
      authority: `${authority}/${settings.tenant}`,
      knownAuthorities: settings.cloud.fromFile && !plain ? [new URL(authority).host] : [],
      // We answer challenges of continuous access evaluation.
      clientCapabilities: ['CP1'],
    },
    system: { networkClient: wire },
    ...(cachePlugin === null ? {} : { cache: { cachePlugin } }),
  };
};

/** To the authority of the cloud, which may be plain http on this machine; never to any other in plain. */
const rewriter =
  ({ cloud }: AuthenticationSettings) =>
  (url: string) => {
    if (!cloud.authority.startsWith('http:') || !isLoopback(new URL(cloud.authority))) return url;
    return url.startsWith(`${STAND_IN}/`) ? cloud.authority + url.slice(STAND_IN.length) : url;
  };

const missing = (what: string, name: string): Problem =>
  new Problem(`The ${what} is not given.`, `Put it into $${name}; it is never taken from a flag.`);

const byDeviceCode = async (
  app: PublicClientApplication,
  { onNotice, clock, signal }: ApplicationOptions,
  scope: string,
): Promise<AuthenticationResult | null> => {
  const request = {
    scopes: [scope],
    cancel: false,
    deviceCodeCallback: (answer: {
      userCode: string;
      verificationUri: string;
      expiresIn: number;
    }): void => {
      const { userCode, verificationUri, expiresIn } = answer;
      const expiresAt = isoTime(clock.now() + expiresIn * 1000);
      onNotice({ notice: 'device-code', userCode, verificationUri, expiresAt });
    },
  };
  const cancel = (): void => {
    request.cancel = true;
  };
  signal.addEventListener('abort', cancel, { once: true });
  try {
    return await app.acquireTokenByDeviceCode(request);
  } finally {
    signal.removeEventListener('abort', cancel);
  }
};

const byBrowser = async (
  app: PublicClientApplication,
  options: ApplicationOptions,
  scope: string,
): Promise<AuthenticationResult> => {
  const over = new AbortController();
  const rewrite = rewriter(options.settings);
  try {
    return await app.acquireTokenInteractive(browserRequest(options, scope, rewrite, over.signal));
  } finally {
    over.abort();
  }
};

type RunMsal = <Value>(work: () => Promise<Value>) => Promise<Value>;

/** Runs something of msal-node; whatever it throws becomes a Problem without its text or cause. */
const attempts =
  ({ settings, signal }: ApplicationOptions, wire: AuthorityWire): RunMsal =>
  async (work) => {
    signal.throwIfAborted();
    const before = wire.requests;
    try {
      return await unlessAborted(work(), signal);
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Problem) throw error;
      const code =
        error instanceof Error && 'errorCode' in error ? String(error.errorCode) : 'unknown';
      // An empty code is an old error replayed: what was wrong then is what is wrong now.
      const trouble = wire.requests > before || code === '' ? wire.trouble : null;
      throw authenticationProblem(trouble, code, settings);
    }
  };

type Msal = typeof import('@azure/msal-node');

const personal = (msal: Msal, options: ApplicationOptions, wire: AuthorityWire): Application => {
  const app = new msal.PublicClientApplication(configurationOf(options, wire));
  const attempt = attempts(options, wire);
  const { settings, clock } = options;
  let account: AccountInfo | null = null;
  const taken = (result: AuthenticationResult | null): Granted => {
    account = result?.account ?? account;
    return granted(result, clock.now());
  };
  return {
    authenticate: (scope) =>
      attempt(async () =>
        taken(
          settings.method === 'browser'
            ? await byBrowser(app, options, scope)
            : await byDeviceCode(app, options, scope),
        ),
      ),
    silently: (scope, { anew, claims }) =>
      attempt(async () => {
        account ??= (await app.getAllAccounts())[0] ?? null;
        if (account === null) return null;
        const scopes = [scope];
        return taken(
          await app.acquireTokenSilent({
            account,
            scopes,
            forceRefresh: anew,
            ...(claims === null ? {} : { claims }),
          }),
        );
      }),
  };
};

const impersonal = (msal: Msal, options: ApplicationOptions, wire: AuthorityWire): Application => {
  const { settings, secrets, clock } = options;
  const { auth, ...rest } = configurationOf(options, wire);
  const credential = () => {
    if (settings.method === 'client-certificate') {
      if (secrets.certificate === null) throw missing('client certificate', 'MIA_CERTIFICATE');
      const { certificate, certificatePassphrase } = secrets;
      return {
        clientCertificate: readCertificate(certificate, certificatePassphrase, clock.now()),
      };
    }
    if (secrets.clientSecret === null) throw missing('client secret', 'MIA_CLIENT_SECRET');
    return { clientSecret: secrets.clientSecret };
  };
  const app = new msal.ConfidentialClientApplication({
    ...rest,
    auth: { ...auth, ...credential() },
  });
  const attempt = attempts(options, wire);
  const acquire = (scope: string, anew: boolean, claims: string | null): Promise<Granted> =>
    attempt(async () => {
      const result = await app.acquireTokenByClientCredential({
        scopes: [scope],
        skipCache: anew,
        ...(claims === null ? {} : { claims }),
      });
      return granted(result, clock.now());
    });
  return {
    authenticate: (scope) => acquire(scope, false, null),
    silently: (scope, { anew, claims }) => acquire(scope, anew, claims),
  };
};

/** Whether this way of signing in is that of a person. */
export const isPersonal = ({ method }: Pick<AuthenticationSettings, 'method'>): boolean =>
  method === 'device-code' || method === 'browser';

/** Makes the application ready to sign in. Problem: its secret or certificate is not there. */
export const createApplication = async (options: ApplicationOptions): Promise<Application> => {
  const { settings, transport, clock, signal, onNotice } = options;
  if (settings.method === 'browser' && options.openBrowser === null)
    throw new Problem(
      'There is no desktop here on which a browser could open.',
      'Use --method device-code: the code is entered on any other device.',
    );
  const wire = new AuthorityWire({
    transport,
    clock,
    signal,
    rewrite: rewriter(settings),
    onWait: (wait) => onNotice({ notice: 'waiting', wait }),
  });
  const msal = await import('@azure/msal-node');
  return isPersonal(settings) ? personal(msal, options, wire) : impersonal(msal, options, wire);
};
