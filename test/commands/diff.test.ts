import assert from 'node:assert/strict';
import { cpSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { diffSchema } from '../../source/exports/documents/diff.ts';
import { assertValid } from '../exports/validator.ts';
import { auditLine, ONE, runMia, SMALL_LOG, TWO, world } from './run-mia.ts';

/** A case with one decision, and a copy of it. */
const twoCopies = async (t: TestContext) => {
  const here = world(t);
  const first = join(here.folder, 'case');
  const second = join(here.folder, 'copy');
  await here.mia('import', here.file('log.jsonl', SMALL_LOG));
  await here.mia('mark', TWO, '--benign', '--because', 'her phone');
  cpSync(first, second, { recursive: true });
  const inSecond = (...argv: readonly string[]) =>
    runMia(argv, { caseFolder: second, analyst: 'robin' });
  return { ...here, first, second, inSecond };
};

const compared = async (first: string, second: string) => {
  const { stdout, stderr, code } = await runMia(['diff', first, second, '--json']);
  assert.equal(code, 0, stderr);
  const document = JSON.parse(stdout);
  assertValid(diffSchema, document);
  return document;
};

/** Everything in a folder: names, sizes, modes and times of change. */
const treeOf = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => {
      const { size, mode, mtimeMs } = statSync(join(path, name));
      return `${name} ${size} ${mode} ${mtimeMs}`;
    })
    .sort();

test('copies that are alike differ in nothing', async (t) => {
  const { first, second } = await twoCopies(t);
  const document = await compared(first, second);
  assert.deepEqual(document.decisions, { common: 1, first: [], second: [] });
  for (const part of ['sources', 'contexts', 'classes', 'messages'])
    assert.deepEqual(document[part], [], part);
  assert.deepEqual(document.summary.first, document.summary.second);
  const { stdout } = await runMia(['diff', first, second]);
  assert.match(stdout, /^Decisions: 1 is common, and neither has others\./);
  assert.match(stdout, /Sources not the same in both: 0/);
});

test('says where two chains part, which contexts and messages they see otherwise, and why', async (t) => {
  const { mia, first, second, inSecond } = await twoCopies(t);
  await mia('mark', ONE, '--malicious', '--because', 'not her network');
  await inSecond('mark', TWO, '--malicious', '--because', 'not her phone');
  const document = await compared(first, second);
  const { decisions, contexts } = document;
  assert.equal(decisions.common, 1);
  assert.deepEqual(
    [decisions.first, decisions.second].map(([{ analyst, verdict }]) => [analyst, verdict]),
    [
      ['kim', 'malicious'],
      ['robin', 'malicious'],
    ],
  );
  assert.equal(decisions.first[0].prev, decisions.second[0].prev);
  const verdicts = contexts.map(
    (one: { first: { verdict: string }; second: { verdict: string } }) => [
      one.first.verdict,
      one.second.verdict,
    ],
  );
  assert.equal(verdicts.length, 3, 'two contexts of the one session, one of the other');
  assert.equal(verdicts.filter(([one]: string[]) => one === 'benign').length, 1);
  const benign = contexts.find(
    (one: { first: { verdict: string } }) => one.first.verdict === 'benign',
  );
  assert.equal(benign.first.decision.reason, 'her phone');
  assert.equal(benign.second.decision.analyst, 'robin');
  assert.equal(benign.second.decision.reason, 'not her phone');
  assert.deepEqual(document.classes, [
    { first: 'benignOnly', second: 'confirmed', messages: 1 },
    { first: 'confirmed', second: 'open', messages: 3 },
  ]);
  assert.equal(document.messages.length, 4);
  assert.deepEqual([document.summary.first.recorded, document.summary.second.recorded], [2, 1]);
  const { stdout } = await runMia(['diff', first, second]);
  assert.match(stdout, /then they part: the first has 1 more, the second 1\./);
  assert.match(stdout, /second {2}malicious on \w+, by robin at .*: not her phone/);
  assert.match(stdout, /messages confirmed\t2\t1\t-1/);
  assert.match(stdout, /benignOnly in the first, confirmed in the second: 1/);
});

test('sources, contexts and messages of one case alone are said as such', async (t) => {
  const { first, second, inSecond, file } = await twoCopies(t);
  const log = auditLine(9, {
    session: 'late',
    ids: ['late@contoso.example', 'aside@contoso.example'],
  });
  await inSecond('import', file('late.jsonl', log));
  await inSecond('mark', 'late', '--malicious');
  const { sources, contexts, classes, messages } = await compared(first, second);
  assert.deepEqual(
    sources.map((one: { first: null; second: string }) => [one.first, one.second]),
    [[null, 'inForce']],
  );
  assert.deepEqual([contexts.length, contexts[0].first], [1, null]);
  assert.deepEqual(classes, [{ first: null, second: 'confirmed', messages: 2 }]);
  assert.deepEqual(
    messages.map((one: { internetMessageId: string }) => one.internetMessageId),
    ['aside@contoso.example', 'late@contoso.example'],
  );
  const back = await compared(second, first);
  assert.deepEqual(back.classes, [{ first: 'confirmed', second: null, messages: 2 }]);
  await inSecond('withdraw', sources[0].sha256.slice(0, 12));
  assert.equal((await compared(first, second)).sources[0].second, 'withdrawn');
});

test('nothing of either case is changed, not even what is to be mended', async (t) => {
  const { first, second, file } = await twoCopies(t);
  file('copy/decisions.head', 'damaged\n');
  const before = [treeOf(first), treeOf(second)];
  const { stderr, code } = await runMia(['diff', first, second]);
  assert.equal(code, 0);
  assert.match(stderr, /copy: decisions\.head is damaged/);
  assert.deepEqual([treeOf(first), treeOf(second)], before);
});

test('hostile text of either case is shown harmless', async (t) => {
  const { first, second, inSecond, file } = await twoCopies(t);
  const hostile = '\u001b[2J\u202e';
  const user = `eve${hostile}@contoso.example`;
  const log = auditLine(9, { session: 'h', ids: ['h@contoso.example'], user });
  await inSecond('import', file(`h${hostile}.jsonl`, log));
  await inSecond('mark', 'h', '--malicious', '--because', hostile);
  const { stdout } = await runMia(['diff', first, second]);
  assert.doesNotMatch(stdout, /[\u001b\u202e]/);
  assert.match(stdout, /eve\\x1b\[2j/);
});

test('two cases are given, and both are there', async (t) => {
  const { first } = await twoCopies(t);
  assert.equal((await runMia(['diff'])).code, 2);
  assert.equal((await runMia(['diff', first])).code, 2);
  assert.equal((await runMia(['diff', first, first, first])).code, 2);
  const { code, stderr } = await runMia(['diff', first, join(first, 'nowhere')]);
  assert.equal(code, 1);
  assert.match(stderr, /There is no case at/);
});
