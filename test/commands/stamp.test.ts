import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stampSchema } from '../../source/exports/documents/stamp.ts';
import { assertValid } from '../exports/validator.ts';
import { ONE, SMALL_LOG, TWO, world, type World } from './run-mia.ts';

const STAMP = /^[0-9A-Z]{5}(-[0-9A-Z]{5}){3}$/;

const judged = async (here: World): Promise<void> => {
  await here.mia('import', here.file('log.jsonl', SMALL_LOG));
  await here.mia('mark', ONE, '--malicious');
};

const stamped = async ({ mia }: World) => {
  const { stdout, code } = await mia('stamp', '--json');
  assert.equal(code, 0);
  const document = JSON.parse(stdout);
  assertValid(stampSchema, document);
  return document;
};

test('prints the head of the decisions as an export has it, with the figures', async (t) => {
  const here = world(t);
  await judged(here);
  const document = await stamped(here);
  assert.match(document.stamp, STAMP);
  assert.equal(document.decisions, 1);
  assert.deepEqual(document.last, { at: '2026-09-26T10:00:00Z', analyst: 'kim' });
  assert.deepEqual([document.intact, document.sources, document.recorded], [true, 1, 2]);
  const exported = JSON.parse((await here.mia('export')).stdout);
  assert.equal(document.decisionsHead, exported.decisionsHead);
  const { stdout } = await here.mia('stamp');
  const [first, second] = stdout.split('\n');
  assert.equal(first, document.stamp);
  assert.match(second ?? '', /^of 1 decision, the last: malicious on \w+, by kim at /);
  assert.match(stdout, /2 \+ 1 without id messages recorded in contexts judged malicious/);
});

test('mia verify --stamp says where a decision stands, however it is spelled', async (t) => {
  const here = world(t);
  await judged(here);
  const { stamp } = await stamped(here);
  const { stdout, code } = await here.mia('verify', '--quick', '--stamp', stamp);
  assert.equal(code, 0, stdout);
  assert.match(stdout, /ok {4}decisions: stamp .* is decision 1 of 1, the last one: malicious on/);
  assert.doesNotMatch(stdout, /only a head kept elsewhere/);
  await here.mia('mark', TWO, '--benign');
  const typed = stamp.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
  const later = await here.mia('verify', '--quick', '--stamp', typed);
  assert.equal(later.code, 0);
  assert.match(later.stdout, /is decision 1 of 2, 1 was added since/);
});

test('a mistyped stamp is told from one of another case', async (t) => {
  const here = world(t);
  await judged(here);
  const { stamp } = await stamped(here);
  const mistyped = `${stamp[0] === '7' ? '8' : '7'}${stamp.slice(1)}`;
  const near = await here.mia('verify', '--quick', '--stamp', mistyped);
  assert.equal(near.code, 1);
  assert.match(near.stdout, new RegExp(`is mistyped, and but for that is decision 1 .*${stamp}`));
  const far = await here.mia('verify', '--quick', '--stamp', '12345-12345-12345-12345');
  assert.match(far.stdout, /WRONG decisions: stamp .* is mistyped: one of its characters/);
  const other = world(t);
  await other.mia('import', other.file('log.jsonl', SMALL_LOG));
  await other.mia('mark', TWO, '--malicious');
  const foreign = await other.mia('verify', '--quick', '--stamp', stamp);
  assert.equal(foreign.code, 1);
  assert.match(foreign.stdout, /is not of this case: it is none of its 1 decision/);
});

test('what is no stamp is wrong usage', async (t) => {
  const here = world(t);
  await judged(here);
  for (const typed of ['7K2MX', 'UUUUU-UUUUU-UUUUU-UUUUU', '\u001b[2J'])
    assert.equal((await here.mia('verify', '--stamp', typed)).code, 2, typed);
  assert.equal((await here.mia('stamp', 'more')).code, 2);
});

test('a case without decisions has no stamp', async (t) => {
  const here = world(t);
  await here.mia('import', here.file('log.jsonl', SMALL_LOG));
  const document = await stamped(here);
  assert.deepEqual([document.stamp, document.decisionsHead, document.last], [null, null, null]);
  const { stdout } = await here.mia('stamp');
  assert.match(stdout, /^No decision yet, and so no stamp\./);
  const zeros = await here.mia('verify', '--quick', '--stamp', '00000-00000-00000-00000');
  assert.equal(zeros.code, 1);
});

test('changed decisions are said beside the stamp', async (t) => {
  const here = world(t);
  await judged(here);
  here.file('case/decisions.head', 'nothing of the kind\n');
  assert.equal((await stamped(here)).intact, false);
  assert.match((await here.mia('stamp')).stdout, /Something is wrong with the decisions/);
});
