/** The rules of `domain.md`, Exposure, each by its number, through real imports. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { ExposureClass } from '../../../source/domain/exposure/exposure-class.ts';
import type { Verdict } from '../../../source/domain/sessions/session.ts';
import { Problem } from '../../../source/domain/problem.ts';
import type { MailboxExposure } from '../../../source/domain/exposure/exposure.ts';
import type { Case } from '../../../source/case/case.ts';
import { writeFileSync } from 'node:fs';
import { importInto, writeLines } from '../../import/temporary-case.ts';
import { bind, INTRUDER, mailboxGuid, sync } from '../../case/made-records.ts';
import { caseOf, caseOn } from '../../case/on-case.ts';

const judge = (theCase: Case, sessionId: string, verdict: Verdict): void => {
  const { sessions } = theCase.resolveKeys([sessionId]);
  assert.equal(sessions.length, 1, sessionId);
  theCase.judging.mark({ verdict, sessions, contexts: [], reason: null });
};

const classes = (theCase: Case): Record<string, ExposureClass> =>
  Object.fromEntries(
    [...theCase.messages({})].map((message) => [
      message.internetMessageId?.split('@')[0] ?? `item:${message.itemId}`,
      message.class,
    ]),
  );

const mailboxOf = (theCase: Case, mailbox = 'vera'): MailboxExposure => {
  const found = theCase.summary().mailboxes.find(({ guid }) => guid === mailboxGuid(mailbox));
  assert.ok(found !== undefined);
  return found;
};

const counts = ({ confirmed, presumed, open, benignOnly }: MailboxExposure): readonly number[] => [
  confirmed,
  presumed,
  open,
  benignOnly,
];

/** The lists and the sums say the same, over every class. */
const listsAgree = (theCase: Case): void => {
  const listed = { confirmed: 0, presumed: 0, open: 0, benignOnly: 0 };
  for (const message of theCase.messages({}))
    if (message.internetMessageId !== null) listed[message.class] += 1;
  assert.deepEqual(theCase.summary().messages, listed);
  for (const name of ['confirmed', 'presumed', 'open', 'benignOnly'] as const)
    assert.equal(
      [...theCase.messages({ class: name })].filter((m) => m.internetMessageId !== null).length,
      listed[name],
    );
};

const dayOf = (hour: number): string => `2026-09-14T${String(hour).padStart(2, '0')}:00:00`;

const FOUR_SESSIONS = [
  bind({ id: 1, session: 'evil', address: INTRUDER, messages: ['both', 'evil-only'] }),
  bind({ id: 2, session: 'good', messages: ['both', 'good-only', 'good-and-open'] }),
  bind({ id: 3, session: 'open', messages: ['good-and-open', 'open-only'] }),
  bind({ id: 4, session: 'other', mailbox: 'otto', messages: ['both', 'his-own'] }),
];

describe('Exposure: each message is in exactly one class', () => {
  it('confirmed > open > benignOnly, and message ids are those of one mailbox', async (t) => {
    const theCase = caseOn(t, (await caseOf(t, FOUR_SESSIONS)).folder);
    assert.deepEqual(theCase.summary().messages, {
      confirmed: 0,
      presumed: 0,
      open: 7,
      benignOnly: 0,
    });
    judge(theCase, 'evil', 'malicious');
    judge(theCase, 'good', 'benign');
    assert.deepEqual(
      [...theCase.messages({ users: ['vera@contoso.example'] })]
        .map((message) => [message.internetMessageId?.split('@')[0], message.class])
        .toSorted(),
      [
        ['both', 'confirmed'],
        ['evil-only', 'confirmed'],
        ['good-and-open', 'open'],
        ['good-only', 'benignOnly'],
        ['open-only', 'open'],
      ],
    );
    assert.deepEqual(counts(mailboxOf(theCase)), [2, 0, 2, 1]);
    assert.deepEqual(counts(mailboxOf(theCase, 'otto')), [0, 0, 2, 0]);
    assert.deepEqual(theCase.summary().sessions, {
      malicious: 1,
      benign: 1,
      mixed: 0,
      undecided: 2,
    });
    listsAgree(theCase);
  });

  it('is over the whole case, whatever is filtered', async (t) => {
    const theCase = caseOn(t, (await caseOf(t, FOUR_SESSIONS)).folder);
    judge(theCase, 'evil', 'malicious');
    const { sessions } = theCase.resolveKeys(['good']);
    const both = [...theCase.messages({ keys: sessions })].find(({ internetMessageId }) =>
      internetMessageId?.startsWith('both'),
    );
    assert.equal(both?.class, 'confirmed');
  });

  it('floor and ceiling: confirmed; confirmed, presumed and open', async (t) => {
    const theCase = caseOn(t, (await caseOf(t, FOUR_SESSIONS)).folder);
    judge(theCase, 'evil', 'malicious');
    judge(theCase, 'good', 'benign');
    judge(theCase, 'open', 'benign');
    judge(theCase, 'other', 'benign');
    const { confirmed, presumed, open, benignOnly } = theCase.summary().messages;
    assert.deepEqual([confirmed, confirmed + presumed + open], [2, 2]);
    assert.equal(benignOnly, 5);
    listsAgree(theCase);
  });
});

