import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Problem } from '../../../source/domain/problem.ts';
import { Buckets } from '../../../source/tenant/http/bucket.ts';
import { TenantRefusal, WaitGivenUp } from '../../../source/tenant/http/refusal.ts';
import { sendRequest, type TenantRequest } from '../../../source/tenant/http/tenant-requests.ts';
import {
  AnswerTooLarge,
  NoAnswer,
  type WireAnswer,
  type WireRequest,
} from '../../../source/tenant/http/transport.ts';
import type { Wait } from '../../../source/tenant/http/waiting.ts';
import { testClock } from '../test-clock.ts';

const ORIGIN = 'https://graph.example';

const answer = (
  status: number,
  body: unknown = {},
  headers: Record<string, string> = {},
): WireAnswer => ({ status, headers, body: Buffer.from(JSON.stringify(body)) });

const refused = (status: number, code: string, message = '', headers = {}) =>
  answer(status, { error: { code, message } }, headers);

/** A tenant that gives these answers one after the other, then 200s. */
const course = (answers: readonly (WireAnswer | NoAnswer)[], chance = 0) => {
  const clock = testClock(chance);
  const sent: WireRequest[] = [];
  const renewals: (string | null)[] = [];
  const waits: Wait[] = [];
  let token = 0;
  const sending = {
    origin: ORIGIN,
    account: 'user' as const,
    clock,
    buckets: new Buckets(clock),
    tokens: {
      async token(_signal: AbortSignal, because?: { refused: string; claims: string | null }) {
        if (because !== undefined) {
          assert.equal(because.refused, `t${token}`);
          renewals.push(because.claims);
          token += 1;
        }
        return `t${token}`;
      },
    },
    async transport(request: WireRequest) {
      sent.push(request);
      const next = answers[sent.length - 1] ?? answer(200, { ok: true });
      if (next instanceof NoAnswer) throw next;
      return next;
    },
  };
  const send = (more: Partial<TenantRequest> = {}) =>
    sendRequest(sending, {
      method: 'GET',
      url: `${ORIGIN}/v1.0/things`,
      body: null,
      bucket: 'outlook',
      headers: {},
      repeatable: more.method !== 'POST',
      isReadable: () => true,
      timeout: 1000,
      most: 1000,
      longestWait: Infinity,
      signal: new AbortController().signal,
      giveUpWaiting: null,
      onWait: (wait) => waits.push(wait),
      ...more,
    });
  return { send, sent, clock, renewals, waits };
};

const refusal = async (work: Promise<unknown>): Promise<TenantRefusal> => {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof TenantRefusal, String(error));
    return error;
  }
  throw new Error('it was not refused');
};

test('an answer comes with its bytes, and what identifies it', async () => {
  const headers = {
    'request-id': 'r1',
    date: 'Sat, 26 Sep 2026 10:00:00 GMT',
    'x-ms-ags-diagnostic': '{}',
  };
  const { send, sent } = course([answer(200, { a: 1 }, headers)]);
  const { body, attempts } = await send({ headers: { prefer: 'x' } });
  assert.equal(Buffer.from(body).toString(), '{"a":1}');
  assert.equal(sent[0]?.headers['authorization'], 'Bearer t0');
  assert.equal(sent[0].headers['prefer'], 'x');
  const [attempt] = attempts;
  assert.match(attempt?.clientRequestId ?? '', /^[\da-f-]{36}$/);
  assert.equal(attempt?.clientRequestId, sent[0].headers['client-request-id']);
  assert.deepEqual(
    [attempt?.status, attempt?.requestId, attempt?.date, attempt?.diagnostic, attempt?.bytes],
    [200, 'r1', headers.date, '{}', 7],
  );
  assert.equal(JSON.stringify(attempts).includes('t0'), false);
});

test('Retry-After is waited exactly, in seconds or to a date of the server’s clock', async () => {
  const { send, clock, waits } = course([
    refused(429, 'TooManyRequests', '', { 'retry-after': '7' }),
    refused(503, 'x', '', {
      'retry-after': 'Sat, 26 Sep 2026 12:00:09 GMT',
      date: 'Sat, 26 Sep 2026 12:00:00 GMT',
    }),
  ]);
  await send();
  assert.deepEqual(clock.slept, [7000, 9000]);
  assert.deepEqual(
    waits.map(({ why, after, until }) => [why, after, until]),
    [
      ['throttled', 'HTTP 429', '2026-09-26T10:00:07Z'],
      ['throttled', 'HTTP 503', '2026-09-26T10:00:16Z'],
    ],
  );
});

