import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { forTerminal } from '../../source/domain/terminal-text.ts';

const shows = (cases: readonly [string, string][]): void => {
  for (const [text, shown] of cases) assert.equal(forTerminal(text), shown, JSON.stringify(text));
};

test('what acts on a terminal is escaped', () => {
  shows([
    ['\x1b[2J\x1b]0;owned\x07', '\\x1b[2J\\x1b]0;owned\\x07'],
    ['a\x00b\x7fc\x9b31m', 'a\\x00b\\x7fc\\x9b31m'],
    ['a\bb\vc\f', 'a\\x08b\\x0bc\\x0c'],
    ['\u0085', '\\x85'],
  ]);
});

test('what turns or hides text is escaped', () => {
  shows([
    ['invoice\u202egnp.exe', 'invoice\\u202egnp.exe'],
    ['\u2066x\u2069', '\\u2066x\\u2069'],
    ['pay\u200bpal', 'pay\\u200bpal'],
    ['\ufeffx', '\\ufeffx'],
    ['a\u00adb', 'a\\xadb'],
    ['a\u2028b\u2029', 'a\\u2028b\\u2029'],
    ['\u{e0041}', '\\u{e0041}'],
    ['a\u3164b', 'a\\u3164b'],
    ['x\ufe0f', 'x\\ufe0f'],
  ]);
});

test('what is no character is escaped', () => {
  shows([
    ['\ud83d', '\\ud83d'],
    ['\udc00x', '\\udc00x'],
    ['\ue000', '\\ue000'],
    ['\uffff', '\\uffff'],
  ]);
});

test('ordinary text of any script stays', () => {
  for (const text of [
    'RE: Wire transfer',
    'Boîte de réception',
    '会議のお知らせ',
    'שלום',
    '👍🏽 ok',
    '🇳🇱',
  ])
    assert.equal(forTerminal(text), text);
  assert.equal(forTerminal('　全角'), '　全角');
});

test('line ends, tabs and odd spaces become a space', () => {
  shows([
    ['a\r\nb\tc\nd\re', 'a b c d e'],
    ['a\u00a0b\u2003c\u202fd', 'a b c d'],
  ]);
});

test('emoji sequences come apart into characters of a known width', () => {
  shows([
    ['⚠\ufe0f Action', '⚠ Action'],
    ['👨\u200d👩\u200d👧', '👨👩👧'],
    ['❤\ufe0f\u200d🔥', '❤🔥'],
    ['a\u200db', 'a\\u200db'],
  ]);
});

test('marks stay on the text they came with, and few', () => {
  shows([
    ['e\u0301', 'e\u0301'],
    ['\u0301e', '\u25cc\u0301e'],
    [`z${'\u0300'.repeat(50)}!`, `z${'\u0300'.repeat(6)}\ufffd!`],
  ]);
});

const hostile = fc.string({
  unit: fc.oneof(
    fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
    fc.constantFrom('\x1b', '\x9b', '\u202e', '\u200d', '\ufe0f', '👩', '\r\n', '\ud800', '\u0301'),
  ),
  maxLength: 40,
});

test('domain.md, What never happens: no control or hidden character ever comes out', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const shown = forTerminal(text);
      assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u);
      assert.doesNotMatch(shown, /\p{Default_Ignorable_Code_Point}/u);
      assert.doesNotMatch(shown, /^\p{M}/u);
    }),
    { numRuns: 2000 },
  );
});

test('what came out once comes out again as it is', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      const shown = forTerminal(text);
      assert.equal(forTerminal(shown), shown);
    }),
    { numRuns: 1000 },
  );
});
