/**
 * What can go wrong, by name. `passes`: a patient client gets everything all the same; the others
 * end what was asked for, or leave something out that the client can know of.
 */
interface FaultMeaning {
  readonly says: string;
  readonly passes: boolean;
}

const passing = (says: string): FaultMeaning => ({ says, passes: true });
const ending = (says: string): FaultMeaning => ({ says, passes: false });

export const FAULTS = {
  'server-error-500': passing('500 InternalServerError.'),
  'bad-gateway-502': passing('502 with a page of HTML, as a proxy on the way gives it.'),
  'unavailable-503': passing('503 with Retry-After in seconds.'),
  'unavailable-503-silent': passing('503 that does not say for how long.'),
  'gateway-timeout-504': passing('504 UnknownError, empty message.'),
  'throttled-429': passing('429 with Retry-After in seconds.'),
  'throttled-429-date': passing('429 with Retry-After as an HTTP date.'),
  'throttled-429-silent': passing('429 without Retry-After.'),
  'connection-reset': passing('The connection ends before an answer; nothing was done.'),
  'answer-lost': passing('The connection ends before an answer; what was asked has been done.'),
  'answer-cut': passing('The connection ends in the middle of the answer.'),
  'token-rejected': passing('401 InvalidAuthenticationToken until there is a newer token.'),
  'claims-challenge': passing('401 with a claims challenge until a token answers it.'),
  'forbidden-for-now': passing('403 UnknownError once; it passes.'),
  'html-under-200': passing(
    '200 with a page of HTML, as a proxy on the way gives it; nothing was done.',
  ),
  'byte-order-mark': passing('An answer begins with a byte order mark.'),
  'other-case': passing('Names of properties, and the state of a query, begin with a capital.'),
  redirect: ending('302 to another host, which must not be shown the token.'),

  'sign-in-declined': ending('The person says no: authorization_declined, AADSTS70018.'),
  'sign-in-expired': ending('Nobody came in time: expired_token, AADSTS70020.'),
  'token-503': passing('503 from the token endpoint, as while polling for a device code.'),
  'transient-90033': passing('503 temporarily_unavailable, AADSTS90033.'),
  'password-changed': ending('The refresh token is revoked: invalid_grant, AADSTS50173.'),
  'consent-missing': ending('invalid_grant, consent_required, AADSTS65001.'),
  'conditional-access': ending('Blocked by conditional access: AADSTS53003.'),

  'audit-query-fails': ending('A created query ends as failed.'),
  'audit-query-cancelled': ending('A created query ends as cancelled.'),
  'audit-query-stuck': ending('A created query runs for ever.'),
  'audit-answer-in-value': passing('A query is answered wrapped in { "value": … }.'),
  'audit-duplicate-ids': passing('Some records of a page come twice.'),
  'audit-pages-differ': passing(
    'One pass over a query leaves some records out, the next does not.',
  ),
  'audit-without-data': ending('Records of a page come without auditData.'),
  'audit-pages-endless': ending(
    'The nextLink of a page leads to the same records, by another skip token.',
  ),
  'audit-next-elsewhere': ending('The nextLink of a page is on another host.'),
  'audit-announces-more': ending('A query announces more records than it hands out.'),
  'audit-late-records': ending('A created query misses records that a later one has.'),
  'audit-empty-page': passing('A page without records, and a nextLink to those that it lacks.'),
  'audit-poison-once': passing('A record spoils its page in this query, not in another one.'),
  'audit-poison-record': ending('A record spoils each page it is on, whatever the query.'),
  'audit-answer-endless': ending('A page of records that never ends.'),
  'audit-nextlink-expired': passing('400: the skip token of a nextLink is no longer known.'),

  'activity-content-gone': ending('404 AF20051: a piece of content has expired.'),

  'trace-start-too-old': ending('400: the StartDate is older than 90 days, whenever it is.'),
  'trace-endless': ending('The nextLink of a page leads to the same rows, by another skip token.'),
  'trace-next-refused': ending('400: the place of a nextLink is no longer known.'),
  'trace-next-elsewhere': ending('The nextLink of a page is on another host.'),
  'trace-link-missing': ending('A page that has a next one does not say so.'),
  'trace-late-rows': ending('Some rows of an answer are missing; they come later.'),
  'mail-throttled': passing('429 ApplicationThrottled, over the MailboxConcurrency limit.'),
  'batch-inner-429': passing('One answer inside a batch is 429 with Retry-After.'),
  'batch-inner-503': passing('One answer inside a batch is 503.'),
  'sign-ins-endless': ending('The nextLink of a page of sign-ins leads to the same ones again.'),
  'sign-ins-next-elsewhere': ending('The nextLink of a page of sign-ins is on another host.'),
  'activity-list-endless': ending('A list of content names a next one that is the same.'),
  'activity-next-elsewhere': ending('The next list of content is on another host.'),
  'sign-ins-skiptoken': passing('400 Invalid Skip Token on a page of sign-ins.'),
} as const satisfies Record<string, FaultMeaning>;

export type FaultName = keyof typeof FAULTS;

export const FAULT_NAMES = Object.keys(FAULTS) as readonly FaultName[];
