/** What follows from an answer: pure, so that every rule of `tenant.md` 7 has a test. */
import {
  backoffDelay,
  type Clock,
  retryAfter,
  SERVER_ERRORS,
  THROTTLED,
  withJitter,
} from './clock.ts';
import type { RefusalKind } from './refusal.ts';
import {
  challengedClaims,
  lacksAuditRole,
  lacksTraceService,
  type ServerError,
} from './server-error.ts';
import { AnswerTooLarge, type NoAnswer, type WireAnswer } from './transport.ts';

/** What happened to this request so far. */
export interface History {
  /** Passing failures and answers without an end. */
  readonly failures: number;
  readonly throttled: number;
  readonly forbidden: number;
  /** Answers of the 200s that were not what was asked for. */
  readonly unreadable: number;
  /** Tokens asked for anew because one was refused; and because of a challenge. */
  readonly renewed: number;
  readonly challenged: number;
}

export const NO_HISTORY: History = {
  failures: 0,
  throttled: 0,
  forbidden: 0,
  unreadable: 0,
  renewed: 0,
  challenged: 0,
};

export type NextStep =
  | { readonly step: 'done' }
  | {
      readonly step: 'wait';
      readonly milliseconds: number;
      /** The tenant asked all of the bucket to wait. */
      readonly wholeBucket: boolean;
      readonly counts: 'failures' | 'throttled' | 'forbidden' | 'unreadable';
    }
  | { readonly step: 'new-token'; readonly claims: string | null }
  | { readonly step: 'refused'; readonly kind: RefusalKind };

/** How often before we give up. A job may begin anew; nothing fetched is lost by it. */
const PATIENCE = { failures: 8, unreadable: 5, throttled: 30, renewed: 1, challenged: 2 };

/** Other 403s come and go while permissions spread through a tenant (`tenant.md` 1.6). Milliseconds. */
const FORBIDDEN_WAITS: readonly number[] = [15_000, 30_000, 60_000];

const LASTING_403 =
  /^(Insufficient_?Privileges|Authorization_RequestDenied|AccessDenied|ErrorAccessDenied|Authentication_MSGraphPermissionMissing|Authentication_RequestFromNonPremiumTenantOrB2CTenant|Authentication_RequestFromUnsupportedUserRole|AF1000\d)$/i;

const refused = (kind: RefusalKind): NextStep => ({ step: 'refused', kind });

const afterUnauthorised = (
  answer: WireAnswer,
  serverError: ServerError,
  history: History,
): NextStep | null => {
  if (lacksTraceService(serverError)) return refused('trace-service');
  const claims = challengedClaims(answer.headers);
  if (claims !== null)
    return history.challenged < PATIENCE.challenged
      ? { step: 'new-token', claims }
      : refused('sign-in');
  return null;
};

const afterForbidden = (serverError: ServerError, history: History): NextStep => {
  const milliseconds = FORBIDDEN_WAITS[history.forbidden];
  const lasts =
    lacksAuditRole(serverError) || serverError.codes.some((code) => LASTING_403.test(code));
  if (milliseconds === undefined || lasts) return refused('permission');
  return { step: 'wait', milliseconds, wholeBucket: false, counts: 'forbidden' };
};

const afterThrottling = (answer: WireAnswer, history: History, clock: Clock): NextStep => {
  if (history.throttled >= PATIENCE.throttled) return refused('throttled');
  const asked = retryAfter(answer.headers, clock);
  const milliseconds =
    asked === null
      ? backoffDelay(THROTTLED, history.throttled, clock.random())
      : withJitter(asked, clock.random());
  return { step: 'wait', milliseconds, wholeBucket: true, counts: 'throttled' };
};

const afterServerError = (
  answer: WireAnswer,
  history: History,
  repeatable: boolean,
  clock: Clock,
): NextStep => {
  if (!repeatable) return refused('uncertain');
  if (history.failures >= PATIENCE.failures) return refused('server');
  const asked = retryAfter(answer.headers, clock);
  const milliseconds =
    asked === null
      ? backoffDelay(SERVER_ERRORS, history.failures, clock.random())
      : withJitter(asked, clock.random());
  return { step: 'wait', milliseconds, wholeBucket: asked !== null, counts: 'failures' };
};

/** `repeatable`: asking twice does no more than asking once. */
export const stepAfter = (
  answer: WireAnswer,
  serverError: ServerError,
  history: History,
  repeatable: boolean,
  clock: Clock,
): NextStep => {
  const { status } = answer;
  if (status >= 200 && status < 300) return { step: 'done' };
  if (status === 401 || status === 403) {
    const step = afterUnauthorised(answer, serverError, history);
    if (step !== null) return step;
    if (status === 403) return afterForbidden(serverError, history);
    return history.renewed < PATIENCE.renewed
      ? { step: 'new-token', claims: null }
      : refused('sign-in');
  }
  if (status === 429) return afterThrottling(answer, history, clock);
  if (status === 408 || (status >= 500 && status !== 501))
    return afterServerError(answer, history, repeatable, clock);
  if (status === 404 || status === 410) return refused('not-found');
  return refused(status >= 300 && status < 400 ? 'elsewhere' : 'request');
};

/** The same after an answer of the 200s that is something else: a proxy's page, or half of it. */
export const stepAfterUnreadable = (
  history: History,
  repeatable: boolean,
  clock: Clock,
): NextStep => {
  if (!repeatable) return refused('uncertain');
  if (history.unreadable >= PATIENCE.unreadable) return refused('unreadable');
  const milliseconds = backoffDelay(SERVER_ERRORS, history.unreadable, clock.random());
  return { step: 'wait', milliseconds, wholeBucket: false, counts: 'unreadable' };
};

/** The same where no answer came. */
export const stepWithoutAnswer = (
  failure: NoAnswer,
  history: History,
  repeatable: boolean,
  clock: Clock,
): NextStep => {
  if (failure instanceof AnswerTooLarge) return refused('too-large');
  if (failure.lasting) return refused('unreachable');
  if (!repeatable) return refused('uncertain');
  if (history.failures >= PATIENCE.failures) return refused('unreachable');
  const milliseconds = backoffDelay(SERVER_ERRORS, history.failures, clock.random());
  return { step: 'wait', milliseconds, wholeBucket: false, counts: 'failures' };
};
