import type { AuditRoot } from '../../domain/fetches/fetch-query.ts';
import { isObject, type JsonObject } from '../../domain/json.ts';
import { Problem } from '../../domain/problem.ts';
import { changeCaseFile, existingCase, readCaseFile } from '../../store/case-file.ts';
import type { CaseFolder } from '../../store/case-folder.ts';
import type { TenantClient } from '../../tenant/client.ts';
import { connect, type ConnectOptions } from '../../tenant/connect.ts';
import { type Clock, systemClock, unlessAborted } from '../../tenant/http/clock.ts';
import { fetchOf, refuseUncheckedTls, type Variables } from '../../tenant/http/proxy.ts';
import { fetchTransport } from '../../tenant/http/transport.ts';
import { isPersonal, type AuthenticationSecrets } from '../../tenant/authenticate/application.ts';
import { AuthenticationProblem } from '../../tenant/authenticate/failure-words.ts';
import type { AuthenticationNotice } from '../../tenant/authenticate/authority-wire.ts';
import {
  hasDesktop,
  openBrowser,
  type OpenBrowser,
} from '../../tenant/authenticate/open-browser.ts';
import {
  isRemembered,
  type OpenedMemory,
  openMemory,
  stateFolder,
} from '../../tenant/authenticate/remembered.ts';
import {
  settingsForCase,
  type AuthenticationFlags,
  type AuthenticationSettings,
  authenticationSettings,
} from '../../tenant/authenticate/settings.ts';
import { watchedMemory } from '../../tenant/authenticate/token-store.ts';
import {
  type SharedTokens,
  type Credentials,
  tokenIdentity,
  type AuthenticationOutcome,
  type AuthenticationTurn,
} from './shared-tokens.ts';

/** Asks the person for something that must not be seen; null: nothing was typed. */
export type AskHidden = (question: string) => Promise<string | null>;

export interface TenantOrder {
  /** The case folder; its settings are used where there is a case, and none is made. */
  readonly folder: string;
  readonly flags: AuthenticationFlags;
  /** Of the environment; secrets and passphrases come from there or from `askHidden`. */
  readonly variables: Variables;
  /** Keep the tokens, encrypted, after the program has ended. */
  readonly remember: boolean;
  /** Sign in and look around anew, whatever is known already. */
  readonly anew: boolean;
  /** For as long as the client is used. */
  readonly signal: AbortSignal;
  /** null: there is nobody to ask. */
  readonly askHidden: AskHidden | null;
  /** Sign-ins of this program's other jobs: none of them asks a person twice. */
  readonly shared?: SharedTokens;
  /** Another than the machine's; for tests. */
  readonly clock?: Clock;
  readonly openBrowser?: OpenBrowser;
}

/** `onNotice`: says what the person has to do, or waits for. */
export interface ConnectOrder extends TenantOrder {
  readonly onNotice: (notice: AuthenticationNotice) => void;
}

export interface ConnectedTenant {
  readonly client: TenantClient;
  readonly settings: AuthenticationSettings;
  readonly clock: Clock;
  readonly remembered: boolean;
  /** case.json says from now on which tenant it is. */
  readonly notedInCase: boolean;
}

const SHORTEST_PASSPHRASE = 8;

const secretsOf = (variables: Variables): AuthenticationSecrets => ({
  clientSecret: variables['MIA_CLIENT_SECRET'] || null,
  certificate: variables['MIA_CERTIFICATE'] || null,
  certificatePassphrase: variables['MIA_CERTIFICATE_PASSPHRASE'] || null,
});

/** The secret itself, asked for where neither the environment holds it nor another job asked for it. */
const withAskedSecret = async (
  { variables, askHidden }: TenantOrder,
  { method }: AuthenticationSettings,
  known: Credentials | null,
): Promise<AuthenticationSecrets> => {
  const secrets = secretsOf(variables);
  if (method !== 'client-secret' || secrets.clientSecret !== null) return secrets;
  const typed = known?.clientSecret ?? null;
  return { ...secrets, clientSecret: typed ?? ((await askHidden?.('Client secret: ')) || null) };
};

const newPassphrase = async ({ variables, askHidden }: TenantOrder): Promise<string> => {
  const given = variables['MIA_PASSPHRASE'] || null;
  const passphrase = given ?? (await askHidden?.('A passphrase for the remembered sign-in: '));
  if (passphrase == null || passphrase === '')
    throw new Problem(
      'To remember a sign-in takes a passphrase, and none was given.',
      'Type one when asked, or put it into $MIA_PASSPHRASE.',
    );
  if (passphrase.length < SHORTEST_PASSPHRASE)
    throw new Problem(
      'The passphrase is too short: it alone keeps the tokens from others.',
      `Take at least ${SHORTEST_PASSPHRASE} characters; some words are best.`,
    );
  if (given === null && (await askHidden?.('The same again: ')) !== passphrase)
    throw new Problem('The two were not the same.', 'Nothing was remembered. Try again.');
  return passphrase;
};

