import assert from 'node:assert/strict';
import test from 'node:test';
import { terminalGrid } from '../../scripts/picture/terminal-grid.ts';
import { terminalPicture } from '../../scripts/picture/terminal-picture.ts';

const plain = { background: null, bold: false, dim: false };

test('a grid joins cells of one style and counts wide characters as two', async () => {
  const { lines } = await terminalGrid('ab\u001b[31mcd\u001b[0m 日本\r\n\u001b[1;2;7mx', 12, 3);
  assert.deepEqual(lines, [
    [
      { column: 0, columns: 2, text: 'ab', colour: null, ...plain },
      { column: 2, columns: 2, text: 'cd', colour: '#ef6b73', ...plain },
      { column: 4, columns: 8, text: ' 日本   ', colour: null, ...plain },
    ],
    [
      {
        ...{ column: 0, columns: 1, text: 'x', colour: '#16181d', background: '#d7dae0' },
        ...{ bold: true, dim: true },
      },
    ],
    [],
  ]);
});

test('colours of the palette and true colours keep their value', async () => {
  const output = '\u001b[38;5;196ma\u001b[38;5;240mb\u001b[38;2;1;2;3mc';
  const { lines } = await terminalGrid(output, 3, 1);
  assert.deepEqual(
    lines[0]?.map(({ colour }) => colour),
    ['#ff0000', '#585858', '#010203'],
  );
});

test('a picture is the same for the same grid, and text cannot become markup', async () => {
  const grid = await terminalGrid('</text><script>"&', 20, 2);
  const picture = terminalPicture(grid, 'a <title>');
  assert.equal(picture, terminalPicture(grid, 'a <title>'));
  assert.match(picture, /<title>a &lt;title&gt;<\/title>/);
  assert.match(picture, />&lt;\/text&gt;&lt;script&gt;&quot;&amp; *<\/text>/);
  assert.ok(!picture.includes('<script'));
  assert.match(picture, /width="196" height="64"/);
});
