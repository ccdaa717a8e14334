import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { documentText, jsonText } from '../../source/exports/json-text.ts';

test('JSON says the same as JSON.stringify does, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.equal(JSON.parse(jsonText(text)), text);
    }),
  );
});

test('nothing in it acts on a terminal', () => {
  const hostile = '\u001b[2J\u009b31m\u0007\u2028\u2029\u202e\u007f';
  const written = jsonText({ [hostile]: hostile });
  assert.match(written, /^[\u0020-\u007e]+$/);
  assert.deepEqual(JSON.parse(written), { [hostile]: hostile });
});

test('a document begins with its schema, and a list stands one element a line', () => {
  const text = [
    ...documentText('mia.test/1', [
      ['list', { list: [{ a: 1 }, { a: 2 }] }],
      ['none', { list: [] }],
    ]),
  ].join('');
  assert.equal(text, '{"schema":"mia.test/1",\n"list":[\n{"a":1},\n{"a":2}\n],\n"none":[]}\n');
});

test('a list is written as it comes', () => {
  let asked = 0;
  const endless = (function* () {
    for (;;) yield asked++;
  })();
  const written = documentText('mia.test/1', [['list', { list: endless }]]);
  for (let pieces = 0; pieces < 10; pieces++) written.next();
  assert.ok(asked <= 10, `${asked} elements were taken for 10 pieces`);
});
