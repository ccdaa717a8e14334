import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { createInputReader } from '../../../source/screens/terminal/input-reader.ts';
import { createManualTime } from '../../terminal/manual-time.ts';

const escape = '\u001B';

/** Hears what the chunks say; a number between them lets so many milliseconds pass. */
function hear(...parts: readonly (string | Uint8Array | number)[]): string[] {
  const heard: string[] = [];
  const time = createManualTime();
  const reader = createInputReader(time.after, (input) =>
    heard.push('paste' in input ? `paste:${input.paste}` : input.key),
  );
  for (const part of parts) {
    if (typeof part === 'number') time.pass(part);
    else reader.push(Buffer.from(part));
  }
  time.pass(10_000);
  assert.equal(time.waiting(), 0);
  return heard;
}

describe('typed keys', () => {
  it('takes what arrived together apart', () => {
    assert.deepEqual(hear('jjj'), ['j', 'j', 'j']);
    assert.deepEqual(hear('j\r'), ['j', 'enter']);
    assert.deepEqual(hear('\r\nG'), ['enter', 'G']);
    assert.deepEqual(hear(`j${escape}[Bk${escape}OA `), ['j', 'down', 'k', 'up', 'space']);
  });

  it('names control characters', () => {
    assert.deepEqual(hear('\t\u007F\b\u0003\u001A\u000C\u0000'), [
      'tab', 'backspace', 'backspace', 'ctrl-c', 'ctrl-z', 'ctrl-l', 'ctrl-space',
    ]); // prettier-ignore
  });

  it('reads a character whose bytes come apart', () => {
    const bytes = Buffer.from('é語🎉');
    assert.deepEqual(hear(...Array.from(bytes, (byte) => Uint8Array.of(byte))), ['é', '語', '🎉']);
  });

  it('passes over bytes that are no text', () => {
    assert.deepEqual(hear(Uint8Array.of(0xff, 0x6a, 0xc2, 0x9b, 0x6b)), ['j', 'k']);
  });
});

describe('named keys', () => {
  const names: readonly (readonly [string, string])[] = [
    ['[A', 'up'], ['[B', 'down'], ['[C', 'right'], ['[D', 'left'], ['OA', 'up'], ['OB', 'down'],
    ['OC', 'right'], ['OD', 'left'], ['[H', 'home'], ['[F', 'end'], ['OH', 'home'], ['OF', 'end'],
    ['[1~', 'home'], ['[4~', 'end'], ['[7~', 'home'], ['[8~', 'end'], ['[2~', 'insert'],
    ['[3~', 'delete'], ['[5~', 'pageUp'], ['[6~', 'pageDown'], ['[Z', 'shift-tab'], ['OM', 'enter'],
    ['x', 'alt-x'], ['X', 'alt-X'], ['é', 'alt-é'], ['\r', 'alt-enter'], ['\u007F', 'alt-backspace'],
    ['[1;5C', 'ctrl-right'], ['[1;3A', 'alt-up'], ['[1;2B', 'shift-down'], ['\u001B[A', 'alt-up'],
    ['[15~', 'f5'], ['OP', 'f1'], ['[97;5u', 'ctrl-a'], ['[27;5;9~', 'ctrl-tab'],
  ]; // prettier-ignore

  it('are known in the CSI and the SS3 form', () => {
    for (const [sequence, name] of names)
      assert.deepEqual(hear(escape + sequence), [name], sequence);
  });

  it('are known wherever their bytes are cut, if the rest comes soon', () => {
    for (const [sequence, name] of names) {
      const bytes = Buffer.from(escape + sequence);
      for (let at = 1; at < bytes.length; at += 1) {
        const heard = hear(bytes.subarray(0, at), 10, bytes.subarray(at), 0, 'j');
        assert.deepEqual(heard, [name, 'j'], `${sequence} cut at ${at}`);
      }
    }
  });

  it('are never made of sequences that are no keys', () => {
    for (const sequence of [
      '[I', '[O', '[24;80R', '[?62;c', '[M', '[<0;3;4M', '[[A', '[201~', ']11;rgb:0/0/0\u0007',
      ']52;c;abcd\u001B\\', 'P1$r0m\u001B\\', '[99~', '[1;5',
    ]) {
      assert.deepEqual(hear(escape + sequence, 2000, 'j'), ['j'], sequence);
    } // prettier-ignore
  });
});

