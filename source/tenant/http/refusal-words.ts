import { ABILITIES, abilityOfBucket, type AccountKind } from '../abilities.ts';
import type { NoAnswer, WireAnswer } from './transport.ts';
import { type Attempt, type RefusalKind, TenantRefusal } from './refusal.ts';
import { type ServerSaid, TRACE_SERVICE } from './server-said.ts';
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

/** "audit search needs the permission A or B (delegated)". */
const needs = ({ bucket, account }: Refused): string => {
  const { title, permissions, also } = abilityOfBucket(bucket) ?? {
    title: bucket,
    permissions: { user: [], application: [] },
    also: [],
  };
  const names = [permissions[account].slice(0, 2).join(' or '), ...also].join(' and ');
  const kind = account === 'user' ? 'delegated' : 'application';
  return `The ${title} needs the ${kind} permission ${names}, with an administrator's consent.`;
};

const CREATE_TRACE_SERVICE =
  `An administrator creates it once: New-MgServicePrincipal -AppId ${TRACE_SERVICE}. ` +
  'It may take hours until it works.';

const quoted = ({ codes, message }: ServerSaid, status: number | null): string => {
  const what = status === null ? 'no answer' : `HTTP ${status}`;
  const code = codes.at(0);
  return `${what}${code === undefined ? '' : `, ${code}`}${message === null ? '' : `: ${message}`}`;
};

const PREMIUM = /NonPremiumTenant/i;

/** What a lasting 403 of the sign-in log means and takes; null: no more than a permission. */
const signInWords = (
  refused: Refused,
  { codes }: ServerSaid,
): readonly [message: string, hint: string] | null => {
  if (refused.bucket !== 'sign-ins') return null;
  if (codes.some((code) => PREMIUM.test(code)))
    return [
      'The sign-in log takes a licence of Entra ID P1 or P2, and this tenant has none.',
      'Without it the Entra portal still shows seven days: download them there and import the file.',
    ];
  if (refused.account !== 'user') return null;
  return [
    'The tenant does not let this account read the sign-in log.',
    `${needs(refused)} The account also needs a role that may read it, as Reports Reader, Security Reader or Global Reader.`,
  ];
};

const permissionWords = (
  refused: Refused,
  said: ServerSaid,
  quote: string,
): readonly [message: string, hint: string] =>
  signInWords(refused, said) ?? [
    `The tenant does not allow it (${quote}).`,
    refused.account === 'user' && refused.bucket.startsWith('trace')
      ? `${needs(refused)} The account also needs an Exchange role that may trace, as Global Reader.`
      : needs(refused),
  ];

const wordsOf = (
  refused: Refused,
  said: ServerSaid,
  status: number | null,
  failure: NoAnswer | null,
): readonly [message: string, hint: string] => {
  const title = abilityOfBucket(refused.bucket)?.title ?? refused.bucket;
  const quote = quoted(said, status);
  switch (refused.kind) {
    case 'trace-service':
      return [
        'Message trace is not set up in this tenant: the service principal it needs is missing.',
        CREATE_TRACE_SERVICE,
      ];
    case 'permission':
      return permissionWords(refused, said, quote);
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
  said: ServerSaid,
  answer: WireAnswer | null,
  failure: NoAnswer | null,
): TenantRefusal => {
  const status = answer?.status ?? null;
  const [message, hint] = wordsOf(refused, said, status, failure);
  const facts = { kind: refused.kind, status, codes: said.codes, said: said.message };
  return new TenantRefusal(message, hint, facts, refused.attempts);
};

/** Of all that mia asks for, for whoever registers it or lacks consent. */
export const allPermissions = (account: AccountKind): readonly string[] =>
  ABILITIES.flatMap(({ permissions, also }) => [permissions[account][0] ?? '', ...also]);
