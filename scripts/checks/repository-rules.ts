/** What the linter (`.oxlintrc.json`) cannot say of the project's files, each rule with its reason. */
import { basename } from 'node:path';
import { isNameOfCase } from '../../source/store/case-folder.ts';
import { nameOf, type ProjectFile, type SyntaxNode } from './project-file.ts';

interface Rule {
  readonly sentence: string;
  readonly reason: string;
  readonly appliesTo: (path: string) => boolean;
}

/** Looks at one node of a code file at a time. */
export interface SyntaxRule extends Rule {
  readonly isBroken: (node: SyntaxNode) => boolean;
}

/** Looks at each line of any text file. */
export interface TextRule extends Rule {
  readonly pattern: RegExp;
}

/** Looks at a path. */
export interface PathRule extends Rule {
  readonly pattern: RegExp;
}

const inSource = (path: string): boolean => path.startsWith('source/');
const inTests = (path: string): boolean => path.startsWith('test/');
/** The rules themselves, and the tests that break them on purpose. */
const notTheRules = (path: string): boolean =>
  !/^(scripts\/checks\/repository-rules\.ts|test\/meta\/.*)$/.test(path);
const inPureParts = (path: string): boolean => /^source\/(domain|console)\//.test(path);

const calls = (node: SyntaxNode): string =>
  node.type === 'CallExpression' ? nameOf(node['callee']) : '';

const TEST_FUNCTION = /^(t|test|it|describe|suite|context)(\.|$)/;

const hasMutingOption = (node: SyntaxNode): boolean =>
  TEST_FUNCTION.test(calls(node)) &&
  (node['arguments'] as readonly SyntaxNode[]).some(
    (word) =>
      word.type === 'ObjectExpression' &&
      (word['properties'] as readonly SyntaxNode[]).some(({ key }) =>
        /^(only|skip|todo)$/.test(nameOf(key)),
      ),
  );

const isEmptyCollection = (node: unknown): boolean => {
  const made = node as SyntaxNode | null;
  if (made?.type === 'ArrayExpression') return (made['elements'] as unknown[]).length === 0;
  return (
    made?.type === 'NewExpression' &&
    /^(Map|Set)$/.test(nameOf(made['callee'])) &&
    (made['arguments'] as unknown[]).length === 0
  );
};

const KEY_NAME = /(^|\.)(key|keyName|press|input|char)(\.(name|key|text|input))?$/;

const isKeyLiteral = (node: SyntaxNode): boolean => {
  const pairs: readonly (readonly [unknown, unknown])[] =
    node.type === 'BinaryExpression' && /^[!=]==$/.test(String(node['operator']))
      ? [
          [node['left'], node['right']],
          [node['right'], node['left']],
        ]
      : node.type === 'SwitchStatement'
        ? (node['cases'] as readonly SyntaxNode[]).map(
            (one) => [node['discriminant'], one['test']] as const,
          )
        : [];
  return pairs.some(
    ([name, literal]) =>
      KEY_NAME.test(nameOf(name)) &&
      typeof (literal as { readonly value?: unknown } | null)?.value === 'string',
  );
};

const SQL = /^\s*(PRAGMA|SELECT|WITH|INSERT|UPDATE|DELETE|CREATE|DROP|ALTER|BEGIN|COMMIT)\b/;

/** What a string or template begins with; empty for anything else. */
const beginningOf = (node: SyntaxNode | undefined): string => {
  if (node?.type === 'Literal') return String(node['value']);
  const [first] = (node?.['quasis'] ?? []) as readonly SyntaxNode[];
  return (first?.['value'] as { readonly raw: string } | undefined)?.raw ?? '';
};

/** Whatever a database prepares, and what it executes. */
const asksDatabase = (node: SyntaxNode): boolean => {
  const callee = node['callee'] as SyntaxNode | undefined;
  if (node.type !== 'CallExpression' || callee?.type !== 'MemberExpression') return false;
  const method = nameOf(callee['property']);
  const [first] = node['arguments'] as readonly SyntaxNode[];
  if (method === 'prepare') return first !== undefined;
  return (
    method === 'exec' &&
    (SQL.test(beginningOf(first)) || /(^|\.)db$/.test(nameOf(callee['object'])))
  );
};

