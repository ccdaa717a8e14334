export type Encoding = 'utf-8' | 'utf-8-bom' | 'utf-16le' | 'utf-16le-bom' | 'ascii';

/** `ascii` as Windows PowerShell writes it: every other letter becomes a question mark. */
const bytesOf = (text: string, encoding: Encoding): Uint8Array => {
  switch (encoding) {
    case 'utf-8':
    case 'utf-8-bom':
      return Buffer.from(text, 'utf8');
    case 'utf-16le':
    case 'utf-16le-bom':
      return Buffer.from(text, 'utf16le');
    case 'ascii':
      return Buffer.from(text.replaceAll(/[^\0-\x7f]/gu, '?'), 'latin1');
  }
};

const CHUNK = 1 << 18;

/** Text pieces to bytes, in chunks of about a quarter of a MiB. */
export function* encode(pieces: Iterable<string>, encoding: Encoding): Generator<Uint8Array> {
  if (encoding.endsWith('-bom')) yield bytesOf('\uFEFF', encoding);
  let text = '';
  for (const piece of pieces) {
    text += piece;
    if (text.length < CHUNK) continue;
    yield bytesOf(text, encoding);
    text = '';
  }
  if (text !== '') yield bytesOf(text, encoding);
}

/** All bytes at once, for files small enough. */
export const encodeWhole = (pieces: Iterable<string>, encoding: Encoding): Uint8Array =>
  Buffer.concat([...encode(pieces, encoding)]);
