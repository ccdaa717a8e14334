/** What stays in doubt, and whose accesses they were (`domain.md`, Exposure), through real imports. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { JsonObject } from '../../../source/domain/json.ts';
import type { Beyond, MailboxExposure } from '../../../source/domain/exposure/exposure.ts';
import type { Message } from '../../../source/domain/exposure/message.ts';
import type { Verdict } from '../../../source/domain/sessions/session.ts';
import type { Case } from '../../../source/case/case.ts';
import { changeCaseFile } from '../../../source/store/case-file.ts';
import { openCaseFolder } from '../../../source/store/case-folder.ts';
import { sampleFetch } from '../../exports/sample-case.ts';
import { importInto, writeLines } from '../../import/temporary-case.ts';
import { bind, INTRUDER, mailboxGuid, sync } from '../../case/made-records.ts';
import { caseOf, caseOn } from '../../case/on-case.ts';

const judge = (theCase: Case, sessionId: string, verdict: Verdict): void => {
  const { sessions } = theCase.resolveKeys([sessionId]);
  assert.equal(sessions.length, 1, sessionId);
  theCase.judging.mark({ verdict, sessions, contexts: [], reason: null });
};

const judgeContexts = (theCase: Case, of: (address: string) => boolean, verdict: Verdict): void => {
  const contexts = [...theCase.sessions({})]
    .flatMap((session) => session.contexts)
    .filter(({ address }) => of(address ?? ''))
    .map(({ key }) => key);
  theCase.judging.mark({ verdict, sessions: [], contexts, reason: null });
};

const openedCaseOf = async (t: TestContext, ...files: (readonly JsonObject[])[]): Promise<Case> =>
  caseOn(t, (await caseOf(t, ...files)).folder);

const message = (theCase: Case, name: string): Message => {
  const found = [...theCase.messages({})].find(
    ({ internetMessageId }) => internetMessageId === `${name}@fabrikam.example`,
  );
  return found ?? assert.fail(name);
};

const mailboxOf = (theCase: Case, mailbox = 'vera'): MailboxExposure =>
  theCase.summary().mailboxes.find(({ guid }) => guid === mailboxGuid(mailbox)) ?? assert.fail();

const beyond = (theCase: Case): Readonly<Partial<Record<Beyond['reason'], number>>> =>
  Object.fromEntries(theCase.summary().beyond.map(({ reason, number }) => [reason, number]));

const at = (clock: string): string => `2026-09-14T${clock}:00`;

describe('Whose access', () => {
  it('the intruder has times of his own beside those of anyone, and sessions their verdicts', async (t) => {
    const theCase = await openedCaseOf(t, [
      bind({ id: 1, session: 'owner', at: '2026-08-01T08:00:00', messages: ['a', 'b'] }),
      bind({
        id: 2,
        session: 'evil',
        address: INTRUDER,
        at: '2026-09-01T08:00:00',
        messages: ['a'],
      }),
      bind({
        id: 3,
        session: 'evil',
        address: INTRUDER,
        at: '2026-09-01T09:00:00',
        messages: ['a'],
      }),
    ]);
    assert.equal(message(theCase, 'a').intruder, null);
    judge(theCase, 'evil', 'malicious');
    const a = message(theCase, 'a');
    assert.deepEqual(a.intruder, {
      first: '2026-09-01T08:00:00Z',
      last: '2026-09-01T09:00:00Z',
      accesses: 2,
    });
    assert.deepEqual(
      [a.firstAccess, a.lastAccess, a.accesses],
      ['2026-08-01T08:00:00Z', '2026-09-01T09:00:00Z', 3],
    );
    assert.deepEqual(
      a.sessions.map(({ verdict }) => verdict).toSorted(),
      ['malicious', null].toSorted(),
    );
    assert.equal(message(theCase, 'b').intruder, null);
  });

  it('a record whose variants are of two malicious contexts is one access, earliest to latest', async (t) => {
    const one = { id: 1, session: 'evil', messages: ['a'] };
    const theCase = await openedCaseOf(
      t,
      [bind({ ...one, address: INTRUDER, at: at('08:00') })],
      [bind({ ...one, address: '203.0.113.99', at: at('09:00') })],
    );
    judge(theCase, 'evil', 'malicious');
    assert.deepEqual(message(theCase, 'a').intruder, {
      first: '2026-09-14T08:00:00Z',
      last: '2026-09-14T09:00:00Z',
      accesses: 1,
    });
  });
});

describe('Repeats', () => {
  /** One session: the owner's device, then the intruder's with the stolen token, alike in all else. */
  const shared = (intruderAt: string, folder = '\\Inbox', over: JsonObject = {}) => [
    bind({ id: 1, at: at('08:00'), messages: ['read'], over: { DeviceId: 'owner-pc' } }),
    bind({ id: 2, at: intruderAt, folder, messages: ['x'], over: { DeviceId: 'other', ...over } }),
  ];
  const split = async (t: TestContext, rows: readonly JsonObject[]): Promise<Case> => {
    const theCase = await openedCaseOf(t, rows);
    const contexts = [...theCase.sessions({})].flatMap((session) => session.contexts);
    const keys = (device: string) =>
      contexts.filter(({ deviceId }) => deviceId === device).map(({ key }) => key);
    theCase.judging.mark({
      verdict: 'benign',
      sessions: [],
      contexts: keys('owner-pc'),
      reason: null,
    });
    theCase.judging.mark({
      verdict: 'malicious',
      sessions: [],
      contexts: keys('other'),
      reason: null,
    });
    return theCase;
  };

  it('a benign access up to 62 minutes before malicious activity of equal key is open', async (t) => {
    for (const [clock, name] of [
      [at('08:00'), 'open'],
      [at('09:02'), 'open'],
      ['2026-09-14T09:02:01', 'benignOnly'],
      [at('07:59'), 'benignOnly'],
    ] as const) {
      const theCase = await split(t, shared(clock));
      assert.equal(message(theCase, 'read').class, name, clock);
      assert.equal(message(theCase, 'read').openBecause, name === 'open' ? 'repeat' : null);
    }
  });

  it('in another folder, from another address or by another client a repeat would be logged', async (t) => {
    for (const rows of [
      shared(at('08:30'), '\\Sent'),
      shared(at('08:30'), '\\Inbox', { ClientIPAddress: INTRUDER }),
      shared(at('08:30'), '\\Inbox', { ClientInfoString: 'Client=REST' }),
      shared(at('08:30'), '\\Inbox', { SessionId: 's-two' }),
      shared(at('08:30'), '\\Inbox', { LogonType: 2 }),
    ])
      assert.equal(message(await split(t, rows), 'read').class, 'benignOnly');
  });

  it('without a session id on either side too, and gone when the malicious verdict is', async (t) => {
    const rows = shared(at('08:30'), '\\Inbox').map((row) => ({ ...row, SessionId: undefined }));
    const theCase = await split(t, rows as JsonObject[]);
    assert.equal(message(theCase, 'read').class, 'open');
    theCase.judging.undo();
    assert.equal(message(theCase, 'read').class, 'benignOnly');
    theCase.judging.redo();
    assert.equal(message(theCase, 'read').class, 'open');
    assert.equal(theCase.summary().messages.open, 1);
  });
});