export const SYNTAX_RULES: readonly SyntaxRule[] = [
  {
    sentence: 'No test is skipped, postponed or run alone.',
    reason:
      'A suite that leaves something out says less than it seems to. t.skip(WHY) is for what a ' +
      'machine lacks; where CI is set, a test skipped so fails the run.',
    appliesTo: inTests,
    isBroken: (node) =>
      /^(test|it|describe|suite)\.(only|skip|todo)$|^(t|context)\.todo$/.test(calls(node)) ||
      hasMutingOption(node),
  },
  {
    sentence: 'Domain and console read no clock.',
    reason: 'Time comes in as a value, so that the same input gives the same answer.',
    appliesTo: inPureParts,
    isBroken: (node) =>
      calls(node) === 'Date' ||
      (node.type === 'NewExpression' &&
        nameOf(node['callee']) === 'Date' &&
        (node['arguments'] as unknown[]).length === 0),
  },
  {
    sentence: 'SQL stands in store/ and nowhere else.',
    reason: 'What the tables mean is known in one place; add a question to store/queries/.',
    appliesTo: (path) => inSource(path) && !path.startsWith('source/store/'),
    isBroken: asksDatabase,
  },
  {
    sentence: 'A module keeps no state.',
    reason: 'Two cases in one process, and two tests, must not meet; make it in a function.',
    appliesTo: inSource,
    isBroken: (node) =>
      node.type === 'Program' &&
      (node['body'] as readonly SyntaxNode[])
        .map((one) => (one.type === 'ExportNamedDeclaration' ? one['declaration'] : one))
        .some((one) => {
          const declared = one as SyntaxNode | null;
          if (declared?.type !== 'VariableDeclaration') return false;
          const made = declared['declarations'] as readonly SyntaxNode[];
          return declared['kind'] !== 'const' || made.some(({ init }) => isEmptyCollection(init));
        }),
  },
  {
    sentence: 'Importing a module does nothing.',
    reason: 'Only the entries act when loaded; all else waits to be called.',
    appliesTo: (path) => inSource(path) && !/^source\/(cli|launch)\.ts$|-worker\.ts$/.test(path),
    isBroken: (node) =>
      node.type === 'Program' &&
      (node['body'] as readonly SyntaxNode[]).some(
        (one) => one.type === 'ExpressionStatement' && (one['directive'] ?? null) === null,
      ),
  },
  {
    sentence: 'Nothing is made another type by way of unknown.',
    reason:
      'What was read from outside is checked first (domain/schema-flaw.ts). Only streams that stand in ' +
      'for those of Node, and calls by their names, which no type can follow, are exempt.',
    appliesTo: (path) =>
      inSource(path) &&
      !/^source\/(screens\/|case\/(start-case-service|case-client|case-worker)\.ts$)/.test(path),
    isBroken: (node) => {
      const inner = node['expression'] as SyntaxNode | undefined;
      const through = inner?.['typeAnnotation'] as SyntaxNode | undefined;
      return (
        node.type === 'TSAsExpression' &&
        inner?.type === 'TSAsExpression' &&
        through?.type === 'TSUnknownKeyword'
      );
    },
  },
  {
    sentence: 'Keys stand in the command list and nowhere else.',
    reason: 'Footer, help, palette and README are made from that list; a key beside it is in none.',
    appliesTo: (path) =>
      /^source\/(console|screens)\//.test(path) && !path.startsWith('source/console/keys/'),
    isBroken: isKeyLiteral,
  },
];

export const TEXT_RULES: readonly TextRule[] = [
  {
    sentence: 'SQLite is asked as Node 22.15 can.',
    reason: 'It knows neither ?1, ?2 by position nor rows as arrays, timeouts or isTransaction.',
    appliesTo: inSource,
    pattern: /[\s=(,]\?[1-9]|setReturnArrays|\.isTransaction\b|DatabaseSync\([^)]*timeout/,
  },
  {
    sentence: 'No path of one machine is committed.',
    reason: 'It is right there only, and says things about its owner.',
    appliesTo: notTheRules,
    pattern: /\/work\/(main|shared|\.library)|\/root\/|\.\.\/shared\//,
  },
  {
    sentence: 'No registry host is committed.',
    reason: 'Which registry a machine uses is its own affair.',
    appliesTo: notTheRules,
    pattern: /registry\.npmjs\.org|registry\.yarnpkg\.com|deb\.debian\.org/,
  },
];

export const PATH_RULES: readonly PathRule[] = [
  {
    sentence: 'A file is named for what it holds.',
    reason: 'Under these names anything fits, and so anything ends up there.',
    appliesTo: (path) => /^(source|test|scripts)\//.test(path),
    pattern: /(^|\/)(utils?|helpers?|managers?|types|common|misc)(\.|\/|-)/,
  },
  {
    sentence: 'No part of a case is committed.',
    reason: 'It is somebody’s evidence or decisions, or what a program left where it was started.',
    appliesTo: (path) => isNameOfCase(basename(path)),
    pattern: /^/,
  },
];

/** For tests: whether a rule looks at this file at all. */
export const rulesFor = <R extends Rule>(rules: readonly R[], { path }: ProjectFile): R[] =>
  rules.filter((rule) => rule.appliesTo(path));
