/** A record that contradicts itself stands in several contexts and is one record all the same. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { JsonObject } from '../../../source/domain/json.ts';
import type { Case } from '../../../source/case/case.ts';
import { bind, INTRUDER, OWNER } from '../../case/made-records.ts';
import { caseOf, caseOn } from '../../case/on-case.ts';

const openedCaseOf = async (t: TestContext, ...files: (readonly JsonObject[])[]): Promise<Case> =>
  caseOn(t, (await caseOf(t, ...files)).folder);

/** Both variants of record 1 are of contexts of their own. */
const variant = (address: string, at: string, over: JsonObject = {}) =>
  bind({ id: 1, session: 'evil', address, at, messages: ['a'], over });

const markAddress = (theCase: Case, address: string): void => {
  const contexts = [...theCase.sessions({})]
    .flatMap((session) => session.contexts)
    .filter((context) => context.address === address)
    .map(({ key }) => key);
  theCase.judging.mark({ verdict: 'malicious', sessions: [], contexts, reason: null });
};

describe('A record in several contexts', () => {
  const early = '2026-09-14T08:00:00';
  const late = '2026-09-16T08:00:00';

  for (const malicious of [OWNER, INTRUDER])
    it(`lies outside the window by its variant of ${malicious}, whichever was first`, async (t) => {
      const [owners, intruders] = [variant(OWNER, late), variant(INTRUDER, late)];
      const theCase = await openedCaseOf(t, [owners], [intruders]);
      markAddress(theCase, malicious);
      theCase.judging.setWindow(null, null, '2026-09-15T00:00:00Z', null);
      assert.deepEqual(theCase.summary().outsideWindow, {
        records: 1,
        from: `${late}Z`,
        to: `${late}Z`,
      });
    });

  it('is outside the window once, with the times of all its malicious variants', async (t) => {
    const theCase = await openedCaseOf(t, [variant(OWNER, early)], [variant(INTRUDER, late)]);
    markAddress(theCase, OWNER);
    markAddress(theCase, INTRUDER);
    theCase.judging.setWindow(null, '2026-10-01T00:00:00Z', null, null);
    assert.deepEqual(theCase.summary().outsideWindow, {
      records: 1,
      from: `${early}Z`,
      to: `${late}Z`,
    });
  });

  it('lacks its items once, by the variant that lacks most', async (t) => {
    const theCase = await openedCaseOf(
      t,
      [variant(OWNER, early, { OperationCount: 5 })],
      [variant(INTRUDER, early, { OperationCount: 9 })],
    );
    const missing = () => theCase.summary().beyond.find(({ reason }) => reason === 'itemsMissing');
    assert.equal(missing()?.number, 8);
    markAddress(theCase, OWNER);
    markAddress(theCase, INTRUDER);
    const { itemsMissing, itemsNamed, itemsDeclared } = theCase.summary();
    assert.deepEqual([itemsMissing, itemsNamed, itemsDeclared], [1, 1, 9]);
    assert.equal(missing()?.number, 8);
  });

  it('widens the time of a damaged row in its source by all that it says', async (t) => {
    const damaged = { Operation: 'MailItemsAccessed' };
    const theCase = await openedCaseOf(
      t,
      [variant(OWNER, early), damaged],
      [variant(OWNER, late)],
      [variant(OWNER, '2026-09-12T08:00:00')],
    );
    const [mailbox] = theCase.summary().mailboxes;
    assert.deepEqual(
      mailbox?.gaps.map(({ from, to }) => [from, to]),
      [['2026-09-12T08:00:00Z', '2026-09-16T09:00:00Z']],
    );
  });
});