describe('Contradicting records', () => {
  const variant = (messages: readonly string[], address: string) =>
    bind({ id: 1, session: 'evil', address, messages });

  it('an item that not every variant names is contested: second figure, not first', async (t) => {
    const theCase = await openedCaseOf(
      t,
      [variant(['a', 'b'], INTRUDER)],
      [variant(['a'], INTRUDER)],
    );
    judge(theCase, 'evil', 'malicious');
    assert.deepEqual(
      [message(theCase, 'a').class, message(theCase, 'a').contested],
      ['confirmed', false],
    );
    assert.deepEqual(
      [message(theCase, 'b').class, message(theCase, 'b').contested],
      ['open', true],
    );
    assert.equal(message(theCase, 'b').openBecause, 'contested');
    const { recorded, namedNotBenign, contested } = theCase.summary();
    assert.deepEqual([recorded, namedNotBenign, contested], [1, 2, 1]);
    assert.equal(beyond(theCase).conflicts, 1);
  });

  it('another record of a malicious context settles it', async (t) => {
    const theCase = await openedCaseOf(
      t,
      [
        variant(['a', 'b'], INTRUDER),
        bind({ id: 2, session: 'evil', address: INTRUDER, messages: ['b'] }),
      ],
      [variant(['a'], INTRUDER)],
    );
    judge(theCase, 'evil', 'malicious');
    assert.deepEqual(
      [message(theCase, 'b').class, message(theCase, 'b').contested],
      ['confirmed', false],
    );
  });
});