const memoryFor = async (
  order: TenantOrder,
  settings: AuthenticationSettings,
): Promise<OpenedMemory | null> => {
  const { variables, remember, askHidden } = order;
  if (!isPersonal(settings)) {
    if (!remember) return null;
    throw new Problem(
      'Only the sign-in of a person can be remembered.',
      'An application signs in by its secret or certificate each time; leave --remember out.',
    );
  }
  const folder = stateFolder(variables, process.platform);
  if (remember) return openMemory(folder, settings, await newPassphrase(order), true);
  if (!isRemembered(folder, settings)) return null;
  const passphrase =
    variables['MIA_PASSPHRASE'] ||
    (await askHidden?.('Passphrase of the remembered sign-in (empty: sign in anew): '));
  return passphrase ? openMemory(folder, settings, passphrase, false) : null;
};

const rootOf = (settings: JsonObject, tenant: string): AuditRoot | null => {
  const roots = settings['auditRoots'];
  const root = isObject(roots) ? roots[tenant] : null;
  return root === 'v1.0' || root === 'beta' ? root : null;
};

/** Puts `value` under settings.`key` of case.json, unless it stands there. Whether it was put there. */
const note = (folder: CaseFolder, key: string, value: JsonObject): boolean => {
  const now = readCaseFile(folder).settings[key];
  const merged = { ...(isObject(now) ? now : {}), ...value };
  if (JSON.stringify(now) === JSON.stringify(merged)) return false;
  changeCaseFile(folder, (before) => ({
    ...before,
    settings: { ...before.settings, [key]: merged },
  }));
  return true;
};

/** Its turn to sign in, or the signal's reason; a turn that comes too late is given on. */
const turnOf = async (
  { shared, signal }: TenantOrder,
  settings: AuthenticationSettings,
): Promise<AuthenticationTurn | null> => {
  if (shared === undefined) return null;
  const turn = shared.turn(tokenIdentity(settings));
  try {
    return await unlessAborted(turn, signal);
  } catch (error) {
    void turn.then(({ end }) => end('unchanged'));
    throw error;
  }
};

/** Trouble that passes says nothing against the sign-in. */
const PASSING: ReadonlySet<AuthenticationProblem['kind']> = new Set([
  'passing',
  'unreachable',
  'throttled',
]);

interface AuthenticatedClient {
  readonly client: TenantClient;
  readonly remembered: boolean;
}

type Connecting = Omit<ConnectOptions, 'settings' | 'secrets' | 'memory'>;

/** Signs in by what is known already where that does, and hands on what it came to. */
const authenticated = async (
  order: TenantOrder,
  settings: AuthenticationSettings,
  options: Connecting,
): Promise<AuthenticatedClient> => {
  const turn = await turnOf(order, settings);
  let outcome: AuthenticationOutcome = 'unchanged';
  try {
    const known = order.anew ? null : (turn?.known ?? null);
    const tokens = known?.tokens ?? null;
    const opened = tokens === null ? await memoryFor(order, settings) : null;
    const watched = turn !== null && isPersonal(settings) ? watchedMemory(tokens, opened) : null;
    const secrets = await withAskedSecret(order, settings, known);
    const client = await connect({ ...options, settings, secrets, memory: watched ?? opened });
    outcome = { tokens: watched?.tokens() ?? null, clientSecret: secrets.clientSecret };
    return { client, remembered: opened !== null };
  } catch (error) {
    if (error instanceof AuthenticationProblem && !PASSING.has(error.kind)) outcome = 'refused';
    throw error;
  } finally {
    turn?.end(outcome);
  }
};

/**
 * Signs in to the tenant that flags, environment or case name, and gives its client. What is not
 * secret is noted in case.json, where there is a case.
 * @throws Problem: something is missing or refused. The signal's reason.
 */
export const connectTenant = async (order: ConnectOrder): Promise<ConnectedTenant> => {
  const { variables, flags, anew, signal, onNotice } = order;
  const folder = existingCase(order.folder);
  const ofCase = folder === null ? {} : readCaseFile(folder).settings;
  const settings = authenticationSettings(flags, variables, ofCase);
  refuseUncheckedTls(variables, settings.cloud);
  const clock = order.clock ?? systemClock;
  const desktop = order.openBrowser ?? openBrowser(process.platform, variables);
  const { client, remembered } = await authenticated(order, settings, {
    transport: fetchTransport(fetchOf(variables), clock),
    clock,
    signal,
    onNotice,
    openBrowser:
      order.openBrowser !== undefined || hasDesktop(variables, process.platform) ? desktop : null,
    auditRoot: anew ? null : rootOf(ofCase, settings.tenant),
    onAuditRoot: (root) => {
      if (folder !== null) note(folder, 'auditRoots', { [settings.tenant]: root });
    },
  });
  const notedInCase = folder !== null && note(folder, 'tenant', settingsForCase(settings));
  return { client, settings, clock, remembered, notedInCase };
};
