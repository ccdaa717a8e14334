/** A small case of which every answer is worked out by hand. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { JsonObject } from '../../source/domain/json.ts';
import type {
  MessageQuery,
  SessionQuery,
  SessionSort,
  MessageSort,
} from '../../source/case/lists/list-queries.ts';
import type { CaseClient } from '../../source/case/case-client.ts';
import { importInto, writeLines } from '../import/temporary-case.ts';
import { clientOn } from './followed-case.ts';
import { bind, INTRUDER, mailboxGuid, OWNER, recordId, sync } from './made-records.ts';
import { temporaryFolder } from '../import/temporary-case.ts';

/** Sessions in the order of their first time: owner, evil, otto, none (derived). */
const AUDIT: readonly JsonObject[] = [
  bind({ id: 1, at: '2026-09-14T06:00:00', session: 'owner', messages: ['a', 'b'] }),
  bind({ id: 2, at: '2026-09-14T07:00:00', session: 'evil', address: INTRUDER, messages: ['b'] }),
  bind({
    id: 3,
    at: '2026-09-14T08:00:00',
    session: 'evil',
    address: INTRUDER,
    messages: ['c'],
    folder: '\\Réunions',
  }),
  bind({ id: 4, at: '2026-09-14T09:00:00', session: 'evil', address: OWNER, messages: ['d'] }),
  sync({
    id: 5,
    at: '2026-09-14T10:00:00',
    session: 'otto',
    mailbox: 'otto',
    address: '192.0.2.9',
    folder: 'Inbox',
  }),
  bind({
    id: 6,
    at: '2026-09-14T11:00:00',
    session: null,
    messages: ['a'],
    over: { ClientInfoString: 'Client=REST;;' },
  }),
  bind({ id: 7, at: '2026-09-14T21:00:00', session: 'owner', messages: ['e'] }),
];

const TRACE = [
  'MessageId,Received,SenderAddress,RecipientAddress,Subject,Status,Size,MessageTraceId',
  ...[
    ['a', 'zoe@fabrikam.example', 'Réunion du lundi'],
    ['b', 'adam@fabrikam.example', 'Wire transfer details'],
    ['c', 'mia@fabrikam.example', 'Quarterly figures'],
  ].map(
    ([id, sender, subject]) =>
      `<${id}@fabrikam.example>,2026-09-13T06:00:00Z,${sender},vera@contoso.example,${subject},Delivered,10,t-${id}`,
  ),
].join('\n');

