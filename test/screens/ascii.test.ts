import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { toAscii } from '../../source/screens/ascii.ts';

describe('text in a locale that is not UTF-8', () => {
  it('keeps the meaning of what the screens are drawn with', () => {
    assert.equal(toAscii('── Sessions 66 ──'), '-- Sessions 66 --');
    assert.equal(toAscii('▁▂▃▄▅▆▇█ ╳ ▓▓░'), '_.-=+*## x ##.');
    assert.equal(toAscii('9ac41f… — · ± ↓ → “x” ’'), '9ac41f~ - . + v > "x" \'');
  });

  it('takes accents off, and asks where nothing is alike', () => {
    assert.equal(toAscii('Café Ångström 日本 Ω'), 'Cafe Angstrom ???? ?');
  });

  it('is ASCII and as wide as before, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const ascii = toAscii(text);
        assert.match(ascii, /^[\0-\x7F]*$/);
        if (!/\p{Control}/u.test(text)) assert.equal(ascii.length, stringWidth(text));
      }),
    );
  });
});
