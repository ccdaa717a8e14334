import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TenantRefusal } from '../../../source/tenant/http/refusal.ts';
import { askBatch, type MailboxAsking } from '../../../source/tenant/mailbox/ask-batch.ts';
import { findItems } from '../../../source/tenant/mailbox/find-items.ts';
import { findMessages } from '../../../source/tenant/mailbox/find-messages.ts';
import { translateIds } from '../../../source/tenant/mailbox/translate-ids.ts';
import { testClock } from '../test-clock.ts';

interface Part {
  readonly id: string;
  readonly url: string;
  readonly headers?: Record<string, string>;
}

type Answers = (parts: readonly Part[], round: number) => unknown;

/** A tenant that answers batches from a function, and translating with what `translate` says. */
const askingOf = (answers: Answers, translate: () => unknown = () => ({ value: [] })) => {
  const rounds: (readonly Part[])[] = [];
  const translations: unknown[] = [];
  const clock = testClock();
  const post: MailboxAsking['post'] = (place, body) => {
    const given =
      place === '/v1.0/$batch'
        ? answers(
            (body as { requests: Part[] }).requests,
            rounds.push((body as { requests: Part[] }).requests),
          )
        : (translations.push(body), translate());
    const text = typeof given === 'string' ? given : JSON.stringify(given);
    return Promise.resolve(Buffer.from(text));
  };
  const { signal } = new AbortController();
  const asking: MailboxAsking = {
    ...{ post, clock, signal, graph: 'https://graph.example' },
    onWait: () => undefined,
  };
  return { asking, rounds, translations, clock };
};

const answered = (id: string, body: object = {}) => ({ id, status: 200, body });
const parts = ['1', '2', '3'].map((id) => ({ id, url: `/users/x/messages/${id}` }));

test('after the longest wait any part was given, only those are asked that were put off', async () => {
  const { asking, rounds, clock } = askingOf((asked, round) => ({
    responses: asked
      .map(({ id }) =>
        round === 1 && id !== '2'
          ? { id, status: 429, headers: { 'Retry-After': id === '1' ? '5' : '30' }, body: {} }
          : answered(id),
      )
      .reverse(),
  }));
  const ends = await askBatch(asking, parts);
  assert.deepEqual(
    [...ends.values()].map(({ end }) => end),
    ['answered', 'answered', 'answered'],
  );
  assert.deepEqual(
    rounds.map((round) => round.map(({ id }) => id)),
    [
      ['1', '2', '3'],
      ['1', '3'],
    ],
  );
  assert.deepEqual(clock.slept, [30_000]);
});

test('a part that an answer lacks is asked for again, and given up after a while', async () => {
  const { asking, rounds } = askingOf((asked) => ({
    responses: asked.filter(({ id }) => id !== '2').map(({ id }) => answered(id)),
  }));
  const ends = await askBatch(asking, parts);
  assert.equal(ends.get('2')?.end, 'refused');
  assert.equal(ends.get('1')?.end, 'answered');
  assert.equal(rounds.length, 4);
  for (const broken of ['', '<html>', '{"responses":{}}', '[]']) {
    const other = askingOf(() => broken);
    assert.deepEqual(
      [...(await askBatch(other.asking, parts)).values()].map(({ end }) => end),
      ['refused', 'refused', 'refused'],
    );
  }
});

test('a part that is put off each time is given up after a while, whatever it is put off by', async () => {
  for (const [status, most, kind] of [
    [429, 31, 'throttled'],
    [503, 9, 'server'],
    [403, 4, 'permission'],
    [401, 2, 'sign-in'],
  ] as const) {
    const { asking, rounds } = askingOf((asked) => ({
      responses: asked.map(({ id }) => (id === '2' ? { id, status, body: {} } : answered(id))),
    }));
    const end = (await askBatch(asking, parts)).get('2');
    assert.deepEqual([end?.end === 'refused' && end.kind, rounds.length], [kind, most]);
  }
});

test('more parts than a batch takes are a mistake of ours', () => {
  const many = Array.from({ length: 21 }, (_, at) => ({ id: String(at), url: '/x' }));
  assert.throws(() => askBatch(askingOf(() => '').asking, many), RangeError);
});

test('hits on further pages are hits, and a next page elsewhere is not followed', async () => {
  const hit = (id: string) => ({ id, internetMessageId: '<a@x>' });
  const next = (link: string) => ({ '@odata.nextLink': link });
  const { asking, rounds } = askingOf(([part]) => {
    const body = part?.url.includes('skip')
      ? { value: [hit('2')], ...next('https://elsewhere.example/v1.0/users/x?skip=2') }
      : { value: [hit('1')], ...next('https://graph.example/v1.0/users/x?$skip=1') };
    return { responses: [answered('1', body)] };
  });
  const result = (await findMessages(asking, 'x', ['a@x'])).get('a@x');
  assert.deepEqual(result?.result === 'found' && result.hits.map(({ id }) => id), ['1', '2']);
  assert.deepEqual(rounds[1]?.[0]?.url, '/users/x?$skip=1');
});

test('a server that does not look at case gives no message the metadata of another', async () => {
  const { asking } = askingOf(() => ({
    responses: [answered('1', { value: [{ id: 'r', internetMessageId: '<A@X>' }] })],
  }));
  assert.equal((await findMessages(asking, 'x', ['a@x'])).get('a@x')?.result, 'none');
});

