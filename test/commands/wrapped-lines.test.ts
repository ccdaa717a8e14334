import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statementLines } from '../../source/domain/fetch-words.ts';
import { fittedLines } from '../../source/commands/wrapped-lines.ts';
import { sampleFetch } from '../exports/sample-case.ts';

const TERMINAL = { isTTY: true, columns: 40 };

test('what is too long for a terminal is broken at words, and goes on where its text begins', () => {
  assert.deepEqual(fittedLines('    hole       one two three four five six', TERMINAL), [
    '    hole       one two three four five',
    '               six',
  ]);
  assert.deepEqual(fittedLines('mia: the tenant does not let this account in at all', TERMINAL), [
    'mia: the tenant does not let this',
    'account in at all',
  ]);
  assert.deepEqual(fittedLines('     Wide 日本語日本語日本語日本語 日本語日本語 end', TERMINAL), [
    '     Wide 日本語日本語日本語日本語',
    '     日本語日本語 end',
  ]);
  const word = 'x'.repeat(60);
  assert.deepEqual(fittedLines(`  ${word} end`, TERMINAL), [`  ${word}`, '  end']);
});

test('what fits, and what goes into a file, is left as it is', () => {
  const line = 'a line of more than forty columns, which is one line in a file';
  assert.deepEqual(fittedLines(line, { isTTY: false, columns: 40 }), [line]);
  assert.deepEqual(fittedLines(line, { isTTY: true, columns: 80 }), [line]);
});

test('no line of the statement of a fetch is wider than the terminal', () => {
  const lines = statementLines(sampleFetch);
  assert.ok(lines.some((line) => line.length > 80));
  for (const line of lines.flatMap((one) => fittedLines(one, { isTTY: true, columns: 80 })))
    assert.ok(line.length <= 80, line);
});