test('and up to a second more by chance, so that not all come back at once', async () => {
  const { send, clock } = course([refused(429, 'x', '', { 'retry-after': '7' })], 0.5);
  await send();
  assert.deepEqual(clock.slept, [7500]);
});

test('without a word from the server waits double, up to a limit, and then it is given up', async () => {
  const { send, clock } = course(Array.from({ length: 20 }, () => answer(500)));
  const { kind, attempts } = await refusal(send());
  assert.equal(kind, 'server');
  assert.deepEqual(clock.slept, [2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  assert.equal(attempts.length, 9);
});

test('no answer at all is retried, and said as what it is', async () => {
  const broken = new NoAnswer('the connection broke', 'Check the network.', false);
  const { send, waits } = course([broken, broken]);
  const { attempts } = await send();
  assert.deepEqual(
    attempts.map(({ status, failure }) => [status, failure]),
    [
      [null, 'the connection broke'],
      [null, 'the connection broke'],
      [200, null],
    ],
  );
  assert.deepEqual(waits.map(({ why, after }) => [why, after])[0], [
    'retry',
    'the connection broke',
  ]);
});

test('a certificate nobody trusts does not get better by trying again', async () => {
  const { send, sent } = course([new NoAnswer('not trusted', 'NODE_EXTRA_CA_CERTS', true)]);
  const { kind, hint } = await refusal(send());
  assert.deepEqual([kind, hint, sent.length], ['unreachable', 'NODE_EXTRA_CA_CERTS', 1]);
});

test('an answer that is too large is not asked for again, and said as what it is', async () => {
  const { send, sent } = course([new AnswerTooLarge(3 * 2 ** 20)]);
  const { kind, message } = await refusal(send());
  assert.deepEqual([kind, sent.length], ['too-large', 1]);
  assert.match(message, /answered, but the answer has more than 3 MiB/);
});

test('what may have been done is not asked again', async () => {
  for (const first of [answer(503), answer(500), new NoAnswer('the connection broke', '', false)]) {
    const { send, sent } = course([first]);
    assert.equal((await refusal(send({ method: 'POST' }))).kind, 'uncertain');
    assert.equal(sent.length, 1);
  }
  const repeated = course([answer(503)]);
  await repeated.send({ method: 'POST', repeatable: true });
  assert.equal(repeated.sent.length, 2);
});

test('a 429 was not done: a POST is sent again', async () => {
  const { send, sent } = course([refused(429, 'x', '', { 'retry-after': '1' })]);
  await send({ method: 'POST', body: '{}' });
  assert.equal(sent.length, 2);
  assert.equal(sent[1]?.headers['content-type'], 'application/json');
});

test('an expired token is renewed once', async () => {
  const expired = refused(401, 'InvalidAuthenticationToken', 'Lifetime validation failed');
  const once = course([expired]);
  await once.send();
  assert.deepEqual(once.renewals, [null]);
  const twice = course([expired, expired]);
  const { kind, hint } = await refusal(twice.send());
  assert.equal(kind, 'sign-in');
  assert.match(hint, /mia sign-in/);
  assert.equal(twice.sent.length, 2);
});

test('a challenge of continuous access evaluation is answered with its claims', async () => {
  const claims = '{"access_token":{"nbf":{"essential":true,"value":"1"}}}';
  const challenge = {
    'www-authenticate': `Bearer realm="", error="insufficient_claims", claims="${Buffer.from(claims).toString('base64')}"`,
  };
  for (const status of [401, 403]) {
    const { send, renewals } = course([refused(status, 'x', '', challenge)]);
    await send();
    assert.deepEqual(renewals, [claims]);
  }
  const { send } = course(Array.from({ length: 5 }, () => refused(401, 'x', '', challenge)));
  assert.equal((await refusal(send())).kind, 'sign-in');
});

test('a lasting 403 names the permission; any other is given time', async () => {
  for (const code of ['Authorization_RequestDenied', 'InsufficientPrivileges', 'AccessDenied']) {
    const lasting = course([answer(403, { error: { code: 'Forbidden', innererror: { code } } })]);
    const { kind, hint, codes } = await refusal(lasting.send({ bucket: 'audit-poll' }));
    assert.equal(kind, 'permission');
    assert.match(hint, /delegated permission AuditLogsQuery-Exchange\.Read\.All/);
    assert.deepEqual(codes, ['Forbidden', code]);
    assert.equal(lasting.sent.length, 1);
  }
  const passing = course(Array.from({ length: 3 }, () => refused(403, 'UnknownError')));
  await passing.send();
  assert.deepEqual(passing.clock.slept, [15_000, 30_000, 60_000]);
  const never = course(Array.from({ length: 4 }, () => refused(403, 'UnknownError')));
  assert.equal((await refusal(never.send())).kind, 'permission');
});

test('audit search refuses a person without the role at once, and the role is named', async () => {
  const roleless = () => refused(403, 'UnknownError', 'App dont have any permissions');
  const { send, sent, clock } = course([roleless()]);
  const { kind, message, hint } = await refusal(send({ method: 'POST', bucket: 'audit-create' }));
  assert.equal(kind, 'permission');
  assert.match(message, /not let this account search the audit log/);
  assert.match(hint, /^The account needs the Exchange role View-Only Audit Logs/);
  assert.deepEqual([sent.length, clock.slept.length], [1, 0], 'it is not tried again');
  const list = course([refused(403, 'Authorization_RequestDenied')]);
  assert.match((await refusal(list.send({ bucket: 'audit-poll' }))).hint, /View-Only Audit Logs/);
});

test('a redirect is followed on the same host, and never takes the token to another', async () => {
  const stay = course([answer(302, {}, { location: '/v1.0/elsewhere' })]);
  await stay.send();
  assert.equal(stay.sent[1]?.url, `${ORIGIN}/v1.0/elsewhere`);
  const leave = course([answer(302, {}, { location: 'https://evil.example/' })]);
  assert.equal((await refusal(leave.send())).kind, 'elsewhere');
  assert.equal(leave.sent.length, 1);
  const round = course(Array.from({ length: 9 }, () => answer(302, {}, { location: '/again' })));
  assert.equal((await refusal(round.send())).kind, 'elsewhere');
});

test('404, 400 and the server’s words, without anything that looks like a token', async () => {
  const said = `No such thing for eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.sig \u001b[31m`;
  const { send } = course([refused(404, 'ItemNotFound', said)]);
  const { kind, message, codes } = await refusal(send());
  assert.equal(kind, 'not-found');
  assert.deepEqual(codes, ['ItemNotFound']);
  assert.match(message, /\[token\] \\x1b\[31m/);
  assert.doesNotMatch(message, /eyJ/);
  assert.equal((await refusal(course([refused(400, 'BadRequest', 'no')]).send())).kind, 'request');
});

test('who may not wait that long is told how long it would be', async () => {
  const { send, clock } = course([refused(429, 'x', '', { 'retry-after': '300' })]);
  const { kind, hint } = await refusal(send({ longestWait: 20_000 }));
  assert.equal(kind, 'throttled');
  assert.match(hint, /in 300 s/);
  assert.deepEqual(clock.slept, []);
});

test('cancelled between two attempts, with the reason given', async () => {
  const control = new AbortController();
  const { send, sent } = course([answer(500), answer(500)]);
  const reason = new Error('enough');
  const work = send({ signal: control.signal, onWait: () => control.abort(reason) });
  await assert.rejects(work, reason);
  assert.equal(sent.length, 1);
});

test('a refusal is a Problem', async () => {
  assert.ok((await refusal(course([answer(404)]).send())) instanceof Problem);
});

/** A wait that is given up as soon as it begins. */
const impatient = () => {
  const control = new AbortController();
  const giveUp = (): void => control.abort(new WaitGivenUp());
  return { giveUpWaiting: control.signal, onWait: giveUp, giveUp };
};

test('a wait can be given up: what was sent before it is told, and the pause still holds', async () => {
  for (const [status, headers] of [
    [429, { 'retry-after': '30' }],
    [502, {}],
  ] as const) {
    const { send, sent, clock, waits } = course([refused(status, 'x', '', headers)]);
    const error = await send(impatient()).catch((reason: unknown) => reason);
    assert.ok(error instanceof WaitGivenUp, String(error));
    assert.deepEqual(
      error.attempts.map((attempt) => attempt.status),
      [status],
    );
    assert.equal(sent.length, 1);
    await send();
    assert.deepEqual(clock.slept.at(-1), status === 429 ? 30_000 : clock.slept[0]);
    assert.equal(waits.length, status === 429 ? 1 : 0, 'a pause holds the next one too');
  }
});

test('what is on its way, or may go at once, is never given up', async () => {
  const { send, sent } = course([]);
  const { giveUp, ...options } = impatient();
  giveUp();
  const { status } = await send(options);
  assert.equal(status, 200);
  assert.equal(sent.length, 1);
});
