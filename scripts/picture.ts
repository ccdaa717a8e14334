/**
 * `npm run picture` draws the console on the demo case, as the built program shows it in a real
 * terminal (tmux), into test/golden/console.svg. With `--check` it only says whether that is stale.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { demoOnTerminal } from './picture/demo-on-terminal.ts';
import { terminalGrid } from './picture/terminal-grid.ts';
import { terminalPicture } from './picture/terminal-picture.ts';

const FILE = fileURLToPath(new URL('../test/golden/console.svg', import.meta.url));
const SIZE = { columns: 120, rows: 36 };

const output = await demoOnTerminal(SIZE);
const grid = await terminalGrid(output, SIZE.columns, SIZE.rows);
const picture = terminalPicture(grid, 'mia: sessions with verdicts, their messages, the exposure');

if (process.argv.includes('--check')) {
  if (picture !== readFileSync(FILE, 'utf8')) {
    console.error('test/golden/console.svg is not what the console shows. Run: npm run picture');
    process.exitCode = 1;
  }
} else writeFileSync(FILE, picture);