describe('a lone Esc', () => {
  it('is a key once nothing follows', () => {
    assert.deepEqual(hear(escape, 60, 'j'), ['escape', 'j']);
    assert.deepEqual(hear(`${escape}${escape}`, 60), ['escape', 'escape']);
  });

  it('whose tail comes late is a key, and the tail is nothing', () => {
    assert.deepEqual(hear(escape, 60, '[A', 'm'), ['escape', 'm']);
    assert.deepEqual(hear(escape, 60, 'OBm'), ['escape', 'm']);
    assert.deepEqual(hear(escape, 60, '[', 60, '5', 60, '~', 'm'), ['escape', 'm']);
    assert.deepEqual(hear(escape, 60, '[1;5Dm'), ['escape', 'm']);
  });

  it('does not eat what is typed after it', () => {
    assert.deepEqual(hear(escape, 300, '[', 300, 'A'), ['escape', '[', 'A']);
    assert.deepEqual(hear(escape, 300, 'O', 300, 'A'), ['escape', 'O', 'A']);
    assert.deepEqual(hear(escape, 300, 'j', '[', 'A'), ['escape', 'j', '[', 'A']);
    assert.deepEqual(hear(escape, 300, `${escape}[A`), ['escape', 'up']);
  });

  it('is not taken for Alt when a [ or an O stands behind it for long', () => {
    assert.deepEqual(hear(`${escape}O`, 1000, 'j'), ['alt-O', 'j']);
    assert.deepEqual(hear(`${escape}[`, 1000, 'j'), ['alt-[', 'j']);
  });
});

describe('a paste', () => {
  const pasted = (text: string) => `${escape}[200~${text}${escape}[201~`;

  it('is one event, wherever it is cut', () => {
    const bytes = Buffer.from(`k${pasted('<a@b.example>\r\nm j')}k`);
    for (let at = 1; at < bytes.length; at += 1) {
      const heard = hear(bytes.subarray(0, at), bytes.subarray(at));
      assert.deepEqual(heard, ['k', 'paste:<a@b.example>\nm j', 'k'], `cut at ${at}`);
    }
    assert.deepEqual(hear(...Array.from(bytes, (byte) => Uint8Array.of(byte))), [
      'k',
      'paste:<a@b.example>\nm j',
      'k',
    ]);
  });

  it('keeps tabs and line ends, and loses what controls', () => {
    assert.deepEqual(hear(pasted('a\tb\rc\u001B[31md\u0003\u0000\u009Be')), [
      'paste:a\tb\nc[31mde',
    ]);
  });

  it('is known even when its Esc was taken for the key', () => {
    assert.deepEqual(hear(escape, 60, `[200~mmm${escape}[201~`), ['escape', 'paste:mmm']);
  });
});

describe('any bytes at all', () => {
  it('say the same however they are cut, when they come at once', () => {
    const piece = fc.constantFrom('j', '\r', escape, '[', 'A', 'O', '~', '5', ';', 'é', '🎉', '\u0003',
      `${escape}[200~`, `${escape}[201~`, ']', '\u0007', '\u009B'); // prettier-ignore
    fc.assert(
      fc.property(fc.array(piece), fc.array(fc.nat(60)), (pieces, cuts) => {
        const bytes = Buffer.from(pieces.join(''));
        const places = [...new Set(cuts.filter((cut) => cut < bytes.length))].sort((a, b) => a - b);
        const chunks = [...places, bytes.length].map((to, at) =>
          bytes.subarray(at === 0 ? 0 : places[at - 1], to),
        );
        assert.deepEqual(hear(...chunks), hear(bytes));
      }),
    );
  });
});
