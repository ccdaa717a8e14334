import { ABILITIES, abilityOfBucket, type AccountKind } from '../abilities.ts';
import type { NoAnswer, WireAnswer } from './transport.ts';
import { type Attempt, type RefusalKind, TenantRefusal } from './refusal.ts';
import { lacksAuditRole, type ServerError, TRACE_SERVICE } from './server-error.ts';
import type { BucketName } from './waiting.ts';

/** Of which request we speak. */
export interface Refused {
  readonly kind: RefusalKind;
  readonly bucket: BucketName;
  readonly account: AccountKind;
  readonly attempts: readonly Attempt[];
  /** Seconds until it may be asked again, where that is why we stop. */
  readonly seconds: number | null;
}

const NOTHING_NEEDED = { permissions: { user: [], application: [] }, also: [], role: null };

/** "delegated permission A or B". */
const permissionOf = ({ bucket, account }: Refused): string => {
  const { permissions, also } = abilityOfBucket(bucket) ?? NOTHING_NEEDED;
  const names = [permissions[account].slice(0, 2).join(' or '), ...also].join(' and ');
  return `${account === 'user' ? 'delegated' : 'application'} permission ${names}`;
};

/** What a person needs beside a permission; null: nothing, or it is no person. */
const roleOf = ({ bucket, account }: Refused): string | null =>
  account === 'user' ? (abilityOfBucket(bucket) ?? NOTHING_NEEDED).role : null;

const needs = (refused: Refused): string => {
  const title = abilityOfBucket(refused.bucket)?.title ?? refused.bucket;
  const role = roleOf(refused);
  const person = role === null ? '' : ` The account also needs ${role}.`;
  return `The ${title} needs the ${permissionOf(refused)}, with an administrator's consent.${person}`;
};

const CREATE_TRACE_SERVICE =
  `An administrator creates it once: New-MgServicePrincipal -AppId ${TRACE_SERVICE}. ` +
  'It may take hours until it works.';

const quoted = ({ codes, message }: ServerError, status: number | null): string => {
  const what = status === null ? 'no answer' : `HTTP ${status}`;
  const code = codes.at(0);
  return `${what}${code === undefined ? '' : `, ${code}`}${message === null ? '' : `: ${message}`}`;
};

const PREMIUM = /NonPremiumTenant/i;

/** What a lasting 403 means and takes where more is known of it; null: no more than a permission. */
const knownWords = (
  refused: Refused,
  serverError: ServerError,
  quote: string,
): readonly [message: string, hint: string] | null => {
  const role = roleOf(refused);
  if (lacksAuditRole(serverError) && role !== null)
    return [
      `The tenant does not let this account search the audit log (${quote}).`,
      `The account needs ${role}. If it has that, the application lacks the ${permissionOf(refused)}.`,
    ];
  if (refused.bucket !== 'sign-ins') return null;
  if (serverError.codes.some((code) => PREMIUM.test(code)))
    return [
      'The sign-in log takes a licence of Entra ID P1 or P2, and this tenant has none.',
      'Without it the Entra portal still shows seven days: download them there and import the file.',
    ];
  if (refused.account !== 'user') return null;
  return ['The tenant does not let this account read the sign-in log.', needs(refused)];
};

const permissionWords = (
  refused: Refused,
  serverError: ServerError,
  quote: string,
): readonly [message: string, hint: string] =>
  knownWords(refused, serverError, quote) ?? [
    `The tenant does not allow it (${quote}).`,
    needs(refused),
  ];

/** What came is none of ours: too much of it, or something else. */
const answerWords = (
  kind: 'too-large' | 'unreadable',
  quote: string,
  failure: NoAnswer | null,
): readonly [message: string, hint: string] =>
  kind === 'too-large'
    ? [
        `The tenant answered, but ${failure?.message ?? 'with too much'}.`,
        failure?.hint ?? 'Ask for less at a time.',
      ]
    : [
        `The tenant's answers are none that mia can read (${quote}).`,
        'Check whether a proxy answers in its place, then try again; what was fetched is kept.',
      ];

const wordsOf = (
  refused: Refused,
  serverError: ServerError,
  status: number | null,
  failure: NoAnswer | null,
): readonly [message: string, hint: string] => {
  const title = abilityOfBucket(refused.bucket)?.title ?? refused.bucket;
  const quote = quoted(serverError, status);
  switch (refused.kind) {
    case 'trace-service':
      return [
        'Message trace is not set up in this tenant: the service principal it needs is missing.',
        CREATE_TRACE_SERVICE,
      ];
    case 'permission':
      return permissionWords(refused, serverError, quote);
    case 'sign-in':
      return [
        'The tenant no longer accepts this sign-in.',
        'Sign in again: mia sign-in. What was fetched is kept.',
      ];
    case 'not-found':
      return [`The tenant has no such thing (${quote}).`, 'Check what was asked for.'];
    case 'request':
      return [`The tenant refused the request (${quote}).`, 'Check what was asked for.'];
    case 'throttled':
      return [
        `The tenant has had enough requests for now (${title}).`,
        refused.seconds === null
          ? 'Try again later.'
          : `Try again in ${Math.ceil(refused.seconds).toLocaleString('en')} s.`,
      ];
    case 'server':
      return [
        `The tenant answers with errors only (${quote}).`,
        'Try again later; what was fetched is kept.',
      ];
    case 'unreachable':
      return [
        `The tenant cannot be reached: ${failure?.message ?? 'no answer'}.`,
        failure?.hint ?? 'Check the network.',
      ];
    case 'too-large':
    case 'unreadable':
      return answerWords(refused.kind, `${title}, ${quote}`, failure);
    case 'uncertain':
      return [
        `It is not certain whether the tenant did what it was asked (${failure?.message ?? quote}).`,
        'Look at what is there before asking again.',
      ];
    case 'elsewhere':
      return [
        `The tenant sent us to another place (HTTP ${status ?? 0}), where the sign-in must not be shown.`,
        'Check the hosts of the cloud, and whether a proxy answers in its place.',
      ];
  }
};

/** Why we stop, in words that say what to do. */
export const refusalOf = (
  refused: Refused,
  serverError: ServerError,
  answer: WireAnswer | null,
  failure: NoAnswer | null,
): TenantRefusal => {
  const status = answer?.status ?? null;
  const [message, hint] = wordsOf(refused, serverError, status, failure);
  const facts = {
    kind: refused.kind,
    status,
    codes: serverError.codes,
    serverMessage: serverError.message,
  };
  return new TenantRefusal(message, hint, facts, refused.attempts);
};

/** Of all that mia asks for, for whoever registers it or lacks consent. */
export const allPermissions = (account: AccountKind): readonly string[] =>
  ABILITIES.flatMap(({ permissions, also }) => [permissions[account][0] ?? '', ...also]);
