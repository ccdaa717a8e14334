import assert from 'node:assert/strict';
import { test } from 'node:test';
import { NO_SIGN_INS, type SignInGlance } from '../../source/domain/sessions/sign-in-glance.ts';
import { countriesIn, networksIn, signInFacts } from '../../source/console/words/sign-ins.ts';
import { marksOf } from '../../source/console/words/verdicts.ts';
import { session } from './hand-made-case.ts';
import { SIGNED_IN } from './signed-in.ts';

const [certain, likely] = SIGNED_IN;
const glance = (over: Partial<SignInGlance>): SignInGlance => ({ ...NO_SIGN_INS, ...over });

test('a risk the log states is a mark; of a likely sign-in it is told, but marks nothing', () => {
  assert.ok(certain !== undefined && likely !== undefined);
  assert.match(marksOf(certain), /\bR\b/);
  assert.doesNotMatch(marksOf(likely), /R/);
  const jobEvent = signInFacts(likely.signInGlance).map((fact) => fact.join(' '));
  assert.ok(jobEvent.some((fact) => fact.startsWith('risk HIGH risk')));
  assert.ok(jobEvent.some((fact) => /^joined by LIKELY only: .*no proof/.test(fact)));
});

test('details say what opened the session, how it was joined, and what differs', () => {
  const facts = signInFacts(certain?.signInGlance ?? NO_SIGN_INS);
  const jobEvent = facts.map((fact) => fact.join(' '));
  assert.deepEqual(jobEvent.slice(0, 3), [
    'sign-ins 3 sign-ins in the log, 1 failed',
    'opened by 2026-09-24 09:55:00 UTC, Microsoft Outlook\\x1b[2J, Browser',
    'joined by same session id',
  ]);
  assert.ok(jobEvent.includes('from Lagos, NG, AS64500, 203.0.113.7'));
  assert.ok(jobEvent.some((fact) => fact.startsWith('method DEVICE CODE, Password')));
  assert.ok(
    jobEvent.some((fact) => /^also .*Outlook.*Delft, NL, AS64501.*by refreshToken/.test(fact)),
  );
  assert.ok(jobEvent.some((fact) => /failed: 50126, \\u202eno/.test(fact)));
  for (const fact of jobEvent) assert.doesNotMatch(fact, /[\u001b\u202e]/);
  assert.deepEqual(signInFacts(NO_SIGN_INS), []);
});

test('countries and networks fit their cells, and a likely one is doubted', () => {
  const two = glance({ countries: ['NG', 'NL'], networks: [64500, 64501] });
  assert.deepEqual([countriesIn(two, 5), countriesIn(two, 3)], ['NG NL', 'NG+']);
  assert.deepEqual([networksIn(two, 11), networksIn(two, 6)], ['64500 64501', '64500+']);
  const doubted = glance({ countries: ['NG'], networks: [64500], likely: true });
  assert.deepEqual([countriesIn(doubted, 3), networksIn(doubted, 6)], ['NG?', '64500']);
  const both = glance({ countries: ['NG', 'NL'], networks: [398101], likely: true });
  assert.deepEqual([countriesIn(both, 6), countriesIn(both, 3)], ['NG NL?', 'NG?']);
  assert.deepEqual([networksIn(two, 5), networksIn(both, 5)], ['64500', '…']);
  assert.deepEqual([countriesIn(NO_SIGN_INS, 3), networksIn(NO_SIGN_INS, 6)], ['', '']);
  assert.equal(marksOf(session('plain')).includes('R'), false);
});