describe('Exposure 2: Sync', () => {
  const SYNCED = [
    ...FOUR_SESSIONS,
    sync({ id: 5, session: 'evil', address: INTRUDER, folder: 'Sent Items' }),
    sync({ id: 6, session: 'good', folder: 'Inbox' }),
  ];

  it('of a malicious context: its folder, and the mailbox presumed whole', async (t) => {
    const theCase = caseOn(t, (await caseOf(t, SYNCED)).folder);
    assert.deepEqual(mailboxOf(theCase).presumedWhole, []);
    judge(theCase, 'evil', 'malicious');
    judge(theCase, 'good', 'benign');
    const vera = mailboxOf(theCase);
    assert.deepEqual(vera.presumedWhole, ['sync']);
    assert.deepEqual(vera.syncedFolders, ['Sent Items']);
    assert.deepEqual(counts(vera), [2, 3, 0, 0]);
    assert.deepEqual(counts(mailboxOf(theCase, 'otto')), [0, 0, 2, 0]);
    assert.equal(classes(theCase)['good-only'], 'presumed');
    listsAgree(theCase);
  });

  it('of a benign or undecided context exposes nothing', async (t) => {
    const theCase = caseOn(t, (await caseOf(t, SYNCED)).folder);
    judge(theCase, 'good', 'benign');
    assert.deepEqual(mailboxOf(theCase).presumedWhole, []);
    assert.deepEqual(mailboxOf(theCase).syncedFolders, []);
    judge(theCase, 'evil', 'malicious');
    judge(theCase, 'evil', 'benign');
    assert.deepEqual(mailboxOf(theCase).presumedWhole, []);
    assert.deepEqual(counts(mailboxOf(theCase)), [0, 0, 2, 3]);
  });
});

