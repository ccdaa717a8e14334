import assert from 'node:assert/strict';
import { test } from 'node:test';
import { appsSchema, compareSchema } from '../../source/exports/documents/comparison.ts';
import { isObject, type JsonObject, type JsonValue } from '../../source/domain/json.ts';
import { bind, INTRUDER, OWNER } from '../case/made-records.ts';
import { assertValid } from '../exports/validator.ts';
import { type World, world } from './run-mia.ts';

const day = (number: number): string => `2026-09-${String(number).padStart(2, '0')}`;

/** The owner on ten working days, the intruder on the eleventh at night, and once more later. */
const AUDIT = [
  ...Array.from({ length: 10 }, (_, at) =>
    bind({ id: `owner-${at}`, at: `${day(at + 1)}T09:0${at}:00`, session: `owner-${at}` }),
  ),
  ...[0, 1, 2].map((at) =>
    bind({
      ...{ id: `intruder-${at}`, at: `${day(11)}T02:0${at}:00`, session: 'intruder' },
      ...{ address: INTRUDER, folder: '\\Archive', messages: [`a-${at}`] },
    }),
  ),
  bind({ id: 'again', at: `${day(12)}T03:00:00`, session: 'again', address: INTRUDER }),
];

const imported = async (here: World): Promise<void> => {
  const text = AUDIT.map((one) => `${JSON.stringify(one)}\n`).join('');
  const { code, stderr } = await here.mia('import', here.file('log.jsonl', text));
  assert.equal(code, 0, stderr);
};

const compared = async ({ mia }: World, ...keys: readonly string[]) => {
  const { stdout, stderr, code } = await mia('compare', ...keys, '--json');
  assert.equal(code, 0, stderr);
  const document = JSON.parse(stdout);
  assertValid(compareSchema, document);
  return document;
};

const objects = (value: JsonValue | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** Ratings of a field's values in the first mailbox. */
const ratings = (
  document: { readonly comparisons: readonly { readonly fields: readonly JsonObject[] }[] },
  field: string,
) =>
  objects(document.comparisons[0]?.fields.find((one) => one['field'] === field)?.['values']).map(
    ({ value, rating }) => [value, rating],
  );

test('without verdict and window the other sessions are the habit, its own are not', async (t) => {
  const here = world(t);
  await imported(here);
  const document = await compared(here, 'intruder');
  const [{ baseline }] = document.comparisons;
  assert.deepEqual(baseline, { kind: 'others', records: 11, sessions: 11, days: 11, thin: true });
  assert.deepEqual(
    ratings(document, 'address'),
    [[INTRUDER, 'seenBefore']],
    'of the session "again"',
  );
  assert.deepEqual(ratings(document, 'hour'), [['02:00', 'new']]);
  assert.deepEqual(ratings(document, 'folder'), [['\\Archive', 'new']]);
  assert.deepEqual(document.sameAddress, [
    { address: INTRUDER, contexts: { malicious: 0, benign: 0, open: 1 } },
  ]);
});

test('what is judged malicious is no habit; what is before the window is, and benign goes first', async (t) => {
  const here = world(t);
  await imported(here);
  await here.mia('mark', 'again', '--malicious');
  assert.deepEqual(ratings(await compared(here, 'intruder'), 'address'), [[INTRUDER, 'new']]);
  await here.mia('window', '--from', `${day(6)}T00:00:00Z`);
  const [{ baseline }] = (await compared(here, 'intruder')).comparisons;
  assert.deepEqual(baseline, {
    kind: 'beforeWindow',
    records: 5,
    sessions: 5,
    days: 5,
    thin: true,
  });
  await here.mia('mark', 'owner-1', 'owner-2', '--benign');
  const judged = (await compared(here, 'intruder')).comparisons[0];
  assert.equal(judged.baseline.kind, 'benign');
  assert.equal(judged.baseline.records, 2);
  await here.mia('mark', 'owner-1', 'owner-2', '--clear');
  await here.mia('mark', 'owner-8', '--benign');
  const late = (await compared(here, 'intruder')).comparisons[0].baseline;
  assert.equal(late.kind, 'beforeWindow', 'benign only after the window began');
});

test('says for people what it compared with, and that it is a hint', async (t) => {
  const here = world(t);
  await imported(here);
  await here.mia('mark', 'again', '--malicious');
  const { stdout, code } = await here.mia('compare', 'intruder');
  assert.equal(code, 0);
  assert.match(stdout, /Beside the habit in vera@contoso\.example/);
  assert.match(stdout, /10 records of 10 sessions on 10 days \(thin: hardly a habit\)/);
  assert.match(stdout, /points\. A hint where to look first, never a verdict\./);
  assert.match(stdout, /address\t203\.0\.113\.66\t3\tnew\tnever\t3/);
  assert.match(stdout, /Same address: 203\.0\.113\.66: 1 malicious\./);
  const owner = await here.mia('compare', 'owner-3');
  assert.match(
    owner.stdout,
    new RegExp(`address\\t${OWNER}\\t1\\tseen before\\t9 records, 9 days\\t\\n`),
  );
});

test('a key that matches nothing is said, and no key is wrong usage', async (t) => {
  const here = world(t);
  await imported(here);
  assert.equal((await here.mia('compare', 'nobody')).code, 1);
  assert.equal((await here.mia('compare')).code, 2);
});

test('hostile text of a record is shown harmless', async (t) => {
  const here = world(t);
  const hostile = bind({ id: 'h', session: 'h', folder: '\\\u001b[31mred' });
  await here.mia('import', here.file('log.jsonl', `${JSON.stringify(hostile)}\n`));
  const { stdout } = await here.mia('compare', 'h');
  assert.ok(!stdout.includes('\u001b'), stdout);
  assert.match(stdout, /Compared with nothing/);
});

test('mia apps lists what is known of applications, with source and date', async (t) => {
  const { mia } = world(t);
  const document = JSON.parse((await mia('apps', '--json')).stdout);
  assertValid(appsSchema, document);
  const ids = document.applications.map(({ id }: { id: string }) => id);
  assert.equal(new Set(ids).size, ids.length);
  assert.ok(ids.every((id: string) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(id)));
  assert.match((await mia('apps')).stdout, /PerfectData Software\tabused/);
});
