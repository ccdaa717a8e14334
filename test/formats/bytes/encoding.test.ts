import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  decodeStored,
  decodeText,
  detectEncoding,
} from '../../../source/formats/bytes/encoding.ts';
import { Utf16leStream } from '../../../source/formats/bytes/text-stream.ts';

const HEADER = 'RecordId,CreationDate,AuditData\r\n';

test('UTF-8 and UTF-16 are told apart, with and without a byte order mark', () => {
  const detect = (bytes: Uint8Array) => detectEncoding(bytes, true);
  assert.equal(detect(Buffer.from(`${HEADER}é€😀`)), 'utf-8');
  assert.equal(detect(Buffer.from(`\uFEFF${HEADER}`)), 'utf-8');
  assert.equal(detect(Buffer.from(HEADER, 'utf16le')), 'utf-16le');
  assert.equal(detect(Buffer.from(`\uFEFF${HEADER}`, 'utf16le')), 'utf-16le');
  assert.equal(detect(Buffer.from(HEADER, 'latin1')), 'utf-8');
  assert.equal(detect(Buffer.from(`${HEADER}é`, 'latin1')), 'latin1');
  assert.equal(detect(Buffer.from(`\uFEFF${HEADER}`, 'utf16le').swap16()), 'utf-16be');
  assert.equal(detect(Buffer.from(HEADER, 'utf16le').swap16()), 'utf-16be');
});

test('a character cut by the end of the head is not taken for latin1', () => {
  const bytes = Buffer.from('name,caf😀');
  for (let cut = 1; cut < 4; cut++) {
    const head = bytes.subarray(0, bytes.length - cut);
    assert.equal(detectEncoding(head, false), 'utf-8');
    assert.equal(detectEncoding(head, true), 'latin1');
  }
});

test('text that is not valid UTF-8 is read as windows-1252, range by range', () => {
  const bytes = Buffer.concat([Buffer.from('é|'), Buffer.from([0x80, 0xe9])]);
  assert.equal(decodeText(bytes, 0, 2), 'é');
  assert.equal(decodeText(bytes, 3, 5), '€é');
  // U+FFFD that is really in the file stays what it is.
  assert.equal(decodeStored(Buffer.from('a\uFFFDb'), 'utf-8'), 'a\uFFFDb');
});

test('any UTF-16LE in any chunks: the same text, and offsets lead back to the file', () => {
  const anyText = fc.string({
    unit: fc.constantFrom('a', '\n', 'é', '€', '😀', '\uD800', '\uDC00'),
  });
  fc.assert(
    fc.property(anyText, fc.array(fc.integer({ min: 1, max: 9 })), (text, sizes) => {
      const file = Buffer.from(text, 'utf16le');
      const stream = new Utf16leStream();
      const parts: Buffer[] = [];
      let at = 0;
      for (const size of [...sizes, file.length]) {
        parts.push(stream.push(file.subarray(at, at + size)));
        at += size;
      }
      parts.push(stream.end());
      const bytes = Buffer.concat(parts);
      assert.equal(bytes.toString(), Buffer.from(text).toString());
      let offset = 0;
      let units = 0;
      for (const character of bytes.toString()) {
        assert.equal(stream.stored(offset), units * 2);
        offset += Buffer.byteLength(character);
        units += character.length;
      }
      assert.equal(stream.stored(offset), file.length);
    }),
  );
});
