/** Holds the imports of source/ against `import-rules.ts`. */
import { posix } from 'node:path';
import { LAYERS, type Layer, PACKAGE_RULES, UNKNOWN_LAYER } from './import-rules.ts';
import {
  type Finding,
  isCode,
  lineAt,
  nodesOf,
  type ProjectFile,
  syntaxOf,
} from './project-file.ts';

export interface ImportedName {
  /** As written: `../domain/session.ts`, `ink`. */
  readonly specifier: string;
  readonly typeOnly: boolean;
  readonly offset: number;
}

/** All of a file's imports: static, re-exports, dynamic ones and `import('…')` types. */
export const importsOf = (file: ProjectFile): readonly ImportedName[] => {
  const { module, program } = syntaxOf(file);
  const written = [
    ...module.staticImports.map(({ start, moduleRequest, entries }) => ({
      specifier: moduleRequest.value,
      typeOnly: entries.length > 0 && entries.every(({ isType }) => isType),
      offset: start,
    })),
    ...module.staticExports.flatMap(({ start, entries }) => {
      const [first] = entries;
      if (first?.moduleRequest == null) return [];
      const typeOnly = entries.every(({ isType }) => isType);
      return [{ specifier: first.moduleRequest.value, typeOnly, offset: start }];
    }),
  ];
  const inside = [...nodesOf(program)].flatMap((node) => {
    if (node.type !== 'ImportExpression' && node.type !== 'TSImportType') return [];
    const source = node['source'] as { readonly value?: unknown };
    if (typeof source.value !== 'string') return [];
    const typeOnly = node.type === 'TSImportType';
    return [{ specifier: source.value, typeOnly, offset: node.start }];
  });
  return [...written, ...inside];
};

const layerNameOf = (path: string): string => path.split('/')[1] ?? '';

/** null: allowed. */
const brokenBy = (path: string, layer: Layer | undefined, use: ImportedName) => {
  if (!use.specifier.startsWith('.')) {
    return PACKAGE_RULES.find(
      ({ packages, only, typesAllowed }) =>
        packages.test(use.specifier) &&
        !only.test(path) &&
        !(use.typeOnly && typesAllowed === true),
    );
  }
  const target = posix.join(posix.dirname(path), use.specifier);
  if (target === 'package.json') return undefined;
  if (!target.startsWith('source/')) {
    return {
      sentence: 'The product imports nothing from tests or scripts.',
      reason: 'It is shipped without them; move what it needs into source/.',
    };
  }
  const name = layerNameOf(target);
  if (layer === undefined) return UNKNOWN_LAYER;
  if (name === layer.name || layer.mayImport.includes(name)) return undefined;
  return use.typeOnly && layer.typesOnly?.includes(name) === true ? undefined : layer;
};

export const importFindings = (files: readonly ProjectFile[]): readonly Finding[] =>
  files
    .filter(({ path }) => path.startsWith('source/') && isCode(path))
    .flatMap((file) => {
      const layer = LAYERS.find(({ name }) => name === layerNameOf(file.path));
      return importsOf(file).flatMap((use) => {
        const rule = brokenBy(file.path, layer, use);
        if (rule === undefined) return [];
        const line = lineAt(file.text, use.offset);
        const { sentence, reason } = rule;
        return [{ path: file.path, line, rule: sentence, reason, found: use.specifier }];
      });
    });
