/** The files the checks read: all that git holds or would hold, with their syntax where they have one. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, type ParseResult } from 'oxc-parser';

export interface ProjectFile {
  /** From the project's root, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** What breaks a rule, where; `line` is 1-based. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly reason: string;
  /** The offending words. */
  readonly found: string;
}

/** A node of the syntax tree (ESTree with TypeScript), as far as the rules look at it. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [field: string]: unknown;
}

const isBinary = (bytes: Buffer): boolean => bytes.subarray(0, 8192).includes(0);

/** Committed files and new ones that no .gitignore names; binary ones left out. */
export const projectFiles = (root: string): readonly ProjectFile[] =>
  execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 2 ** 20,
  })
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(root, path)))
    .map((path) => ({ path, bytes: readFileSync(join(root, path)) }))
    .filter(({ bytes }) => !isBinary(bytes))
    .map(({ path, bytes }) => ({ path, text: bytes.toString('utf8') }));

export const isCode = (path: string): boolean => /\.(ts|tsx|mjs)$/.test(path);

const parsed = new WeakMap<ProjectFile, ParseResult>();

/** Syntax and imports of a code file. Throws where it does not parse. */
export const syntaxOf = (file: ProjectFile): ParseResult => {
  const known = parsed.get(file);
  if (known !== undefined) return known;
  const result = parseSync(file.path, file.text);
  const [error] = result.errors;
  if (error !== undefined) throw new Error(`${file.path}: ${error.message}`);
  parsed.set(file, result);
  return result;
};

export const lineAt = (text: string, offset: number): number =>
  text.slice(0, offset).split('\n').length;

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === 'object' && value !== null && typeof (value as SyntaxNode).type === 'string';

/** Every node below `node`, itself first. */
export function* nodesOf(node: unknown): Generator<SyntaxNode> {
  if (Array.isArray(node)) {
    for (const element of node) yield* nodesOf(element);
  } else if (isNode(node)) {
    yield node;
    for (const [field, value] of Object.entries(node)) {
      if (field !== 'type' && typeof value === 'object') yield* nodesOf(value);
    }
  }
}

/** `process.argv` of a member expression, as written without `?` and spaces. */
export const nameOf = (node: unknown): string => {
  if (!isNode(node)) return '';
  if (node.type === 'Identifier' || node.type === 'JSXIdentifier') return String(node['name']);
  if (node.type === 'MemberExpression' && node['computed'] !== true) {
    return `${nameOf(node['object'])}.${nameOf(node['property'])}`;
  }
  return node.type === 'ChainExpression' ? nameOf(node['expression']) : '';
};