const ITEM = Buffer.from([70, ...new Uint8Array(70).fill(1), 15]).toString('base64');
const LASTING = Buffer.from([46, ...new Uint8Array(46).fill(2), 0]).toString('base64');
const GUID = '1a0b7c9e-2222-4333-8444-555566667777';

const gone = { status: 404, body: { error: { code: 'ErrorItemNotFound' } } };
const malformed = { status: 400, body: { error: { code: 'ErrorInvalidIdMalformed' } } };

test('an id that was worked out wrongly is translated after all', async () => {
  const { asking, translations } = askingOf(
    ([part]) => ({
      responses: [part?.url.includes('right') ? answered(part.id) : { id: part?.id, ...malformed }],
    }),
    () => {
      const [{ inputIds }] = translations.slice(-1) as [{ inputIds: string[] }];
      return { value: inputIds.map((sourceId) => ({ sourceId, targetId: 'right' })) };
    },
  );
  const item = { itemId: ITEM, immutableId: null };
  const ends = await findItems(asking, { name: 'x', guid: GUID }, [item]);
  assert.equal(ends.get(item)?.result, 'found');
  assert.deepEqual(
    (translations as { sourceIdType: string }[]).map(({ sourceIdType }) => sourceIdType),
    ['entryId'],
  );
});

test('the last place to look are the recoverable items, by the id that stays', async () => {
  const { asking, rounds } = askingOf(
    ([part]) => ({
      responses: [
        part?.url.includes('recoverableitemsdeletions')
          ? answered(part.id)
          : { id: part?.id, ...gone },
      ],
    }),
    () => ({
      value: [{ sourceId: Buffer.alloc(46, 2).toString('base64url') + '2', targetId: 'lasting' }],
    }),
  );
  const item = { itemId: ITEM, immutableId: LASTING };
  const ends = await findItems(asking, { name: 'x', guid: GUID }, [item]);
  assert.equal(ends.get(item)?.result, 'found');
  const asked = rounds.map(([part]) => [part?.url.split('?')[0], part?.headers?.['Prefer']]);
  assert.equal(asked.length, 3);
  assert.deepEqual(asked.slice(1), [
    ['/users/x/messages/lasting', 'IdType="ImmutableId"'],
    ['/users/x/mailFolders/recoverableitemsdeletions/messages/lasting', 'IdType="ImmutableId"'],
  ]);
});

test('ids are translated a thousand at a time, and one that spoils the others is left out', async () => {
  const { asking, translations } = askingOf(
    () => '',
    () => {
      const [{ inputIds }] = translations.slice(-1) as [{ inputIds: string[] }];
      if (inputIds.includes('1200'))
        throw new TenantRefusal('', '', {
          kind: 'request',
          status: 400,
          codes: [],
          serverMessage: null,
        });
      return { value: inputIds.map((sourceId) => ({ sourceId, targetId: `to-${sourceId}` })) };
    },
  );
  const ids = Array.from({ length: 1500 }, (_, at) => String(at));
  const targets = await translateIds(asking, 'x', 'entryId', ids);
  assert.deepEqual(
    ids.filter((id) => targets.get(id) !== `to-${id}`),
    ['1200'],
  );
  const sizes = (translations as { inputIds: string[] }[]).map(({ inputIds }) => inputIds.length);
  assert.equal(Math.max(...sizes), 1000);
});

const LISTS = 'https://graph.example/v1.0/users/x/messages?$skip=1';
const hit = (messageId: string) => ({ id: 'r', internetMessageId: `<${messageId}>` });

test('what is no list of messages says nothing of what is there', async () => {
  for (const body of [{}, { value: null }, { '@odata.context': 'x' }]) {
    const { asking } = askingOf((asked) => ({
      responses: asked.map(({ id }) => answered(id, body)),
    }));
    const result = (await findMessages(asking, 'x', ['a@x'])).get('a@x');
    assert.equal(result?.result, 'refused');
  }
});

test('copies on a page that could not be had are said to be missing, and are no miss', async () => {
  const broken = (id: string) => ({ id, status: 400, body: { error: { code: 'BadRequest' } } });
  for (const [next, answer] of [
    [LISTS, broken],
    [LISTS, (id: string) => answered(id, {})],
    // For ever more of them, as whoever sends a mail a thousand times would like it.
    [LISTS, (id: string) => answered(id, { value: [], '@odata.nextLink': LISTS })],
    ['https://other.example/v1.0/users/x/messages', broken],
  ] as const)
    for (const [first, end] of [
      ['A@x', 'refused'],
      ['a@x', 'found'],
    ] as const) {
      const { asking } = askingOf((asked) => ({
        responses: asked.map(({ id, url }) =>
          url.includes('$skip')
            ? answer(id)
            : answered(id, { value: [hit(first)], '@odata.nextLink': next }),
        ),
      }));
      const result = (await findMessages(asking, 'x', ['a@x'])).get('a@x');
      assert.equal(result?.result, end);
      assert.ok(result.result !== 'found' || result.rest !== null);
    }
});

test('recoverable items that do not answer leave it open whether a copy lies there', async () => {
  const { asking } = askingOf((asked) => ({
    responses: asked.map(({ id, url }) =>
      url.includes('recoverable')
        ? { id, status: 400, body: { error: { code: 'BadRequest' } } }
        : answered(id, { value: [hit('a@x')] }),
    ),
  }));
  const result = (await findMessages(asking, 'x', ['a@x'], true)).get('a@x');
  assert.ok(result?.result === 'found');
  assert.deepEqual(result.rest?.codes, ['BadRequest']);
});
