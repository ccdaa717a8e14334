import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { contradicts, foldSignIns } from '../../../source/domain/sessions/sign-in-fold.ts';
import { glanceAt, NO_SIGN_INS } from '../../../source/domain/sessions/sign-in-glance.ts';
import {
  joinOf,
  openingSignIn,
  signInsOf,
  type SignInTraits,
} from '../../../source/domain/sessions/sign-in-join.ts';
import {
  canBeAsked,
  isDeviceCode,
  riskOf,
  tokenOfRequest,
} from '../../../source/domain/sessions/sign-in.ts';
import { sampleSignIn } from './sample-sign-in.ts';

const TOKEN = 'vNB0GVLcq0SFLhthtzWAAA';
const SESSION = '2f0d4a5e-8c1e-4c53-8f39-5a8f7a1d0c01';

const context = {
  actor: 'g.jacobs@contoso.example',
  address: '203.0.113.7',
  appId: '00000002-0000-0ff1-ce00-000000000000',
  clientAppId: '5d661950-3475-41cd-a2c3-d671a3162bc1',
  firstSeen: '2026-09-24T10:00:00Z',
  lastSeen: '2026-09-24T11:00:00Z',
};
const traits = (over: Partial<SignInTraits> = {}): SignInTraits => ({
  sessionIds: new Set([SESSION]),
  tokens: new Set([TOKEN]),
  contexts: [context],
  ...over,
});

test('a token id is the request id, as .NET orders its bytes, in base64url', () => {
  assert.equal(tokenOfRequest('1974d0bc-dc52-44ab-852e-1b61b7358000'), TOKEN);
  assert.equal(tokenOfRequest('not a guid'), null);
});

test('the session id is stronger than the token id, and that than the request id', () => {
  const signIn = sampleSignIn();
  const bare = sampleSignIn({ sessionId: null, tokenId: null });
  assert.equal(joinOf(signIn, traits()), 'sessionId');
  assert.equal(joinOf(signIn, traits({ sessionIds: new Set() })), 'tokenId');
  assert.equal(joinOf(bare, traits({ sessionIds: new Set() })), 'requestId');
  // It names a token of its own: what its request id comes to is not asked.
  const other = sampleSignIn({ sessionId: null, tokenId: 'another' });
  assert.equal(joinOf(other, traits({ contexts: [] })), null);
  // Case counts in token ids.
  const shouting = sampleSignIn({ sessionId: null, tokenId: TOKEN.toUpperCase() });
  assert.equal(joinOf(shouting, traits({ contexts: [] })), null);
});

test('same user, address and application in time is likely, and any of them missing is nothing', () => {
  const apart = traits({ sessionIds: new Set(), tokens: new Set() });
  const likely = sampleSignIn({ sessionId: null, tokenId: null });
  assert.equal(joinOf(likely, apart), 'likely');
  const others = [
    { user: 'other@contoso.example', userId: null },
    { address: '203.0.113.8' },
    { address: null },
    { appId: 'd3590ed6-52b3-4102-aeff-aad2292ab01c' },
    { appId: null },
    { time: '2026-09-23T09:59:59Z' },
    { time: '2026-09-24T11:00:01Z' },
    { errorCode: 50126 },
  ];
  for (const over of others)
    assert.equal(joinOf({ ...likely, ...over }, apart), null, JSON.stringify(over));
  assert.equal(joinOf({ ...likely, time: '2026-09-23T10:00:00Z' }, apart), 'likely');
});

test('one that names another session opened that one, however alike', () => {
  const likely = sampleSignIn({ sessionId: 'another', tokenId: null });
  assert.equal(joinOf(likely, traits({ tokens: new Set() })), null);
  assert.equal(joinOf(likely, traits({ tokens: new Set(), sessionIds: new Set() })), 'likely');
});

test("behind the service's own address anybody may be: not even likely", () => {
  const address = '40.126.0.9';
  const from = traits({
    sessionIds: new Set(),
    tokens: new Set(),
    contexts: [{ ...context, address }],
  });
  assert.equal(joinOf(sampleSignIn({ sessionId: null, tokenId: null, address }), from), null);
});

test('an application is found by its id, as records name it', () => {
  const app = '9ac41f00-1111-4222-8333-444455556666';
  const signIn = sampleSignIn({ user: null, appId: app, sessionId: null, tokenId: null });
  const contexts = [{ ...context, actor: app, clientAppId: app }];
  assert.equal(
    joinOf(signIn, traits({ sessionIds: new Set(), tokens: new Set(), contexts })),
    'likely',
  );
});

test('likely ones count only where there is no certain one; all are in order of time', () => {
  const certain = sampleSignIn({ id: 'a', time: '2026-09-24T10:30:00Z' });
  const first = sampleSignIn({ id: 'c', time: '2026-09-24T10:30:00Z' });
  const likely = sampleSignIn({ id: 'b', sessionId: null, tokenId: null });
  const ids = (of: SignInTraits, ...signIns: readonly (typeof likely)[]) =>
    signInsOf(signIns, of).map(({ by, signIn }) => [signIn.id, by]);
  assert.deepEqual(ids(traits({ tokens: new Set() }), likely, first, certain), [
    ['a', 'sessionId'],
    ['c', 'sessionId'],
  ]);
  assert.deepEqual(ids(traits({ sessionIds: new Set(), tokens: new Set() }), likely), [
    ['b', 'likely'],
  ]);
});

