import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { terminalAbilities } from '../../../source/screens/terminal/terminal-abilities.ts';

const utf8 = { TERM: 'xterm-256color', LANG: 'en_GB.UTF-8' };

describe('what a terminal can show', () => {
  it('is everything on an ordinary one', () => {
    assert.deepEqual(terminalAbilities(utf8, true), {
      colour: true,
      styles: true,
      unicode: true,
      addressable: true,
    });
  });

  it('has no colours under NO_COLOR, which means nothing when empty', () => {
    assert.equal(terminalAbilities({ ...utf8, NO_COLOR: '1' }, true).colour, false);
    assert.equal(
      terminalAbilities({ ...utf8, NO_COLOR: '1', FORCE_COLOR: '3' }, true).colour,
      false,
    );
    assert.equal(terminalAbilities({ ...utf8, NO_COLOR: '' }, true).colour, true);
    assert.equal(terminalAbilities({ ...utf8, FORCE_COLOR: '0' }, true).colour, false);
    assert.equal(terminalAbilities({ ...utf8, NO_COLOR: '1' }, true).styles, true);
  });

  it('has no styles at all on a dumb terminal or without one', () => {
    const plain = { colour: false, styles: false, unicode: true, addressable: false };
    assert.deepEqual(terminalAbilities({ ...utf8, TERM: 'dumb' }, true), plain);
    assert.deepEqual(terminalAbilities(utf8, false), plain);
  });

  it('takes the first locale variable that is set', () => {
    assert.equal(terminalAbilities({ LC_ALL: 'C', LANG: 'en_GB.UTF-8' }, true).unicode, false);
    assert.equal(
      terminalAbilities({ LC_ALL: '', LC_CTYPE: 'C.utf8', LANG: 'C' }, true).unicode,
      true,
    );
    assert.equal(terminalAbilities({ LANG: 'nl_NL.ISO-8859-1' }, true).unicode, false);
    assert.equal(terminalAbilities({}, true).unicode, false);
    assert.equal(terminalAbilities({ OS: 'Windows_NT' }, true).unicode, true);
  });
});
