/**
 * `npm run docs` writes the parts of README.md that follow from the code (keys, commands, formats), and
 * the module of help topics. With `--check` it writes nothing, and exits 1 where one of them is stale.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { COMMANDS } from '../source/commands/registry.ts';
import { FORMATS } from '../source/formats/registry.ts';
import { commandsPart } from './docs/commands-part.ts';
import { formatsPart } from './docs/formats-part.ts';
import { keysPart } from './docs/keys-part.ts';
import { withPart } from './docs/marked-part.ts';
import { topicsModule } from './docs/topics-module.ts';

const README = fileURLToPath(new URL('../README.md', import.meta.url));

const written = readFileSync(README, 'utf8');
const parts: readonly (readonly [name: string, content: string])[] = [
  ['keys', keysPart()],
  ['commands', commandsPart(COMMANDS)],
  ['formats', formatsPart(FORMATS)],
];
const complete = parts.reduce((text, [name, content]) => withPart(text, name, content), written);
const fresh = await format(complete, { ...(await resolveConfig(README)), filepath: README });

const HELP = fileURLToPath(new URL('../source/help/', import.meta.url));
const TOPICS = join(HELP, 'topics.ts');
const topics = await format(topicsModule(HELP), {
  ...(await resolveConfig(TOPICS)),
  filepath: TOPICS,
});

/** What is written, and where. */
const files = [
  { path: README, name: 'README.md', before: written, fresh },
  {
    path: TOPICS,
    name: 'source/help/topics.ts',
    before: existsSync(TOPICS) ? readFileSync(TOPICS, 'utf8') : '',
    fresh: topics,
  },
].filter((file) => file.before !== file.fresh);

for (const file of files)
  if (process.argv.includes('--check')) {
    console.error(`${file.name} is not what the code says. Run: npm run docs`);
    process.exitCode = 1;
  } else writeFileSync(file.path, file.fresh);
