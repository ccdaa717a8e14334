import assert from 'node:assert/strict';
import test from 'node:test';
import { repositoryFindings } from '../../scripts/checks/repository.ts';
import { PATH_RULES, SYNTAX_RULES, TEXT_RULES } from '../../scripts/checks/repository-rules.ts';

const broken = (path: string, text: string): readonly string[] =>
  repositoryFindings([{ path, text }]).map(({ rule }) => rule);

interface Example {
  readonly rule: string;
  readonly breaks: readonly (readonly [path: string, text: string])[];
  readonly keeps: readonly (readonly [path: string, text: string])[];
}

const EXAMPLES: readonly Example[] = [
  {
    rule: 'No test is skipped, postponed or run alone.',
    breaks: [
      ['test/a.test.ts', "test.skip('x', () => {});"],
      ['test/a.test.ts', "describe.only('x', () => {});"],
      ['test/a.test.ts', "test('x', { todo: true }, () => {});"],
      ['test/a.test.ts', "test('x', (t) => t.todo('later'));"],
    ],
    keeps: [['test/a.test.ts', "test('x', { timeout: 5 }, (t) => t.skip('no zstd here'));"]],
  },
  {
    rule: 'Domain and console read no clock.',
    breaks: [['source/domain/a.ts', 'export const f = () => new Date();']],
    keeps: [
      ['source/domain/a.ts', 'export const f = (t: string) => new Date(t);'],
      ['source/case/a.ts', 'export const f = () => new Date();'],
    ],
  },
  {
    rule: 'SQL stands in store/ and nowhere else.',
    breaks: [
      ['source/case/a.ts', "export const f = (s: S) => s.open.db.prepare('SELECT 1').get();"],
      ['source/case/a.ts', 'export const f = (s: S) => s.db().prepare(ONE);'],
      ['source/import/a.ts', "export const f = (x: X) => x.exec('PRAGMA foreign_keys = ON');"],
      ['source/import/a.ts', 'export const f = (db: D) => db.exec(TABLES);'],
    ],
    keeps: [
      ['source/store/queries/a.ts', "export const f = (db: D) => db.prepare('SELECT 1').get();"],
      ['source/case/a.ts', 'export const f = (s: S) => s.search.prepare();'],
      ['source/domain/a.ts', 'export const f = (t: string) => NAME.exec(t)?.[1];'],
    ],
  },
  {
    rule: 'A module keeps no state.',
    breaks: [
      ['source/domain/a.ts', 'let count = 0; export const f = () => count++;'],
      ['source/case/a.ts', 'const seen = new Map<string, number>(); export const f = () => seen;'],
      ['source/case/a.ts', 'export const all: string[] = [];'],
    ],
    keeps: [['source/domain/a.ts', "export const WORDS = new Set(['a']); export const L = ['b'];"]],
  },
  {
    rule: 'Importing a module does nothing.',
    breaks: [['source/case/a.ts', 'start();']],
    keeps: [
      ['source/import/import-worker.ts', 'start();'],
      ['source/cli.ts', 'await main();'],
    ],
  },
  {
    rule: 'Nothing is made another type by way of unknown.',
    breaks: [['source/store/a.ts', 'export const f = (a: A) => a as unknown as B;']],
    keeps: [
      ['source/store/a.ts', 'export const f = (a: unknown) => [a as B, a as unknown];'],
      ['source/screens/a.ts', 'export const f = (a: A) => a as unknown as NodeJS.ReadStream;'],
    ],
  },
  {
    rule: 'Keys stand in the command list and nowhere else.',
    breaks: [
      ['source/screens/a.tsx', "export const f = (key: string) => key === 'j';"],
      [
        'source/console/actions/a.ts',
        "export const f = (e: E) => { switch (e.key) { case 'q': } };",
      ],
    ],
    keeps: [
      ['source/console/keys/a.ts', "export const f = (key: string) => key === 'j';"],
      ['source/screens/a.tsx', "export const f = (kind: string) => kind === 'j';"],
    ],
  },
  {
    rule: 'SQLite is asked as Node 22.15 can.',
    breaks: [
      ['source/store/a.ts', "export const sql = 'DELETE FROM a WHERE b = ?1';"],
      ['source/store/a.ts', 'export const f = (s: S) => s.setReturnArrays(true);'],
      ['source/store/a.ts', 'export const f = (db: D) => db.isTransaction;'],
      ['source/store/a.ts', 'export const f = (p: string) => new DatabaseSync(p, { timeout: 9 });'],
    ],
    keeps: [['source/store/a.ts', "export const sql = 'DELETE FROM a WHERE b = ?';"]],
  },
  {
    rule: 'No path of one machine is committed.',
    breaks: [['test/fixtures/a.csv', 'x,/root/case/a.csv']],
    keeps: [['README.md', 'work/main, the root/ folder']],
  },
  {
    rule: 'No registry host is committed.',
    breaks: [['.npmrc', 'registry=https://registry.npmjs.org/']],
    keeps: [['README.md', 'the npm registry']],
  },
  {
    rule: 'A file is named for what it holds.',
    breaks: [
      ['source/domain/utils.ts', ''],
      ['source/common/a.ts', ''],
      ['test/helpers/a.ts', ''],
      ['scripts/types.ts', ''],
    ],
    keeps: [['source/domain/context-manager-name.ts', '']],
  },
  {
    rule: 'No part of a case is committed.',
    breaks: [
      ['decisions.jsonl', ''],
      ['case.lock-journal', ''],
      ['cache/case.json', ''],
      ['test/fixtures/decisions.torn-20261124.jsonl', ''],
      ['a/records.db-wal', ''],
    ],
    keeps: [
      ['package-lock.json', ''],
      ['source/store/case-lock.ts', ''],
      ['test/store/decisions.test.ts', ''],
    ],
  },
];

for (const { rule, breaks, keeps } of EXAMPLES) {
  test(rule, () => {
    for (const [path, text] of breaks)
      assert.deepEqual(broken(path, text), [rule], `${path}: ${text}`);
    for (const [path, text] of keeps) assert.deepEqual(broken(path, text), [], `${path}: ${text}`);
  });
}

test('every rule has its example', () => {
  const rules = [...SYNTAX_RULES, ...TEXT_RULES, ...PATH_RULES].map(({ sentence }) => sentence);
  assert.deepEqual(new Set(EXAMPLES.map(({ rule }) => rule)), new Set(rules));
});

test('a finding says where', () => {
  const text = '\n\nexport const f = () => new Date();\n';
  const [found] = repositoryFindings([{ path: 'source/domain/a.ts', text }]);
  assert.equal(found?.line, 3);
  assert.equal(found?.found, 'new Date();');
});
