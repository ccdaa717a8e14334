/** Holds files against `repository-rules.ts`. */
import {
  type Finding,
  isCode,
  lineAt,
  nodesOf,
  type ProjectFile,
  syntaxOf,
} from './project-file.ts';
import { PATH_RULES, rulesFor, SYNTAX_RULES, TEXT_RULES } from './repository-rules.ts';

const firstLine = (text: string): string => (text.split('\n')[0] ?? '').trim().slice(0, 100);

const syntaxFindings = (file: ProjectFile): readonly Finding[] => {
  const rules = isCode(file.path) ? rulesFor(SYNTAX_RULES, file) : [];
  if (rules.length === 0) return [];
  return [...nodesOf(syntaxOf(file).program)].flatMap((node) =>
    rules
      .filter((rule) => rule.isBroken(node))
      .map(({ sentence, reason }) => ({
        path: file.path,
        line: lineAt(file.text, node.start),
        rule: sentence,
        reason,
        found: node.type === 'Program' ? file.path : firstLine(file.text.slice(node.start)),
      })),
  );
};

const textFindings = (file: ProjectFile): readonly Finding[] => {
  const rules = rulesFor(TEXT_RULES, file);
  return file.text.split('\n').flatMap((text, index) =>
    rules.flatMap(({ pattern, sentence, reason }) => {
      const [found] = pattern.exec(text) ?? [];
      if (found === undefined) return [];
      return [{ path: file.path, line: index + 1, rule: sentence, reason, found }];
    }),
  );
};

const pathFindings = (file: ProjectFile): readonly Finding[] =>
  rulesFor(PATH_RULES, file)
    .filter(({ pattern }) => pattern.test(file.path))
    .map(({ sentence, reason }) => {
      return { path: file.path, line: 1, rule: sentence, reason, found: file.path };
    });

export const repositoryFindings = (files: readonly ProjectFile[]): readonly Finding[] =>
  files.flatMap((file) => [...syntaxFindings(file), ...textFindings(file), ...pathFindings(file)]);