describe('Gaps beyond throttling', () => {
  it('matter by malicious activity anywhere of the owner, or of anybody who opened the mailbox', async (t) => {
    const rows = [
      bind({
        id: 1,
        mailbox: 'vera',
        session: 'silent',
        throttled: true,
        at: at('08:00'),
        messages: ['v'],
      }),
      bind({
        id: 2,
        mailbox: 'otto',
        session: 'evil',
        at: at('09:00'),
        messages: ['o'],
        over: { UserId: 'vera@contoso.example' },
      }),
    ];
    const theCase = await openedCaseOf(t, rows);
    judge(theCase, 'evil', 'malicious');
    assert.deepEqual(
      mailboxOf(theCase, 'vera').presumedWhole,
      ['gap'],
      'the owner was malicious elsewhere',
    );
    const byGuest = await openedCaseOf(t, [
      ...rows,
      bind({
        id: 3,
        mailbox: 'anna',
        session: 'a',
        throttled: true,
        at: at('08:00'),
        messages: ['p'],
      }),
      bind({
        id: 4,
        mailbox: 'anna',
        session: 'b',
        at: '2026-06-01T08:00:00',
        messages: ['q'],
        over: { UserId: 'vera@contoso.example' },
      }),
    ]);
    judge(byGuest, 'evil', 'malicious');
    assert.deepEqual(mailboxOf(byGuest, 'anna').presumedWhole, ['gap'], 'vera opened it in June');
    assert.deepEqual(mailboxOf(byGuest, 'otto').presumedWhole, []);
  });

  it('a damaged row is one, at its time where that is known, else over its whole source', async (t) => {
    const rows = [
      bind({ id: 1, session: 'evil', address: INTRUDER, at: at('08:00'), messages: ['a'] }),
      bind({ id: 2, session: 'good', at: '2026-09-20T08:00:00', messages: ['b'] }),
      bind({ id: 3, at: '2026-09-18T08:00:00', over: { Id: undefined } }),
    ];
    const timed = await openedCaseOf(t, rows);
    judge(timed, 'evil', 'malicious');
    assert.deepEqual(mailboxOf(timed).gaps, [
      {
        from: '2026-09-18T08:00:00Z',
        to: '2026-09-18T09:00:00Z',
        kind: 'unreadable',
        matters: false,
        meets: null,
        rebutted: false,
      },
    ]);
    assert.equal(beyond(timed).damagedRows, 1);
    const untimed = await openedCaseOf(t, [...rows, { Operation: 'MailItemsAccessed' }]);
    judge(untimed, 'evil', 'malicious');
    const [gap] = mailboxOf(untimed).gaps;
    assert.deepEqual(
      [gap?.from, gap?.to, gap?.kind],
      ['2026-09-14T08:00:00Z', '2026-09-20T09:00:00Z', 'unreadable'],
    );
    assert.deepEqual(mailboxOf(untimed).presumedWhole, ['gap']);
  });

  it('a hole of a fetch is one, of the mailboxes that were asked for', async (t) => {
    const made = await caseOf(t, [
      bind({ id: 1, session: 'evil', address: INTRUDER, messages: ['a'] }),
      bind({ id: 2, mailbox: 'otto', session: 'other', messages: ['b'] }),
    ]);
    const hole = {
      from: '2026-09-14T00:00:00Z',
      to: '2026-09-14T12:00:00Z',
      why: 'spoiled' as const,
      ...{ users: ['vera@contoso.example'], addresses: [], said: null },
    };
    const asked = {
      ...sampleFetch.asked,
      users: ['vera@contoso.example'],
      mailboxes: [],
      addresses: [],
    };
    changeCaseFile(openCaseFolder(made.folder, { create: false }), (before) => ({
      ...before,
      fetches: [{ ...sampleFetch, api: 'search', asked, holes: [{ ...hole, filled: false }] }],
    }));
    const theCase = caseOn(t, made.folder);
    judge(theCase, 'evil', 'malicious');
    assert.deepEqual(
      mailboxOf(theCase).gaps.map(({ kind, matters }) => [kind, matters]),
      [['notFetched', true]],
    );
    assert.deepEqual(mailboxOf(theCase, 'otto').gaps, []);
    assert.equal(beyond(theCase).notFetched, 1);
  });

  it('malicious records outside the stated window are counted, and keep their gaps', async (t) => {
    const theCase = await openedCaseOf(t, [
      bind({
        id: 1,
        session: 'evil',
        address: INTRUDER,
        at: at('08:00'),
        throttled: true,
        messages: ['a'],
      }),
      bind({ id: 2, session: 'evil', address: INTRUDER, at: at('10:00'), messages: ['b'] }),
    ]);
    judge(theCase, 'evil', 'malicious');
    assert.equal(theCase.summary().outsideWindow, null);
    theCase.judging.setWindow(null, '2026-09-14T09:00:00Z', '2026-09-14T11:00:00Z', null);
    assert.deepEqual(theCase.summary().outsideWindow, {
      records: 1,
      from: '2026-09-14T08:00:00Z',
      to: '2026-09-14T08:00:00Z',
    });
    assert.deepEqual(mailboxOf(theCase).presumedWhole, ['gap']);
  });
});

