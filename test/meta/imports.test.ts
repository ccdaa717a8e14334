import assert from 'node:assert/strict';
import test from 'node:test';
import { importFindings, importsOf } from '../../scripts/checks/imports.ts';
import { LAYERS, PACKAGE_RULES } from '../../scripts/checks/import-rules.ts';

const findings = (path: string, text: string) =>
  importFindings([{ path, text }]).map(({ rule, found, line }) => ({ rule, found, line }));

const sentenceOf = (layer: string): string => {
  const found = LAYERS.find(({ name }) => name === layer);
  assert.ok(found);
  return found.sentence;
};

const FORBIDDEN: readonly (readonly [path: string, specifier: string])[] = [
  ['source/domain/access.ts', '../formats/format.ts'],
  ['source/formats/audit/hawk.ts', '../../store/case-file.ts'],
  ['source/exports/csv/cell.ts', '../../case/case.ts'],
  ['source/store/case-file.ts', '../formats/registry.ts'],
  ['source/tenant/sign-in.ts', '../store/case-file.ts'],
  ['source/import/run-import.ts', '../case/case.ts'],
  ['source/case/case.ts', '../tenant/connect.ts'],
  ['source/case/case.ts', '../acquire/task.ts'],
  ['source/acquire/task.ts', '../screens/app.tsx'],
  ['source/console/state.ts', '../screens/app.tsx'],
  ['source/screens/app.tsx', '../case/case.ts'],
  ['source/commands/mark.ts', '../store/case-file.ts'],
  ['source/runtime/work.ts', '../screens/app.tsx'],
  ['source/cli.ts', './case/case.ts'],
  ['source/launch.ts', './runtime.ts'],
  ['source/quiet-sqlite.ts', './domain/json.ts'],
  ['source/help/topic-text.ts', '../domain/json.ts'],
  ['source/threads/connection.ts', '../case/case.ts'],
  ['source/engines/session-plan.ts', '../tenant/connect.ts'],
];

for (const [path, specifier] of FORBIDDEN) {
  test(`${path} may not import ${specifier}`, () => {
    const rule = sentenceOf(path.split('/')[1] ?? '');
    const found = [{ rule, found: specifier, line: 2 }];
    assert.deepEqual(findings(path, `\nimport { x } from '${specifier}';`), found);
    assert.deepEqual(findings(path, `\nexport { x } from '${specifier}';`), found);
    assert.deepEqual(findings(path, `\nexport * from '${specifier}';`), found);
    assert.deepEqual(findings(path, `\nconst x = await import('${specifier}');`), found);
    assert.deepEqual(findings(path, `\ntype X = import('${specifier}').X;`), found);
  });
}

test('every layer but the runtime, which joins all, is seen to forbid something', () => {
  const tried = FORBIDDEN.map(([path]) => path.split('/')[1]);
  const layers = LAYERS.map(({ name }) => name).filter((name) => name !== 'runtime.ts');
  assert.deepEqual(new Set(tried), new Set(layers));
});

test('what the map allows is let through', () => {
  assert.deepEqual(findings('source/case/a.ts', "import { x } from '../store/case-file.ts';"), []);
  assert.deepEqual(findings('source/domain/a.ts', "import { x } from './json.ts';"), []);
  assert.deepEqual(findings('source/runtime.ts', "import { x } from './screens/app.tsx';"), []);
  assert.deepEqual(findings('source/cli.ts', "import x from '../package.json';"), []);
});

test('the console may import types of the case, and nothing else of them', () => {
  const path = 'source/console/state.ts';
  assert.deepEqual(findings(path, "import type { A } from '../case/case-client.ts';"), []);
  assert.deepEqual(findings(path, "import { type A } from '../case/case-client.ts';"), []);
  for (const text of ['import { type A, b }', 'import', 'import * as all']) {
    const from = text === 'import' ? '' : ' from';
    const [found] = findings(path, `${text}${from} '../case/case-client.ts';`);
    assert.equal(found?.rule, sentenceOf('console'), text);
  }
});

const PACKAGES: readonly (readonly [path: string, specifier: string])[] = [
  ['source/domain/access.ts', 'node:crypto'],
  ['source/console/state.ts', 'node:fs'],
  ['source/import/import.ts', 'node:https'],
  ['source/import/import.ts', '@azure/msal-node'],
  ['source/case/case.ts', 'node:child_process'],
  ['source/console/state.ts', 'react'],
  ['source/commands/sessions.ts', 'ink'],
  ['source/case/case.ts', 'node:sqlite'],
  ['source/case/case.ts', 'lowdb/node'],
  ['source/import/import.ts', 'meow'],
];

for (const [path, specifier] of PACKAGES) {
  test(`${path} may not import ${specifier}`, () => {
    const [found, ...more] = findings(path, `import x from '${specifier}';`);
    assert.deepEqual(more, []);
    assert.equal(found?.found, specifier);
    assert.ok(PACKAGE_RULES.some(({ sentence }) => sentence === found?.rule));
  });
}

test('types of the database may be named outside the store, those of React not', () => {
  const path = 'source/import/import.ts';
  assert.deepEqual(findings(path, "import type { DatabaseSync } from 'node:sqlite';"), []);
  assert.equal(findings(path, "import type { FC } from 'react';").length, 1);
});

test('the product may not lean on tests or scripts, nor grow a folder that is not on the map', () => {
  const [scripts] = findings('source/case/a.ts', "import x from '../../scripts/build.ts';");
  assert.match(scripts?.rule ?? '', /nothing from tests or scripts/);
  const [folder] = findings('source/widgets/a.ts', "import x from '../domain/json.ts';");
  assert.match(folder?.rule ?? '', /on the map/);
});

test('words that only look like imports are none', () => {
  const text = `
    // import { a } from '../store/a.ts';
    const text = "import { a } from '../store/a.ts'";
    const more = \`export * from '../store/a.ts'\`;
    const pattern = /import\\('..\\/store'\\)/;
  `;
  assert.deepEqual(importsOf({ path: 'source/domain/a.ts', text }), []);
});
