import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_HISTORY, stepAfter } from '../../../source/tenant/http/next-step.ts';
import { refusalOf } from '../../../source/tenant/http/refusal-words.ts';
import {
  eventsIn,
  firstSignIns,
  isOfferedBy,
  signInFilters,
  signInSeconds,
} from '../../../source/tenant/sign-in-log/sign-in-log.ts';
import { testClock } from '../test-clock.ts';

const PERIOD = { from: '2026-09-01T00:00:00Z', to: '2026-09-02T00:00:00Z' };
const APP = '9AC41F00-1111-4222-8333-444455556666';

const filterOf = (place: string): string =>
  new URL(place, 'https://graph.microsoft.com').searchParams.get('$filter') ?? '';

const KINDS = "signInEventTypes/any(t: t eq 'interactiveUser' or t eq 'nonInteractiveUser')";

test('a name is asked for in lower case, with quotes doubled and everything encoded', () => {
  const [both, ...none] = signInFilters(" Anna.O'Neil+x@Contoso.com ");
  assert.ok(both !== undefined);
  assert.equal(none.length, 0, 'a user is no application, and one query gives both kinds');
  const place = firstSignIns('beta', both, PERIOD);
  assert.match(place, /^\/beta\/auditLogs\/signIns\?\$filter=[^ +&]*&\$top=1000$/);
  assert.equal(
    filterOf(place),
    "userPrincipalName eq 'anna.o''neil+x@contoso.com' and createdDateTime ge 2026-09-01T00:00:00Z" +
      ` and createdDateTime le 2026-09-02T00:00:00Z and ${KINDS}`,
  );
  const apart = firstSignIns('beta', { ...both, event: 'nonInteractiveUser' }, PERIOD);
  assert.match(filterOf(apart), /any\(t: t eq 'nonInteractiveUser'\)$/);
});

test('v1.0 is never asked by event type, which it does not know', () => {
  const [both] = signInFilters('anna@contoso.com');
  assert.ok(both !== undefined);
  assert.doesNotMatch(firstSignIns('v1.0', both, PERIOD), /signInEventTypes/);
  const offered = (root: 'v1.0' | 'beta') =>
    (['user', 'interactiveUser', 'nonInteractiveUser', 'servicePrincipal'] as const).map((event) =>
      isOfferedBy(root, event),
    );
  assert.deepEqual(offered('v1.0'), [true, true, false, false]);
  assert.deepEqual(offered('beta'), [true, true, true, true]);
});

test('how long so many queries take, and which kinds a page has', () => {
  assert.deepEqual([1, 5, 201, 402].map(signInSeconds), [2, 11, 442, 884]);
  const page = Buffer.from(
    '{"value":[{"signInEventTypes":["nonInteractiveUser"],"userAgent":"\\"interactiveUser\\""}]}',
  );
  assert.deepEqual(eventsIn(page), ['nonInteractiveUser']);
});

test('an id may be a user or an application: all four kinds are asked', () => {
  assert.deepEqual(
    signInFilters(APP).map(({ property, value, event }) => [property, value, event]),
    [
      ['userId', APP.toLowerCase(), 'user'],
      ['appId', APP.toLowerCase(), 'servicePrincipal'],
      ['appId', APP.toLowerCase(), 'managedIdentity'],
    ],
  );
});

const refusal = (code: string, account: 'user' | 'application') =>
  refusalOf(
    { kind: 'permission', bucket: 'sign-ins', account, attempts: [], seconds: null },
    { codes: [code], message: null },
    null,
    null,
  );

test('a missing licence and a missing role are told apart, with what to do', () => {
  const licence = refusal('Authentication_RequestFromNonPremiumTenantOrB2CTenant', 'user');
  assert.match(licence.message, /Entra ID P1 or P2/);
  assert.match(licence.hint, /portal.*import the file/);
  const role = refusal('Authentication_RequestFromUnsupportedUserRole', 'user');
  assert.match(role.hint, /AuditLog\.Read\.All and Directory\.Read\.All.*Reports Reader/);
  const application = refusal('Authentication_MSGraphPermissionMissing', 'application');
  assert.match(application.hint, /application permission AuditLog\.Read\.All/);
  assert.doesNotMatch(application.hint, /Reports Reader/);
});

test('a role that is not allowed will not be allowed in a minute: it is not tried again', () => {
  const answer = { status: 403, headers: {}, body: new Uint8Array() };
  const said = { codes: ['Authentication_RequestFromUnsupportedUserRole'], message: null };
  assert.deepEqual(stepAfter(answer, said, NO_HISTORY, true, testClock()), {
    step: 'refused',
    kind: 'permission',
  });
});
