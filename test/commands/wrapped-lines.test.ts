import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statementLines } from '../../source/domain/fetches/fetch-words.ts';
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

test('what is received and not new is named, and damaged rows are not taken for rows that came twice', () => {
  const records = (over: object): string =>
    statementLines({ ...sampleFetch, records: 7256, newRecords: 2824, damaged: 0, ...over })
      .find((line) => line.includes('records  '))
      ?.trim() ?? '';
  const received = 'records    7,256 received, 2,824 new';
  assert.equal(records({}), `${received}, 4,432 already in the case or received twice`);
  assert.equal(records({ damaged: 4432 }), received);
  assert.match(records({ api: 'activity' }), /, 4,432 of other operations, already in the case or/);
});
