import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markdownExport } from '../../../source/exports/report/md/md.ts';
import {
  markdownCode,
  markdownCodeInCell,
  markdownText,
} from '../../../source/exports/report/md/markdown-text.ts';
import { hostileCase, HOSTILE } from './hostile-case.ts';

const lines = (): readonly string[] =>
  [...markdownExport.parts[0].text(hostileCase())].join('').split('\n');

test('markup of every kind becomes plain text on one line', () => {
  for (const [raw, written] of [
    ['a|b', 'a\\|b'],
    ['`code`', '\\`code\\`'],
    ['<b>&lt;', '\\<b\\>\\&lt;'],
    ['[x](http://evil.example)', '\\[x\\](http\\://evil.example)'],
    ['see www.evil.example', 'see www\\.evil.example'],
    ['# heading', '\\# heading'],
    ['- item', '\\- item'],
    ['12. item', '&#49;2. item'],
    ['a\r\n\r\nb', 'a  b'],
    ['a\u202eb\u001b[2J', 'a\\\\u202eb\\\\x1b\\[2J'],
    ['\\Inbox\\2024', '\\\\Inbox\\\\2024'],
  ] as const)
    assert.equal(markdownText(raw), written);
});

test('code holds any run of ticks, and bars end no cell', () => {
  assert.equal(markdownCode('a ``b'), '``` a ``b ```');
  assert.equal(markdownCodeInCell('a | b'), '`a \\| b`');
});

test('every row of a table has its cells, whatever is in them', () => {
  let columns = 0;
  for (const line of lines()) {
    if (!line.startsWith('|')) {
      columns = 0;
      continue;
    }
    const cells = line.replaceAll(/\\\\|\\\|/g, '').split('|').length;
    if (columns === 0) columns = cells;
    assert.equal(cells, columns, line);
  }
});

test('no text of a record begins a block, a link or HTML, or acts on a terminal', () => {
  for (const line of lines()) {
    assert.doesNotMatch(line, /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    const outside = line
      .replaceAll(/(`+)(?!`).*?[^`]\1(?!`)/g, '')
      .replaceAll(/\\[!-/:-@[-`{-~]/g, '');
    assert.doesNotMatch(outside, /[<>[\]]|https?:|www\./, line);
  }
  assert.ok(!markdownText(HOSTILE).includes('\n'));
});