test('a person opened it where one did, and with success', () => {
  const joined = [
    sampleSignIn({ id: 'failed', errorCode: 50126 }),
    sampleSignIn({ id: 'refreshed', interactive: false, event: 'nonInteractiveUser' }),
    sampleSignIn({ id: 'typed' }),
  ].map((signIn) => ({ by: 'sessionId' as const, signIn }));
  assert.equal(openingSignIn(joined)?.signIn.id, 'typed');
  assert.equal(openingSignIn(joined.slice(0, 2))?.signIn.id, 'refreshed');
  assert.equal(openingSignIn(joined.slice(0, 1))?.signIn.id, 'failed');
  assert.equal(openingSignIn([]), null);
});

test('the risk is the higher level; a state without a level is a risk all the same', () => {
  const risk = (
    riskLevel: string | null,
    riskAggregated: string | null,
    riskState: string | null,
  ) => riskOf({ riskLevel, riskAggregated, riskState });
  assert.equal(risk('low', 'High', 'remediated'), 'high');
  assert.equal(risk('none', 'hidden', 'At risk'), 'stated');
  assert.equal(risk('none', 'none', 'dismissed'), null);
  assert.equal(risk(null, null, null), null);
});

test('a device code is known by the protocol, in either spelling, or by where the token came from', () => {
  const none = sampleSignIn({ protocol: null, transferMethod: null });
  assert.equal(isDeviceCode({ ...none, protocol: 'deviceCode' }), true);
  assert.equal(isDeviceCode({ ...none, protocol: 'Device code' }), true);
  assert.equal(isDeviceCode({ ...none, transferMethod: 'deviceCodeFlow' }), true);
  assert.equal(isDeviceCode(none), false);
});

test('a glance counts all, and shows one of each kind that differs', () => {
  assert.equal(glanceAt([]), NO_SIGN_INS);
  const joined = [
    sampleSignIn({ id: '1' }),
    sampleSignIn({ id: '2', time: '2026-09-24T10:00:00Z' }),
    sampleSignIn({ id: '3', country: 'NL', network: null, riskLevel: 'high' }),
    sampleSignIn({ id: '4', errorCode: 50126 }),
  ].map((signIn) => ({ by: 'sessionId' as const, signIn }));
  const glance = glanceAt(joined);
  assert.equal(glance.count, 4);
  assert.equal(glance.likely, false);
  assert.deepEqual(
    [glance.opening, ...glance.others].map((one) => one?.signIn.id),
    ['1', '3', '4'],
  );
  assert.deepEqual(glance.countries, ['NG', 'NL']);
  assert.deepEqual(glance.networks, [64500]);
  assert.deepEqual([glance.risk, glance.deviceCode, glance.failed], ['high', true, 1]);
});

const anyRow = fc
  .record({
    time: fc.constantFrom('2026-09-24T09:55:00Z', '2026-09-24T09:55:00.5Z'),
    app: fc.constantFrom('Outlook', 'Microsoft Outlook', null),
    sessionId: fc.constantFrom(SESSION, null),
    tokenId: fc.constantFrom(TOKEN, 'another', null),
    riskLevel: fc.constantFrom('none', 'low', 'high', null),
    methods: fc.constantFrom<readonly string[]>(['Password'], []),
    errorCode: fc.constantFrom(0, 50126, null),
  })
  .map((over) => sampleSignIn(over));

test('rows of one id say together the same in any order, and nothing that one states is lost', () => {
  const rows = fc.array(anyRow, { minLength: 1, maxLength: 5 });
  const shuffled = rows.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );
  fc.assert(
    fc.property(shuffled, ([all, order]) => {
      const folded = foldSignIns(all);
      assert.deepEqual(foldSignIns(order), folded);
      const conflicts = (some: typeof all) => some.filter((row) => contradicts(row, folded)).length;
      assert.equal(conflicts(order), conflicts(all));
      assert.ok(conflicts(all) < all.length, 'one of them is what all say');
      for (const row of all)
        for (const [name, value] of Object.entries(row))
          if (value !== null && !(Array.isArray(value) && value.length === 0))
            assert.notEqual(folded[name as keyof typeof folded], null, name);
    }),
  );
});

test('a later reading that takes a risk back does not clear it; less is no contradiction', () => {
  const risky = sampleSignIn({ riskLevel: 'high' });
  const calm = sampleSignIn({ riskLevel: 'none', city: null, sessionId: null });
  const folded = foldSignIns([calm, risky]);
  assert.equal(folded.riskLevel, 'high');
  assert.deepEqual([contradicts(calm, folded), contradicts(risky, folded)], [false, false]);
  assert.equal(contradicts({ ...risky, address: '198.51.100.9' }, folded), true);
});

test('the log can be asked for names of users and for ids', () => {
  assert.deepEqual(
    ['anna@contoso.com', SESSION, 's-1-5-18', 'nt authority\\system'].map(canBeAsked),
    [true, true, false, false],
  );
});