describe('Exposure 1: gaps', () => {
  /** Throttled on the 20th by the owner's own client; the intruder was there on the 14th. */
  const gapCase = (throttledAt: string) => [
    bind({ id: 1, at: dayOf(8), session: 'evil', address: INTRUDER, messages: ['a'] }),
    bind({ id: 2, at: dayOf(9), session: 'good', messages: ['b'] }),
    bind({ id: 3, at: throttledAt, session: 'good', messages: ['b'], throttled: true }),
    bind({ id: 4, at: dayOf(9), session: 'other', mailbox: 'otto', messages: ['c'] }),
  ];
  const open = async (t: TestContext, throttledAt: string): Promise<Case> => {
    const theCase = caseOn(t, (await caseOf(t, gapCase(throttledAt))).folder);
    judge(theCase, 'good', 'benign');
    return theCase;
  };
  const gap = (from: string, to: string, matters: boolean, rebutted = false) => ({
    from,
    to,
    kind: 'throttled',
    matters,
    meets: matters ? 'maliciousActivity' : null,
    rebutted,
  });

  it('a throttled record opens 24 hours for its mailbox alone; touching ones merge', async (t) => {
    const rows = [
      ...gapCase('2026-09-20T06:00:00'),
      bind({ id: 5, at: '2026-09-21T06:00:00', throttled: true }),
      bind({ id: 6, at: '2026-09-22T06:00:01', throttled: true }),
    ];
    const theCase = caseOn(t, (await caseOf(t, rows)).folder);
    assert.deepEqual(mailboxOf(theCase).gaps, [
      gap('2026-09-20T06:00:00Z', '2026-09-22T06:00:00Z', false),
      gap('2026-09-22T06:00:01Z', '2026-09-23T06:00:01Z', false),
    ]);
    assert.deepEqual(mailboxOf(theCase, 'otto').gaps, []);
  });

  it('without a window, matters from 24 h before to 25 h after what is malicious', async (t) => {
    for (const [at, matters] of [
      ['2026-09-12T07:59:59', false],
      ['2026-09-12T08:00:00', true],
      ['2026-09-15T09:00:00', true],
      ['2026-09-15T09:00:01', false],
    ] as const) {
      const theCase = await open(t, at);
      assert.deepEqual(
        mailboxOf(theCase).gaps.map((one) => one.matters),
        [false],
      );
      judge(theCase, 'evil', 'malicious');
      const vera = mailboxOf(theCase);
      assert.deepEqual(
        vera.gaps.map((one) => one.matters),
        [matters],
        at,
      );
      assert.deepEqual(vera.presumedWhole, matters ? ['gap'] : []);
      assert.deepEqual(counts(vera), matters ? [1, 1, 0, 0] : [1, 0, 0, 1]);
      assert.deepEqual(counts(mailboxOf(theCase, 'otto')), [0, 0, 1, 0]);
    }
  });

  it('with a window, matters where it meets that, or what is malicious', async (t) => {
    const theCase = await open(t, '2026-09-20T06:00:00');
    theCase.judging.setWindow(null, '2026-09-21T06:00:00Z', '2026-09-22T00:00:00Z', 'sign-ins');
    assert.deepEqual(mailboxOf(theCase).presumedWhole, ['gap']);
    assert.deepEqual(counts(mailboxOf(theCase)), [0, 2, 0, 0]);
    assert.equal(mailboxOf(theCase).gaps[0]?.meets, 'accessWindow', 'nothing is malicious yet');
    theCase.judging.setWindow(null, '2026-09-21T06:00:01Z', '2026-09-22T00:00:00Z', null);
    assert.deepEqual(mailboxOf(theCase).presumedWhole, []);
    // The mailbox's own window goes before the case's.
    theCase.judging.setWindow(mailboxGuid('vera'), '2026-09-20T00:00:00Z', null, null);
    assert.deepEqual(mailboxOf(theCase).presumedWhole, ['gap']);
    theCase.judging.undo();
    assert.deepEqual(mailboxOf(theCase).presumedWhole, []);
    // Ends before the gap begins, as the malicious activity does.
    theCase.judging.setWindow(null, null, '2026-09-19T00:00:00Z', null);
    judge(theCase, 'evil', 'malicious');
    assert.deepEqual(mailboxOf(theCase).presumedWhole, []);
    listsAgree(theCase);
  });

  it('rebutted with a reason, presumes nothing, and can be taken back', async (t) => {
    const theCase = await open(t, '2026-09-14T12:00:00');
    judge(theCase, 'evil', 'malicious');
    const [found] = mailboxOf(theCase).gaps;
    assert.ok(found !== undefined);
    assert.throws(() => theCase.judging.rebutGap(mailboxGuid('vera'), found, true, ' '), Problem);
    assert.deepEqual(mailboxOf(theCase).presumedWhole, ['gap']);
    theCase.judging.rebutGap(mailboxGuid('vera'), found, true, 'SIEM has the records');
    assert.deepEqual(mailboxOf(theCase).gaps, [gap(found.from, found.to, true, true)]);
    assert.deepEqual(mailboxOf(theCase).presumedWhole, []);
    assert.deepEqual(counts(mailboxOf(theCase)), [1, 0, 0, 1]);
    theCase.judging.rebutGap(mailboxGuid('vera'), found, false, 'it does not');
    assert.deepEqual(mailboxOf(theCase).presumedWhole, ['gap']);
    listsAgree(theCase);
  });

  it('a rebutted gap that grew matters again', async (t) => {
    const made = await caseOf(t, gapCase('2026-09-14T12:00:00'));
    const theCase = caseOn(t, made.folder);
    judge(theCase, 'evil', 'malicious');
    const [found] = mailboxOf(theCase).gaps;
    assert.ok(found !== undefined);
    theCase.judging.rebutGap(mailboxGuid('vera'), found, true, 'reason');
    const more = writeLines(made.files, 'more.jsonl', [
      bind({ id: 9, at: '2026-09-15T11:00:00', session: 'good', throttled: true }),
    ]);
    await importInto(made.folder, [more]);
    assert.deepEqual(mailboxOf(theCase).presumedWhole, ['gap']);
    assert.equal(mailboxOf(theCase).gaps[0]?.rebutted, false);
  });

  it('more than 1,000 records in 24 hours without a throttled one: suspected; from 800 a warning', async (t) => {
    const first = Date.parse('2026-09-14T00:00:00Z');
    const records = (mailbox: string, count: number) =>
      Array.from({ length: count }, (_, at) =>
        bind({
          id: `${mailbox}-${at}`,
          mailbox,
          session: mailbox,
          at: new Date(first + at * 60_000).toISOString().slice(0, 19),
          messages: [`m${at % 20}`],
        }),
      );
    const rows = [
      ...records('quiet', 799),
      ...records('near', 800),
      ...records('limit', 1000),
      ...records('over', 1001),
      ...records('said', 1001),
      bind({
        id: 'throttled',
        mailbox: 'said',
        session: 'said',
        at: '2026-09-14T16:41:00',
        throttled: true,
      }),
    ];
    const theCase = caseOn(t, (await caseOf(t, rows)).folder);
    const found = ['quiet', 'near', 'limit', 'over', 'said'].map((name) => {
      const { gaps, nearLimit } = mailboxOf(theCase, name);
      return [name, nearLimit, gaps.map(({ kind, from, to }) => `${kind} ${from} ${to}`)];
    });
    assert.deepEqual(found, [
      ['quiet', false, []],
      ['near', true, []],
      ['limit', true, []],
      ['over', true, ['suspected 2026-09-14T16:40:00Z 2026-09-15T16:40:00Z']],
      ['said', false, ['throttled 2026-09-14T16:41:00Z 2026-09-15T16:41:00Z']],
    ]);
    judge(theCase, 'over', 'malicious');
    assert.deepEqual(mailboxOf(theCase, 'over').presumedWhole, ['gap']);
  });
});

