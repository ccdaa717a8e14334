/** A rebuttal clears what its reason was given for, and nothing that came to light afterwards. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MailboxExposure } from '../../../source/domain/exposure/exposure.ts';
import type { Verdict } from '../../../source/domain/sessions/session.ts';
import type { Case } from '../../../source/case/case.ts';
import { importInto, writeLines } from '../../import/temporary-case.ts';
import { bind, INTRUDER, mailboxGuid, sync } from '../../case/made-records.ts';
import { caseOf, caseOn } from '../../case/on-case.ts';

const judge = (theCase: Case, sessionId: string, verdict: Verdict): void => {
  const { sessions } = theCase.resolveKeys([sessionId]);
  theCase.judging.mark({ verdict, sessions, contexts: [], reason: null });
};

const vera = (theCase: Case): MailboxExposure =>
  theCase.summary().mailboxes.find(({ guid }) => guid === mailboxGuid('vera')) ?? assert.fail();

describe('Rebuttals', () => {
  it('one of a throttled gap says nothing of rows in it that could not be read', async (t) => {
    const made = await caseOf(t, [
      bind({ id: 1, session: 'evil', at: '2026-09-14T08:00:00', throttled: true }),
    ]);
    const theCase = caseOn(t, made.folder);
    judge(theCase, 'evil', 'malicious');
    const [gap] = vera(theCase).gaps;
    assert.ok(gap !== undefined);
    theCase.judging.rebutGap(mailboxGuid('vera'), gap, true, 'the gateway has it all');
    assert.deepEqual(vera(theCase).presumedWhole, []);
    await importInto(made.folder, [
      writeLines(made.files, 'more.jsonl', [
        bind({ id: 2, session: 'other', at: '2026-09-14T09:00:00' }),
        bind({ id: 3, at: '2026-09-14T10:00:00', over: { Id: undefined } }),
      ]),
    ]);
    assert.deepEqual(
      vera(theCase).gaps.map(({ kind, rebutted }) => [kind, rebutted]),
      [
        ['throttled', true],
        ['unreadable', false],
      ],
    );
    assert.deepEqual(vera(theCase).presumedWhole, ['gap']);
    assert.equal(theCase.summary().headline.logMissingMailboxes, 1);
  });

  it('none of a Sync whose folder is not named: it may be any', async (t) => {
    const made = await caseOf(t, [
      sync({ id: 1, session: 'evil', folder: 'Drafts' }),
      bind({ id: 2, session: 'owner', messages: ['in'] }),
    ]);
    const theCase = caseOn(t, made.folder);
    judge(theCase, 'evil', 'malicious');
    judge(theCase, 'owner', 'benign');
    theCase.judging.rebutSync(mailboxGuid('vera'), true, 'the device was examined');
    assert.equal(theCase.summary().messages.benignOnly, 1);
    theCase.judging.rebutSync(mailboxGuid('vera'), false, 'or was it?');
    await importInto(made.folder, [
      writeLines(made.files, 'more.jsonl', [
        sync({ id: 3, session: 'evil', over: { Item: undefined } }),
      ]),
    ]);
    assert.throws(
      () => theCase.judging.rebutSync(mailboxGuid('vera'), true, 'examined'),
      /names no folder/,
    );
    assert.deepEqual(vera(theCase).presumedWhole, ['sync']);
    assert.equal(theCase.summary().messages.presumed, 1);
  });

  it('a rebutted Sync counts again once its own context holds one that names no folder', async (t) => {
    const named = { id: 1, session: 'evil', folder: 'Drafts' };
    const made = await caseOf(t, [sync(named)]);
    const theCase = caseOn(t, made.folder);
    judge(theCase, 'evil', 'malicious');
    theCase.judging.rebutSync(mailboxGuid('vera'), true, 'the device was examined');
    assert.equal(vera(theCase).syncRebutted, true);
    theCase.withdraw(theCase.sources()[0]?.id ?? '', 'the wrong export');
    await importInto(made.folder, [
      writeLines(made.files, 'more.jsonl', [sync({ ...named, id: 2, over: { Item: undefined } })]),
    ]);
    assert.deepEqual(vera(theCase).presumedWhole, ['sync']);
  });

  it('one of a Sync says nothing of the Sync of another session, judged malicious later', async (t) => {
    const { folder } = await caseOf(t, [
      sync({ id: 1, session: 'first' }),
      sync({ id: 2, session: 'second', address: INTRUDER, folder: 'Archive' }),
    ]);
    const theCase = caseOn(t, folder);
    judge(theCase, 'first', 'malicious');
    theCase.judging.rebutSync(mailboxGuid('vera'), true, 'the device was examined');
    assert.deepEqual(vera(theCase).presumedWhole, []);
    judge(theCase, 'first', 'benign');
    judge(theCase, 'second', 'malicious');
    assert.deepEqual(vera(theCase).presumedWhole, ['sync']);
    assert.equal(vera(theCase).syncRebutted, false);
  });
});
