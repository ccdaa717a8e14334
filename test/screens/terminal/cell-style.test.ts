import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applySgr } from '../../../source/screens/terminal/cell-style.ts';

const after = (...sequences: readonly string[]) =>
  sequences.reduce((style, parameters) => applySgr(style, parameters), '');

describe('the style of a cell', () => {
  it('is written in one order, however it came about', () => {
    assert.equal(after('31', '1'), '1;31');
    assert.equal(after('1', '31'), '1;31');
    assert.equal(after('31;1'), '1;31');
  });

  it('loses what is closed, and everything at a reset', () => {
    assert.equal(after('1;2;31', '22'), '31');
    assert.equal(after('1;31', '39'), '1');
    assert.equal(after('1;31', ''), '');
    assert.equal(after('1;31', '0;4'), '4');
    assert.equal(after('31', '32'), '32');
  });

  it('keeps colours of the palette and of 24 bits whole', () => {
    assert.equal(after('38;5;31;1'), '1;38;5;31');
    assert.equal(after('48;2;1;2;3', '7'), '7;48;2;1;2;3');
    assert.equal(after('38;5;200', '39'), '');
  });
});
