import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The topics of `source/help/*.md` as a module: the bundle reads no file while it runs. */
export const topicsModule = (folder: string): string => {
  const topics = readdirSync(folder)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => [basename(name, '.md'), readFileSync(join(folder, name), 'utf8')] as const);
  return [
    '/** Written by `npm run docs` from the Markdown files beside it. */',
    'export const TOPICS: Readonly<Record<string, string>> = {',
    ...topics.map(([name, text]) => `${JSON.stringify(name)}: ${JSON.stringify(text)},`),
    '};',
    '',
  ].join('\n');
};
