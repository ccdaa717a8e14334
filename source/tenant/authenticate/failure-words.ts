/** Whatever can go wrong with a sign-in, as a Problem that says what to do (`tenant.md` 6.2, 6.3). */
import { Problem } from '../../domain/problem.ts';
import { forTerminal } from '../../domain/terminal-text.ts';
import { allPermissions } from '../http/refusal-words.ts';
import type { Trouble } from './authority-wire.ts';
import { failureKind, type AuthenticationFailureKind } from './failure-kinds.ts';
import type { AuthenticationSettings } from './settings.ts';

type Words = readonly [message: string, hint: string];

const isAppOnly = ({ method }: AuthenticationSettings): boolean =>
  method === 'client-secret' || method === 'client-certificate';

const consentWords = (settings: AuthenticationSettings): Words => {
  const kind = isAppOnly(settings) ? 'application' : 'user';
  const names = allPermissions(kind).join(', ');
  return [
    'The tenant has not consented to what mia asks for.',
    `An administrator grants consent to the ${kind === 'user' ? 'delegated' : kind} permissions of ${settings.clientId}: ${names}.`,
  ];
};

const WORDS: Readonly<
  Record<AuthenticationFailureKind, (settings: AuthenticationSettings) => Words>
> = {
  declined: () => [
    'The sign-in was declined.',
    'Run mia sign-in again and approve it, if it was you who asked.',
  ],
  expired: () => [
    'The code was not used in time.',
    'Run mia sign-in again; a code holds for about 15 minutes.',
  ],
  blocked: ({ method }) => [
    'A conditional access policy of the tenant blocks this sign-in.',
    method === 'device-code'
      ? 'Try --method browser on a device the tenant trusts, or ask an administrator to exempt this account from the policy (device code is often blocked by one).'
      : 'Ask an administrator to exempt this account or application, or use a device and place the policy allows.',
  ],
  'wrong-tenant': ({ tenant, cloud }) => [
    `This is not the right tenant: ${tenant} is unknown to the cloud "${cloud.name}", or the account does not belong to it.`,
    'Check --tenant ($MIA_TENANT), --cloud, and with which account you sign in.',
  ],
  'unknown-client': ({ tenant, clientId }) => [
    `The tenant ${tenant} knows no application ${clientId}.`,
    'Check --client-id ($MIA_CLIENT_ID) and --tenant; the application must be registered or consented to in that tenant.',
  ],
  'not-public': (settings) =>
    isAppOnly(settings)
      ? [
          'The application wants another proof of who it is.',
          'Check --method, $MIA_CLIENT_SECRET and $MIA_CERTIFICATE.',
        ]
      : [
          'The application does not allow sign-ins by a person without a secret.',
          'In its registration, under Authentication, set "Allow public client flows" to Yes.',
        ],
  redirect: () => [
    'The application does not know the address the browser would come back to.',
    'In its registration, under Authentication, add the platform "Mobile and desktop applications" with http://localhost.',
  ],
  consent: consentWords,
  'secret-wrong': () => [
    'The client secret is wrong.',
    "Put the secret's value (not its id) into $MIA_CLIENT_SECRET.",
  ],
  'secret-expired': () => [
    'The client secret has expired.',
    'Make a new one under "Certificates & secrets" of the registration and put its value into $MIA_CLIENT_SECRET.',
  ],
  certificate: () => [
    'The tenant does not accept the certificate.',
    'Upload it under "Certificates & secrets" of the registration, and check $MIA_CERTIFICATE.',
  ],
  account: () => [
    'The account cannot sign in: unknown, locked, disabled, or its password has expired.',
    'Use another account, or ask an administrator.',
  ],
  assignment: () => [
    'The account is not assigned to the application.',
    'An administrator assigns it under Enterprise applications, Users and groups.',
  ],
  again: () => [
    'The tenant wants a new sign-in.',
    'Run mia sign-in again. What was fetched is kept.',
  ],
  'other-service': () => [
    'The tenant does not have the service that was asked for.',
    'For the activity feed, the application needs ActivityFeed.Read of "Office 365 Management APIs", with consent.',
  ],
  'disabled-client': ({ tenant, clientId }) => [
    `The application ${clientId} is disabled in ${tenant}.`,
    'An administrator enables it under Enterprise applications.',
  ],
  passing: () => ['The sign-in service has trouble of its own.', 'Try again in a minute.'],
};

/** A sign-in that failed; `kind` null: in no way that is known. */
export class AuthenticationProblem extends Problem {
  readonly kind: AuthenticationFailureKind | 'unreachable' | 'throttled' | null;

  constructor(message: string, hint: string, kind: AuthenticationProblem['kind']) {
    super(message, hint);
    this.kind = kind;
  }
}

const codeText = ({ codes, error }: Trouble): string =>
  codes.length > 0 ? ` (AADSTS${codes[0] ?? 0})` : error === null ? '' : ` (${forTerminal(error)})`;

/**
 * @param msalCode msal-node's errorCode, where it gave one.
 * Neither its message nor its cause is kept: they may quote what is secret.
 */
export const authenticationProblem = (
  trouble: Trouble | null,
  msalCode: string,
  settings: AuthenticationSettings,
): AuthenticationProblem => {
  if (trouble?.failure != null) {
    const { message, hint } = trouble.failure;
    return new AuthenticationProblem(
      `${settings.cloud.authority} cannot be asked: ${message}.`,
      hint,
      'unreachable',
    );
  }
  if (trouble?.status === 429) {
    const seconds = Math.ceil((trouble.retryAfter ?? 60_000) / 1000);
    return new AuthenticationProblem(
      'The sign-in service has had enough requests for now.',
      `Try again in ${seconds.toLocaleString('en')} s.`,
      'throttled',
    );
  }
  const kind = failureKind(trouble, msalCode) ?? ((trouble?.status ?? 0) >= 500 ? 'passing' : null);
  const code = trouble === null ? '' : codeText(trouble);
  if (kind === null)
    return new AuthenticationProblem(
      `The sign-in failed${code === '' ? ` (${forTerminal(msalCode)})` : code}.`,
      'Check tenant, client id, method and cloud; the code is explained at https://login.microsoftonline.com/error.',
      null,
    );
  const [message, hint] = WORDS[kind](settings);
  return new AuthenticationProblem(
    code === '' ? message : `${message.slice(0, -1)}${code}.`,
    hint,
    kind,
  );
};