describe('the case as the console asks for it', () => {
  let client: CaseClient;
  let folder = '';
  let files = '';
  let path = '';
  const ends: (() => unknown)[] = [];
  const context = { after: (end: unknown) => void ends.unshift(end as () => unknown) };
  const query = (over: Partial<SessionQuery> = {}): SessionQuery => ({
    filter: {},
    sort: 'firstSeen',
    search: '',
    ...over,
  });
  const messageQuery = (over: Partial<MessageQuery> = {}): MessageQuery => ({
    scope: { of: 'case' },
    filter: {},
    sort: 'accessed',
    search: '',
    ...over,
  });
  const sessionNames = async (over: Partial<SessionQuery> = {}): Promise<readonly string[]> =>
    (await client.sessions.page(query(over), 0, 100)).rows.map((row) => row.sessionId ?? 'derived');
  const messageNames = async (over: Partial<MessageQuery> = {}): Promise<readonly string[]> =>
    (await client.messages.page(messageQuery(over), 0, 100)).rows.map(
      (row) => row.internetMessageId?.split('@')[0] ?? '',
    );
  const keyOf = async (name: string): Promise<string> => {
    const { rows } = await client.sessions.page(query(), 0, 100);
    return rows.find((row) => (row.sessionId ?? 'derived') === name)?.key ?? '';
  };

  before(async () => {
    files = temporaryFolder(context);
    folder = join(files, 'case');
    path = writeLines(files, 'audit.jsonl', AUDIT);
    writeFileSync(join(files, 'trace.csv'), TRACE);
    await importInto(folder, [path, join(files, 'trace.csv')]);
    client = await clientOn(context, folder);
  });
  after(async () => {
    for (const end of ends) await end();
  });

  it('gives windows of sessions, with their figures', async () => {
    const all = await client.sessions.page(query(), 0, 100);
    assert.equal(all.total, 4);
    const two = await client.sessions.page(query(), 1, 2);
    assert.deepEqual([two.from, two.total, two.rows], [1, 4, all.rows.slice(1, 3)]);
    assert.deepEqual((await client.sessions.page(query(), 9, 5)).rows, []);
    const evil = all.rows.find((row) => row.sessionId === 'evil');
    assert.deepEqual(
      [evil?.records, evil?.binds, evil?.syncs, evil?.operations, evil?.messages],
      [3, 3, 0, 3, 3],
    );
    assert.deepEqual(evil?.addresses, [OWNER, INTRUDER]);
    assert.equal(evil?.contextCount, 2);
    assert.equal(evil?.verdict, null);
    // The case spans 15 hours in 16 slices: hours 1, 2 and 3 after the start fall in slices 1, 2 and 3.
    assert.deepEqual(evil?.activity, [0, 1, 1, 1, ...new Array<number>(12).fill(0)]);
  });

  const orders: readonly (readonly [SessionSort, readonly string[]])[] = [
    ['firstSeen', ['owner', 'evil', 'otto', 'derived']],
    ['lastSeen', ['owner', 'derived', 'otto', 'evil']],
    ['user', ['otto', 'owner', 'derived', 'evil']],
    ['address', ['otto', 'owner', 'derived', 'evil']],
    ['messages', ['owner', 'evil', 'derived', 'otto']],
  ];
  for (const [sort, expected] of orders)
    it(`sorts sessions by ${sort}`, async () => {
      assert.deepEqual(await sessionNames({ sort }), expected);
    });

  it('filters sessions by one context that matches everything', async () => {
    assert.deepEqual(await sessionNames({ filter: { users: ['OTTO'] } }), ['otto']);
    assert.deepEqual(await sessionNames({ filter: { users: ['Otto@Contoso.Example'] } }), ['otto']);
    assert.deepEqual(await sessionNames({ filter: { addresses: [INTRUDER] } }), ['evil']);
    assert.deepEqual(await sessionNames({ filter: { addresses: ['192.0.2.0/24'] } }), ['otto']);
    assert.deepEqual(await sessionNames({ filter: { clients: ['desktop'] } }), ['otto']);
    const since = '2026-09-14T09:00:00Z';
    assert.deepEqual(await sessionNames({ filter: { since } }), [
      'owner',
      'evil',
      'otto',
      'derived',
    ]);
    // At nine the intruder's session was at the owner's address: no one context matches both.
    assert.deepEqual(await sessionNames({ filter: { since, addresses: [INTRUDER] } }), []);
    assert.deepEqual(await sessionNames({ filter: { until: '2026-09-14T07:00:00Z' } }), ['owner']);
    await assert.rejects(
      client.sessions.page(query({ filter: { addresses: ['192.0.2.0/99'] } }), 0, 1),
      /192\.0\.2\.0/,
    );
  });

  it('finds sessions by what is in them, also mistyped', async () => {
    assert.deepEqual(await sessionNames({ search: INTRUDER }), ['evil']);
    assert.deepEqual(await sessionNames({ search: 'otto DESKTOP' }), ['otto']);
    assert.deepEqual(await sessionNames({ search: 'otto rest' }), []);
    assert.deepEqual(await sessionNames({ search: 'desktpo' }), ['otto']);
  });

  it('knows where a session stands, and the keys of a range', async () => {
    const evil = await keyOf('evil');
    assert.equal(await client.sessions.position(query(), evil), 1);
    assert.equal(await client.sessions.position(query({ filter: { users: ['otto'] } }), evil), -1);
    assert.equal(await client.sessions.position(query(), 'none'), -1);
    assert.deepEqual(await client.sessions.sizes(query(), 1, 3), [
      { key: evil, records: 3, group: null },
      { key: await keyOf('otto'), records: 1, group: null },
    ]);
  });

  it('lists messages of the case, of sessions, of a context, of what is malicious', async () => {
    assert.deepEqual(await messageNames(), ['e', 'a', 'd', 'c', 'b']);
    const evil = await keyOf('evil');
    assert.deepEqual(await messageNames({ scope: { of: 'sessions', keys: [evil] } }), [
      'd',
      'c',
      'b',
    ]);
    const contexts = await client.sessions.contexts(evil);
    assert.deepEqual(
      contexts.map(({ address, records }) => [address, records]),
      [
        [INTRUDER, 2],
        [OWNER, 1],
      ],
    );
    const key = contexts[0]?.key ?? '';
    assert.deepEqual(await messageNames({ scope: { of: 'context', key } }), ['c', 'b']);
    assert.deepEqual(await messageNames({ scope: { of: 'malicious' } }), []);
    assert.deepEqual(await messageNames({ filter: { addresses: [INTRUDER] } }), ['c', 'b']);
    const { rows, total } = await client.messages.page(messageQuery(), 1, 2);
    assert.deepEqual(
      [total, rows.length, rows[0]?.accesses, rows[0]?.sessions.length],
      [5, 2, 2, 2],
    );
    assert.equal(rows[0]?.firstAccess, '2026-09-14T06:00:00Z');
    assert.equal(rows[0]?.lastAccess, '2026-09-14T11:00:00Z');
    assert.equal(rows[0]?.trace?.subject, 'Réunion du lundi');
  });

  const messageOrders: readonly (readonly [MessageSort, readonly string[]])[] = [
    ['sender', ['b', 'c', 'a', 'e', 'd']],
    ['subject', ['c', 'a', 'b', 'e', 'd']],
    ['folder', ['e', 'a', 'd', 'b', 'c']],
  ];
  for (const [sort, expected] of messageOrders)
    it(`sorts messages by ${sort}, those without one last`, async () => {
      assert.deepEqual(await messageNames({ sort }), expected);
    });

  it('finds messages by words, without accents, also mistyped', async () => {
    assert.deepEqual(await messageNames({ search: 'wire' }), ['b']);
    assert.deepEqual(await messageNames({ search: 'TRANSFER adam' }), ['b']);
    assert.deepEqual(await messageNames({ search: 'transfer zoe' }), []);
    assert.deepEqual((await messageNames({ search: 'reunion' })).toSorted(), ['a', 'c']);
    assert.deepEqual((await messageNames({ search: 'RÉUNION' })).toSorted(), ['a', 'c']);
    assert.deepEqual(await messageNames({ search: 'quartrely' }), ['c']);
    assert.deepEqual(await messageNames({ search: 'zzzzqqqq' }), []);
  });

  it('lists records of a context, and shows each byte for byte as it came', async () => {
    const [context] = await client.sessions.contexts(await keyOf('evil'));
    const { rows, total } = await client.records.page(context?.key ?? '', 0, 10);
    assert.equal(total, 2);
    assert.deepEqual(
      rows.map(({ id, time, access, folders, items }) => [id, time, access, folders, items]),
      [
        [recordId(2), '2026-09-14T07:00:00Z', 'bind', ['\\Inbox'], 1],
        [recordId(3), '2026-09-14T08:00:00Z', 'bind', ['\\Réunions'], 1],
      ],
    );
    assert.deepEqual((await client.records.page(context?.key ?? '', 1, 1)).rows, [rows[1]]);
    assert.deepEqual((await client.records.page('none', 0, 1)).rows, []);
    const raw = await client.records.raw(rows[1]?.row ?? -1);
    assert.equal(raw.text, JSON.stringify(AUDIT[2]));
    assert.equal(raw.pretty, JSON.stringify(AUDIT[2], null, 2));
    assert.deepEqual([raw.file, raw.line, raw.unavailable, raw.alsoIn], [path, 3, null, []]);
    await assert.rejects(client.records.raw(123_456), /no longer/);
  });

  it('knows the newest record of a session, a context, a message', async () => {
    const idOf = async (row: number | null): Promise<string> =>
      (await client.records.raw(row ?? -1)).id;
    const owner = await keyOf('owner');
    assert.equal(await idOf(await client.records.newest({ session: owner })), recordId(7));
    const [context] = await client.sessions.contexts(await keyOf('evil'));
    const context_ = context?.key ?? '';
    assert.equal(await idOf(await client.records.newest({ context: context_ })), recordId(3));
    const { rows } = await client.messages.page(messageQuery(), 0, 5);
    const newest = await Promise.all(
      rows.map(async ({ row }) => idOf(await client.records.newest({ message: row }))),
    );
    assert.deepEqual(newest, [7, 6, 4, 3, 2].map(recordId));
    assert.equal(await client.records.newest({ session: 'none' }), null);
  });

  it('says what an address reaches', async () => {
    const reach = await client.judging.reachOf(OWNER);
    // The owner's session, one context of the intruder's, and the derived session.
    assert.deepEqual([reach.contexts.length, reach.sessions, reach.messages], [3, 3, 4]);
    assert.equal(reach.service, false);
    assert.equal((await client.judging.reachOf('192.0.2.77')).contexts.length, 0);
  });

  it('judges, and the overview follows', async () => {
    const evil = await keyOf('evil');
    const outcome = await client.judging.mark({
      verdict: 'malicious',
      sessions: [evil],
      contexts: [],
      reason: 'why',
    });
    assert.deepEqual(
      [outcome.sessions, outcome.contexts, outcome.replaced, outcome.confirmedAfter],
      [1, 2, 0, 3],
    );
    const overview = await client.case.overview();
    assert.deepEqual(overview.summary.messages, {
      confirmed: 3,
      presumed: 0,
      open: 2,
      benignOnly: 0,
    });
    assert.deepEqual(overview.span, { from: '2026-09-14T06:00:00Z', to: '2026-09-14T21:00:00Z' });
    assert.deepEqual(overview.rows, {
      accepted: 7,
      damaged: 0,
      conflicts: 0,
      duplicates: 0,
      sideEvents: 0,
      otherOperations: 0,
    });
    assert.deepEqual(overview.traceRows, { rows: 3, accepted: 3, damaged: 0 });
    assert.deepEqual(await sessionNames({ sort: 'verdict' }), ['evil', 'owner', 'derived', 'otto']);
    assert.deepEqual(await sessionNames({ filter: { verdict: 'malicious' } }), ['evil']);
    assert.deepEqual(await messageNames({ scope: { of: 'malicious' }, sort: 'class' }), [
      'd',
      'c',
      'b',
    ]);
    assert.deepEqual(await messageNames({ sort: 'class' }), ['d', 'c', 'b', 'e', 'a']);
    assert.deepEqual(await messageNames({ filter: { class: 'open' } }), ['e', 'a']);
    const [first, second] = await client.sessions.contexts(evil);
    await client.judging.mark({
      verdict: 'benign',
      sessions: [],
      contexts: [second?.key ?? ''],
      reason: null,
    });
    assert.deepEqual(await sessionNames({ filter: { verdict: 'mixed' } }), ['evil']);
    const again = await client.judging.mark({
      verdict: 'benign',
      sessions: [evil],
      contexts: [],
      reason: null,
    });
    assert.equal(again.replaced, 1);
    assert.equal(first?.verdict, 'malicious');
    assert.equal((await client.judging.undo())?.confirmedAfter, 2);
    assert.equal((await client.judging.redo())?.confirmedAfter, 0);
    for (let turn = 0; turn < 3; turn += 1) assert.notEqual(await client.judging.undo(), null);
    assert.equal(await client.judging.undo(), null);
    await assert.rejects(
      client.judging.mark({
        verdict: 'malicious',
        sessions: [evil, 'none'],
        contexts: [],
        reason: null,
      }),
      /no session none/,
    );
    assert.equal((await client.case.overview()).summary.messages.confirmed, 0);
  });

  it('states windows, rebuts gaps, and shows them in the strip of a session', async () => {
    await client.judging.setWindow(
      null,
      '2026-09-13T00:00:00Z',
      '2026-09-15T00:00:00Z',
      'sign-ins',
    );
    assert.deepEqual((await client.case.overview()).window, {
      from: '2026-09-13T00:00:00Z',
      to: '2026-09-15T00:00:00Z',
    });
    await assert.rejects(
      client.judging.setWindow(null, '2026-09-15T00:00:00Z', '2026-09-13T00:00:00Z', null),
      /ends before/,
    );
    await importInto(folder, [
      writeLines(files, 'gap.jsonl', [
        bind({ id: 8, at: '2026-09-14T12:00:00', session: 'owner', throttled: true }),
      ]),
    ]);
    const gap = { from: '2026-09-14T12:00:00Z', to: '2026-09-15T12:00:00Z' };
    const vera = async () =>
      (await client.case.overview()).summary.mailboxes.find(
        ({ guid }) => guid === mailboxGuid('vera'),
      );
    assert.deepEqual((await vera())?.gaps, [
      { ...gap, kind: 'throttled', matters: true, meets: 'accessWindow', rebutted: false },
    ]);
    assert.deepEqual((await vera())?.presumedWhole, ['gap']);
    const { rows } = await client.sessions.page(query(), 0, 100);
    const strip = (name: string) => rows.find((row) => row.sessionId === name)?.gapSlices;
    // Noon is six of fifteen hours into the case: slice 6 of 16, and all that follow.
    assert.deepEqual(
      strip('owner'),
      Array.from({ length: 16 }, (_, at) => at >= 6),
    );
    assert.equal(strip('otto')?.includes(true), false);
    await client.judging.rebutGap(
      mailboxGuid('vera'),
      { ...gap, kind: 'throttled' },
      true,
      'nothing was lost',
    );
    assert.deepEqual((await vera())?.presumedWhole, []);
  });
});