describe('Presumptions', () => {
  const rows = [
    bind({ id: 1, session: 'good', messages: ['inbox'] }),
    bind({ id: 2, session: 'good', folder: '\\Sent', messages: ['sent'] }),
    sync({ id: 3, session: 'evil', address: INTRUDER, folder: 'Inbox' }),
  ];

  it('say by what, the strongest first', async (t) => {
    const theCase = await openedCaseOf(t, rows);
    judge(theCase, 'evil', 'malicious');
    assert.deepEqual(message(theCase, 'inbox').presumedBy, ['folder', 'sync']);
    assert.deepEqual(message(theCase, 'sent').presumedBy, ['sync']);
  });

  it('a rebutted Sync lifts the mailbox, not its folders; and only until another Sync comes', async (t) => {
    const made = await caseOf(t, rows);
    const theCase = caseOn(t, made.folder);
    judge(theCase, 'good', 'benign');
    judge(theCase, 'evil', 'malicious');
    theCase.judging.rebutSync(mailboxGuid('vera'), true, 'the device was examined');
    assert.deepEqual(mailboxOf(theCase).presumedWhole, []);
    assert.deepEqual(
      [message(theCase, 'inbox').class, message(theCase, 'inbox').presumedBy],
      ['presumed', ['folder']],
    );
    assert.equal(message(theCase, 'sent').class, 'benignOnly');
    assert.deepEqual(theCase.summary().messages, {
      confirmed: 0,
      presumed: 1,
      open: 0,
      benignOnly: 1,
    });
    assert.deepEqual([...theCase.messages({ class: 'presumed' })].length, 1);
    await importInto(made.folder, [
      writeLines(made.files, 'more.jsonl', [
        sync({ id: 9, session: 'evil', address: INTRUDER, folder: 'Sent' }),
      ]),
    ]);
    assert.deepEqual(mailboxOf(theCase).presumedWhole, ['sync']);
  });

  it('are counted apart for items without an id, whether anything was judged of them or not', async (t) => {
    const theCase = await openedCaseOf(t, [
      bind({ id: 1, session: 'open', folder: '\\Inbox', messages: ['inbox'] }),
      bind({
        id: 2,
        session: 'open',
        over: {
          Folders: [{ Id: 'folder \\Inbox', FolderItems: [{ Id: 'bare' }] }],
          OperationCount: 1,
        },
      }),
      sync({ id: 3, session: 'evil', address: INTRUDER, folder: 'Inbox' }),
    ]);
    judge(theCase, 'evil', 'malicious');
    theCase.judging.rebutSync(mailboxGuid('vera'), true, 'the device was examined');
    const { messages, unidentified } = theCase.summary();
    assert.deepEqual([messages.presumed, messages.open], [1, 0]);
    assert.deepEqual([unidentified.presumed, unidentified.open], [1, 0]);
  });

  it('received after the last attributed access: counted apart once containment is stated', async (t) => {
    const subject = (received: string): JsonObject => ({
      MessageId: '<sent@fabrikam.example>',
      Received: received,
      SenderAddress: 'a@fabrikam.example',
      RecipientAddress: 'vera@contoso.example',
      Subject: 'later',
      Status: 'Delivered',
      MessageTraceId: 'trace-1',
    });
    const made = await caseOf(t, rows);
    await importInto(made.folder, [
      writeLines(made.files, 'trace.jsonl', [subject('2026-09-15T00:00:00Z')]),
    ]);
    const theCase = caseOn(t, made.folder);
    judge(theCase, 'evil', 'malicious');
    assert.equal(message(theCase, 'sent').receivedAfterLastAttributed, true);
    assert.equal(mailboxOf(theCase).receivedAfterLastAttributed, null, 'no containment is stated');
    const nothing = { sessions: null, consents: null, rules: null, delegations: null, by: null };
    theCase.judging.contain(null, { ...nothing, sessions: '2026-09-14T20:00:00Z', by: 'IT' }, null);
    assert.equal(mailboxOf(theCase).receivedAfterLastAttributed, 1);
    assert.equal(mailboxOf(theCase).presumed, 2, 'never subtracted');
    theCase.judging.contain(null, nothing, null);
    assert.equal(mailboxOf(theCase).receivedAfterLastAttributed, null);
  });
});

