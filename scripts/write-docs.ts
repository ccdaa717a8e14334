/**
 * `npm run docs` writes the parts of README.md that follow from the code: keys, commands, formats.
 * With `--check` it writes nothing, and exits 1 where the README is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { COMMANDS } from '../source/commands/registry.ts';
import { FORMATS } from '../source/formats/registry.ts';
import { commandsPart } from './docs/commands-part.ts';
import { formatsPart } from './docs/formats-part.ts';
import { keysPart } from './docs/keys-part.ts';
import { withPart } from './docs/marked-part.ts';

const README = fileURLToPath(new URL('../README.md', import.meta.url));

const written = readFileSync(README, 'utf8');
const parts: readonly (readonly [name: string, content: string])[] = [
  ['keys', keysPart()],
  ['commands', commandsPart(COMMANDS)],
  ['formats', formatsPart(FORMATS)],
];
const complete = parts.reduce((text, [name, content]) => withPart(text, name, content), written);
const fresh = await format(complete, { ...(await resolveConfig(README)), filepath: README });

if (process.argv.includes('--check')) {
  if (fresh !== written) {
    console.error('README.md is not what the code says. Run: npm run docs');
    process.exitCode = 1;
  }
} else writeFileSync(README, fresh);
