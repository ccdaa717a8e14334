import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clipboardSequence } from '../../../source/screens/terminal/clipboard-sequence.ts';

describe('the sequence that copies', () => {
  it('carries the text as base64 of its UTF-8', () => {
    assert.equal(clipboardSequence('é<x>', { TERM: 'xterm' }), '\u001B]52;c;w6k8eD4=\u0007');
  });

  it('is passed on through tmux with every Esc doubled', () => {
    assert.equal(
      clipboardSequence('a', { TMUX: '/tmp/tmux-0/default,1,0', TERM: 'screen-256color' }),
      '\u001B]52;c;YQ==\u0007\u001BPtmux;\u001B\u001B]52;c;YQ==\u0007\u001B\\',
    );
  });

  it('is passed on through screen in pieces that it does not cut', () => {
    const sequence = clipboardSequence('x'.repeat(3000), { STY: '1.pts-0', TERM: 'screen' });
    const pieces = sequence.split('\u001B\\').slice(0, -1);
    assert.ok(pieces.every((piece) => piece.startsWith('\u001BP') && piece.length <= 768));
    const request = pieces.map((piece) => piece.slice(2)).join('');
    const [, , encoded = ''] = request.replace('\u0007', '').split(';');
    assert.equal(Buffer.from(encoded, 'base64').toString(), 'x'.repeat(3000));
  });
});