describe('Figures', () => {
  it('records that fell under a malicious verdict later are counted: by rule', async (t) => {
    const made = await caseOf(t, [bind({ id: 1, session: 'evil', address: INTRUDER })]);
    const theCase = caseOn(t, made.folder);
    judge(theCase, 'evil', 'malicious');
    assert.deepEqual(theCase.summary().byRule, { records: 0 });
    await importInto(made.folder, [
      writeLines(made.files, 'more.jsonl', [
        bind({ id: 2, session: 'evil', address: INTRUDER, messages: ['x'] }),
        bind({ id: 3, session: 'evil', address: '203.0.113.99', messages: ['y'] }),
      ]),
    ]);
    assert.deepEqual(theCase.summary().byRule, { records: 2 });
    judgeContexts(theCase, () => true, 'malicious');
    assert.deepEqual(theCase.summary().byRule, { records: 0 });
  });

  it('two figures, what lies beyond, and the headline in three parts', async (t) => {
    const theCase = await openedCaseOf(t, [
      bind({
        id: 1,
        session: 'evil',
        address: INTRUDER,
        messages: ['a', 'b'],
        over: { OperationCount: 40 },
      }),
      bind({ id: 2, session: 'good', messages: ['c'] }),
      bind({ id: 3, mailbox: 'otto', session: 'open', messages: ['d', 'e'] }),
      bind({ id: 4, mailbox: 'anna', session: 'owner', throttled: true, messages: ['f'] }),
      bind({
        id: 5,
        mailbox: 'anna',
        session: 'guest',
        at: at('08:00'),
        messages: ['g'],
        over: { UserId: 'vera@contoso.example' },
      }),
    ]);
    judge(theCase, 'evil', 'malicious');
    judge(theCase, 'good', 'benign');
    const { headline, recorded, namedNotBenign, itemsNamed, itemsDeclared } = theCase.summary();
    assert.deepEqual(headline, {
      maliciousMailboxes: 1,
      logMissingMailboxes: 1,
      notJudged: { messages: 2, mailboxes: 1, others: 1 },
    });
    assert.deepEqual([recorded, namedNotBenign], [2, 6]);
    assert.deepEqual([itemsNamed, itemsDeclared], [2, 40]);
    assert.deepEqual(beyond(theCase), { presumedWhole: 1, gap: 1, itemsMissing: 38 });
  });

  it('a source that carries no items is one of the limits', async (t) => {
    const theCase = await openedCaseOf(t, [
      bind({ id: 1, over: { Folders: 'System.Object[]', OperationCount: undefined } }),
    ]);
    assert.equal(beyond(theCase).itemlessSource, 1);
    const other = await openedCaseOf(t, [
      bind({ id: 1 }),
      bind({ id: 2, over: { Folders: 'System.Object[]' } }),
    ]);
    assert.equal(beyond(other).itemlessSource, undefined);
    const partly = await openedCaseOf(t, [
      bind({ id: 1, messages: ['a', 'b'], over: { OperationCount: 40 } }),
    ]);
    assert.deepEqual(beyond(partly), { itemsMissing: 38 });
  });

  it('by its own rows: what other sources know of its records is not what it carries', async (t) => {
    const lost = { Folders: 'System.Object[]', OperationCount: undefined };
    const duplicated = await openedCaseOf(
      t,
      [bind({ id: 1 })],
      [bind({ id: 1 }), bind({ id: 2, over: lost })],
    );
    assert.equal(beyond(duplicated).itemlessSource, undefined);
    const poorer = await openedCaseOf(
      t,
      [bind({ id: 1 })],
      [bind({ id: 1, over: lost }), bind({ id: 2, over: lost })],
    );
    assert.equal(beyond(poorer).itemlessSource, 1);
    const known = await openedCaseOf(t, [bind({ id: 1 })], [bind({ id: 1, over: lost })]);
    assert.equal(beyond(known).itemlessSource, undefined);
  });
});