describe('a raw record', () => {
  it('of a UTF-16LE file is the row as it stands there; its AuditData is set out', async (t) => {
    const files = temporaryFolder(t);
    const audit = JSON.stringify(bind({ id: 1, folder: '\\Réunions ✓' }));
    const row = `2026-09-14T08:05:00.0000000Z,vera@contoso.example,MailItemsAccessed,"${audit.replaceAll('"', '""')}"`;
    const other = `2026-09-14T08:05:00.0000000Z,vera@contoso.example,MailItemsAccessed,"${JSON.stringify(bind({ id: 1 })).replaceAll('"', '""')}"`;
    const path = join(files, 'utf16.csv');
    writeFileSync(
      path,
      Buffer.from(
        `\ufeffCreationDate,UserIds,Operations,AuditData\r\n${row}\r\n${other}\r\n${row}\r\n`,
        'utf16le',
      ),
    );
    for (const keep of [true, false]) {
      const folder = join(files, keep ? 'kept' : 'left');
      await importInto(folder, [path], { keep });
      const client = await clientOn(t, folder);
      const { rows } = await client.sessions.page({ filter: {}, sort: 'user', search: '' }, 0, 1);
      const number = await client.records.newest({ session: rows[0]?.key ?? '' });
      const raw = await client.records.raw(number ?? -1);
      assert.equal(raw.text, row);
      assert.equal(raw.pretty, JSON.stringify(JSON.parse(audit), null, 2));
      assert.equal(raw.line, 2);
      assert.deepEqual(
        raw.alsoIn.map(({ line, outcome }) => [line, outcome]),
        [
          [4, 'duplicate'],
          [3, 'conflict'],
        ],
      );
    }
  });

  it('of a file left where it was says so when that is gone, or changed', async (t) => {
    const files = temporaryFolder(t);
    const folder = join(files, 'case');
    const path = writeLines(files, 'log.jsonl', [bind({ id: 1 })]);
    await importInto(folder, [path], { keep: false });
    const client = await clientOn(t, folder);
    const { rows } = await client.sessions.page({ filter: {}, sort: 'user', search: '' }, 0, 1);
    const number = (await client.records.newest({ session: rows[0]?.key ?? '' })) ?? -1;
    assert.equal((await client.records.raw(number)).unavailable, null);
    const whole = readFileSync(path);
    for (const [content, reason] of [
      [Buffer.from(JSON.stringify(bind({ id: 2, messages: ['x'] }))), /is not what was imported/],
      [Buffer.from(whole.toString().replace('record-1', 'record-2')), /is not what was imported/],
      [null, /log\.jsonl is gone/],
    ] as const) {
      if (content === null) rmSync(path);
      else writeFileSync(path, content);
      const raw = await client.records.raw(number);
      assert.deepEqual([raw.text, raw.pretty], ['', '']);
      assert.match(raw.unavailable ?? '', reason);
    }
    // Changed after the import, though of the same size and id: the hash is what tells.
    writeFileSync(path, whole.toString().replace('first@', 'thief@'));
    const later = new Date('2026-12-01T00:00:00Z');
    utimesSync(path, later, later);
    assert.match((await client.records.raw(number)).unavailable ?? '', /is not what was imported/);
    writeFileSync(path, whole);
    utimesSync(path, later, later);
    assert.equal((await client.records.raw(number)).unavailable, null);
  });
});
