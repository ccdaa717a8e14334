import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { cellWidth, cut, cutFront, fit, fitLeft } from '../../source/console/cells.ts';
import { forTerminal } from '../../source/domain/terminal-text.ts';

test('wide characters take two cells, marks none', () => {
  assert.equal(cellWidth('abc'), 3);
  assert.equal(cellWidth('会議'), 4);
  assert.equal(cellWidth('e\u0301'), 1);
  assert.equal(cellWidth('👍🏽'), 2);
  assert.equal(cellWidth(''), 0);
});

test('text is cut with an ellipsis or padded', () => {
  assert.equal(fit('abc', 5), 'abc  ');
  assert.equal(fit('abcdef', 5), 'abcd…');
  assert.equal(fit('abcde', 5), 'abcde');
  assert.equal(fit('abcdef', 1), '…');
  assert.equal(fit('abcdef', 0), '');
  assert.equal(fit('abcdef', -3), '');
  assert.equal(fit('abcdef', 4, '~'), 'abc~');
  assert.equal(fit('abcdef', 2, '...'), 'ab');
  assert.equal(cut('abc', 5), 'abc');
});

test('of a text that ends tellingly the end is shown', () => {
  assert.equal(cutFront('/cases/contoso', 14), '/cases/contoso');
  assert.equal(cutFront('/cases/contoso', 8), '…contoso');
  assert.equal(cutFront('/cases/contoso', 8, '~'), '~contoso');
  assert.equal(cutFront('abc', 1), '…');
  assert.equal(cutFront('abc', 0), '');
  assert.equal(cutFront('会議室', 4), '…室');
  assert.equal(cutFront('会議室', 5), '…議室');
});

test('a wide character is never halved, a mark never parted from its letter', () => {
  assert.equal(fit('会議室', 4), '会… ');
  assert.equal(fit('会議室', 5), '会議…');
  assert.equal(fit('e\u0301e\u0301e\u0301', 2), 'e\u0301…');
  assert.equal(fit('ab', 1), '…');
});

test('numbers stand at the right', () => {
  assert.equal(fitLeft('1,902', 7), '  1,902');
  assert.equal(fitLeft('1,902', 5), '1,902');
  assert.equal(fitLeft('1,902', 4), '1,9…');
});

test('whatever the text, exactly the cells asked for', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 30 });
  fc.assert(
    fc.property(text, fc.integer({ min: 0, max: 40 }), (raw, width) => {
      const shown = forTerminal(raw);
      assert.equal(cellWidth(fit(shown, width)), width);
      assert.equal(cellWidth(fitLeft(shown, width)), width);
      const end = cutFront(shown, width);
      assert.ok(cellWidth(end) <= width);
      assert.ok(shown.endsWith(end.replace(/^…/, '')));
    }),
    { numRuns: 1000 },
  );
});