describe('Exposure 3 and beside it', () => {
  it('many single binds in an hour of a context not benign: possible bulk copy', async (t) => {
    const binds = (session: string, mailbox: string, count: number) =>
      bind({
        id: `${session}-${count}`,
        session,
        mailbox,
        messages: Array.from({ length: count }, (_, at) => `m${at}`),
      });
    const rows = [binds('many', 'vera', 500), binds('few', 'otto', 499)];
    const theCase = caseOn(t, (await caseOf(t, rows)).folder);
    assert.equal(mailboxOf(theCase).possibleBulkCopy, true);
    assert.equal(mailboxOf(theCase, 'otto').possibleBulkCopy, false);
    judge(theCase, 'many', 'benign');
    assert.equal(mailboxOf(theCase).possibleBulkCopy, false);
    judge(theCase, 'many', 'malicious');
    assert.equal(mailboxOf(theCase).possibleBulkCopy, true);
  });

  it('a bulk copy is one, too, where records do not say how many items they list', async (t) => {
    const unsaid = (id: number, mailbox: string, count: number) =>
      bind({
        id,
        mailbox,
        session: mailbox,
        messages: Array.from({ length: count }, (_, at) => `${id}-${at}`),
        over: { OperationCount: undefined },
      });
    const rows = [unsaid(1, 'vera', 250), unsaid(2, 'vera', 250), unsaid(3, 'otto', 499)];
    const theCase = caseOn(t, (await caseOf(t, rows)).folder);
    assert.equal(mailboxOf(theCase).possibleBulkCopy, true);
    assert.equal(mailboxOf(theCase, 'otto').possibleBulkCopy, false);
  });

  it('items without a message id are counted on their own, in every class', async (t) => {
    const unidentified = (id: number, session: string, item: string) =>
      bind({
        id,
        session,
        over: {
          OperationCount: 1,
          Folders: [{ Id: 'folder \\Inbox', Path: '\\Inbox', FolderItems: [{ Id: item }] }],
        },
      });
    const rows = [
      unidentified(1, 'evil', 'x'),
      unidentified(2, 'good', 'x'),
      unidentified(3, 'good', 'y'),
      unidentified(4, 'open', 'z'),
    ];
    const theCase = caseOn(t, (await caseOf(t, rows)).folder);
    judge(theCase, 'evil', 'malicious');
    judge(theCase, 'good', 'benign');
    const { messages, unidentified: counted } = theCase.summary();
    assert.deepEqual(counted, { confirmed: 1, presumed: 0, open: 1, benignOnly: 1 });
    assert.deepEqual(messages, { confirmed: 0, presumed: 0, open: 0, benignOnly: 0 });
    assert.deepEqual(classes(theCase), {
      'item:x': 'confirmed',
      'item:y': 'benignOnly',
      'item:z': 'open',
    });
  });

  it('records of malicious contexts that declare more than they list are counted', async (t) => {
    const rows = [
      bind({ id: 1, session: 'evil', over: { OperationCount: 5 } }),
      bind({ id: 2, session: 'evil' }),
      bind({ id: 3, session: 'good', over: { OperationCount: 5 } }),
    ];
    const theCase = caseOn(t, (await caseOf(t, rows)).folder);
    assert.equal(theCase.summary().itemsMissing, 0);
    judge(theCase, 'evil', 'malicious');
    assert.equal(theCase.summary().itemsMissing, 1);
  });

  it('correspondents and metadata are those of what is exposed; drafts say that they are drafts', async (t) => {
    const made = await caseOf(t, [
      bind({ id: 1, session: 'evil', messages: ['known', 'unknown'] }),
      bind({ id: 2, session: 'evil', folder: '\\Drafts', messages: ['draft'] }),
      bind({ id: 3, session: 'good', messages: ['harmless'] }),
    ]);
    const row = (id: string, sender: string, recipient: string): string =>
      `"Contoso","<${id}@fabrikam.example>","9/13/2026 7:00:00 AM","${sender}","${recipient}","About ${id}","Delivered","","192.0.2.1","4711","trace-${id}-${recipient}"`;
    const trace = join(made.files, 'trace.csv');
    writeFileSync(
      trace,
      [
        'Organization,MessageId,Received,SenderAddress,RecipientAddress,Subject,Status,ToIP,FromIP,Size,MessageTraceId',
        row('known', 'ann@fabrikam.example', 'vera@contoso.example'),
        row('harmless', 'bob@fabrikam.example', 'vera@contoso.example'),
      ].join('\r\n'),
    );
    await importInto(made.folder, [trace]);
    const theCase = caseOn(t, made.folder);
    judge(theCase, 'evil', 'malicious');
    judge(theCase, 'good', 'benign');
    const summary = theCase.summary();
    assert.deepEqual(summary.correspondents, { senders: 1, recipients: 1, outside: 1 });
    assert.deepEqual(summary.trace, {
      resolved: 2,
      unresolved: { notLookedUp: 1, draftOrNeverSent: 1 },
    });
    assert.deepEqual(summary.exposedTrace, {
      resolved: 1,
      unresolved: { notLookedUp: 1, draftOrNeverSent: 1 },
    });
    const bySubject = [...theCase.messages({})].map((message) => [
      message.internetMessageId?.split('@')[0],
      message.trace?.subject ?? message.unresolved,
    ]);
    assert.deepEqual(bySubject.toSorted(), [
      ['draft', 'draftOrNeverSent'],
      ['harmless', 'About harmless'],
      ['known', 'About known'],
      ['unknown', 'notLookedUp'],
    ]);
  });
});
